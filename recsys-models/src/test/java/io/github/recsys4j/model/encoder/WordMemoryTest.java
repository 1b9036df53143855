package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordMemoryTest {
    /** Whatever a stage of BERT's tokenizer treats on its own, words and the tokens that the files add. */
    private static final List<String> PIECES = List.of(
            " ",
            " ",
            " ",
            "  ",
            "\t",
            "\n",
            "\r",
            "\u00a0",
            "\u2003",
            "\u3000",
            "\u200b",
            "\u0000",
            "\ufffd",
            "\u0007",
            "\u0301",
            "\u0327",
            "\u0323",
            "e\u0301",
            "\u00e9",
            "\u00c5",
            "\u0130",
            "\u03a3",
            "\u00df",
            "\u1e9e",
            "\ufb01",
            "\u65e5\u672c",
            "\uac00",
            "\u1100\u1161",
            "\ud83c\udfac",
            "\u05d0",
            "\u0e01\u0e33",
            "'",
            "-",
            "_",
            "#",
            "##",
            "$",
            "...",
            "3.5",
            "[MASK]",
            "[UNK]",
            "[CLS]",
            "<mask>",
            "<unk>",
            "</s>",
            "a",
            "I",
            "unaffable",
            "THE",
            "film",
            "ing",
            "x");

    @ParameterizedTest
    @CsvSource({
        "bert-sentence, 0, true",
        "bert-sentence, 0, false",
        "bert-sentence, 9, true",
        "mpnet-sentence, 0, true",
        "mpnet-sentence, 9, false",
        "bert-cls, 3, true"
    })
    void row_anyText_isWhatTheLibrarySaysOfTheWhole(String name, int limit, boolean special) throws IOException {
        Path file = Fixtures.encoder("tiny-random", name, "tokenizer.json");
        SplittableRandom random = new SplittableRandom(11);
        try (TextTokenizer ours = Fixtures.tokenizer(file, limit, special);
                HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(file, settings(limit, special))) {
            assertThat(ours.remembersWords()).isTrue();
            for (int text = 0; text < 4000; text++) {
                String given = text(random);
                Encoding expected = theirs.encode(given);
                TextTokenizer.Row found = ours.encode(List.of(given)).get(0);
                assertThat(found.ids()).as(given).isEqualTo(expected.getIds());
                assertThat(found.types()).isEqualTo(expected.getTypeIds());
            }
        }
    }

    private static Map<String, String> settings(int limit, boolean special) {
        String length = Integer.toString(limit > 0 ? limit : 100_000);
        return Map.of(
                "padding",
                "false",
                "addSpecialTokens",
                Boolean.toString(special),
                "truncation",
                Boolean.toString(limit > 0),
                "maxLength",
                length,
                "modelMaxLength",
                length);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int piece = random.nextInt(30); piece > 0; piece--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static TextTokenizer.Row letters(String text, boolean special) {
        long[] ids = text.chars().filter(letter -> letter != ' ').asLongStream().toArray();
        return new TextTokenizer.Row(ids, new long[ids.length]);
    }

    @Test
    void row_wordMetBefore_isNotAskedForAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        WordMemory memory = WordMemory.of(bert(), 0, false, (text, special) -> {
                    asked.incrementAndGet();
                    return letters(text, special);
                })
                .orElseThrow();
        asked.set(0);
        assertThat(memory.row("to be or not to be").ids()).hasSize(13);
        assertThat(asked).hasValue(4);
        memory.row("x".repeat(200));
        memory.row("x".repeat(200));
        assertThat(asked).hasValue(6);
    }

    @Test
    void of_libraryThatSaysOtherwiseOfTheWhole_remembersNothing() throws IOException {
        assertThat(WordMemory.of(bert(), 0, false, (text, special) -> {
                    long[] length = {text.length()};
                    return new TextTokenizer.Row(length, new long[1]);
                }))
                .isEmpty();
        assertThat(WordMemory.of(bert(), 0, false, (text, special) -> {
                    TextTokenizer.Row row = letters(text, special);
                    return new TextTokenizer.Row(row.ids(), row.ids());
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip", "roberta-base"})
    void of_tokenizerThatReadsSpaces_remembersNothing(String name) throws IOException {
        JsonNode json = json(RealData.path("fixtures", "tokenizers", name, "tokenizer.json"));
        assertThat(WordMemory.of(json, 0, false, WordMemoryTest::letters)).isEmpty();
    }

    @Test
    void of_addedTokenOfTwoWords_remembersNothing() throws IOException {
        ObjectNode json = bert();
        json.withArray("added_tokens").addObject().put("content", "New York");
        assertThat(WordMemory.of(json, 0, false, WordMemoryTest::letters)).isEmpty();
    }

    @Test
    void of_noRoomForWords_remembersNothing() throws IOException {
        assertThat(WordMemory.of(bert(), 2, true, (text, special) -> {
                    long[] ids = special ? new long[] {1, 5, 2} : new long[] {5};
                    return new TextTokenizer.Row(ids, new long[ids.length]);
                }))
                .isEmpty();
    }

    private static ObjectNode bert() throws IOException {
        return (ObjectNode) new ObjectMapper()
                .readTree(
                        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"
                                + "\"model\":{\"type\":\"WordPiece\"},\"added_tokens\":[{\"content\":\"[CLS]\"}]}");
    }
}
