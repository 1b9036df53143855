package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.testing.RealData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids beside those of Hugging Face tokenizers 0.23: equal, without tolerance. */
class TokenizerConformanceTest {

    @ParameterizedTest
    @ValueSource(strings = {"clip", "roberta-base", "bge-base-en-wordpiece"})
    void encode_everyExpectedText_givesTheSameIds(String name) {
        Path folder = RealData.path("fixtures", "tokenizers");
        List<JsonNode> expected = Fixtures.lines(folder.resolve("expected.jsonl")).stream()
                .filter(line -> line.get("tokenizer").asText().equals(name))
                .toList();
        assertThat(expected).hasSize(340);
        for (boolean special : new boolean[] {true, false}) {
            try (TextTokenizer tokenizer =
                    Fixtures.tokenizer(folder.resolve(name).resolve("tokenizer.json"), 0, special)) {
                for (JsonNode line : expected) {
                    if (line.get("add_special_tokens").asBoolean() == special) {
                        String text = line.get("text").asText();
                        assertThat(ids(tokenizer, text)).as(text).isEqualTo(longs(line.get("ids")));
                    }
                }
            }
        }
    }

    @Test
    void encode_longText_isCutOnlyWhereAsked() {
        Path file = Fixtures.encoder("tiny-random", "bert-sentence", "tokenizer.json");
        String text = String.join(" ", Collections.nCopies(700, "film"));
        try (TextTokenizer whole = Fixtures.tokenizer(file, 0, true);
                TextTokenizer cut = Fixtures.tokenizer(file, 600, true)) {
            assertThat(ids(whole, text)).hasSize(702);
            long[] ids = ids(cut, text);
            assertThat(ids).hasSize(600).endsWith(3L);
        }
    }

    @Test
    void encode_severalTexts_padsNone() {
        Path file = Fixtures.encoder("tiny-random", "bert-sentence", "tokenizer.json");
        try (TextTokenizer tokenizer = Fixtures.tokenizer(file, 0, true)) {
            List<TextTokenizer.Row> rows = tokenizer.encode(List.of("a", "a b c"));
            assertThat(rows.get(0).ids()).hasSize(3);
            assertThat(rows.get(1).ids()).hasSize(5);
        }
    }

    @Test
    void encode_halfASurrogatePair_isReplaced() {
        Path file = Fixtures.encoder("tiny-random", "roberta", "tokenizer.json");
        try (TextTokenizer tokenizer = Fixtures.tokenizer(file, 0, true)) {
            assertThat(ids(tokenizer, "a\ud800b")).isEqualTo(ids(tokenizer, "a\ufffdb"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-cls", "bert-sentence", "mpnet-sentence", "roberta", "clip"})
    void encode_textsOfTheExports_givesTheirTokens(String name) {
        Path folder = Fixtures.encoder("tiny-random", name);
        EncoderFolder files = EncoderFolder.open(
                folder, EncoderOptions.defaults(), List.of("model.onnx", "onnx/text_model.onnx"), "");
        int limit = new TextFolder(files).maxTokens();
        List<JsonNode> texts = Fixtures.lines(folder.resolve("reference/texts.jsonl"));
        List<JsonNode> tokens = Fixtures.lines(folder.resolve("reference/tokens.jsonl"));
        List<String> inputs = new ArrayList<>();
        texts.forEach(text -> inputs.add(text.get("text").asText()));
        try (TextTokenizer tokenizer = TextTokenizer.load(files, limit, true)) {
            List<TextTokenizer.Row> rows = tokenizer.encode(inputs);
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(rows.get(i).ids())
                        .as(inputs.get(i))
                        .isEqualTo(longs(tokens.get(i).get("input_ids")));
            }
        }
    }

    private static long[] ids(TextTokenizer tokenizer, String text) {
        return tokenizer.encode(List.of(text)).get(0).ids();
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }
}
