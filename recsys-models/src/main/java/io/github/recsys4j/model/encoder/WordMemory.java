package io.github.recsys4j.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Remembers which tokens a word has, for tokenizers to which a text is its words one after the other: those of BERT
 * (Devlin et al. 2019), whose every stage works within what stands between two spaces. Texts are made of few different
 * words, and the library takes longer for them than a small network does.
 *
 * <p>Every word comes from the library. Whether words put together give what the library says of the whole is tried
 * when the tokenizer is loaded. Thread-safe.
 */
final class WordMemory {
    /** Estimated at 10 MiB; all are forgotten then, and the frequent ones are soon back. */
    private static final int MOST_WORDS = 1 << 16;

    private static final int LONGEST_WORD = 40;
    private static final String PROBE =
            "Cr\u00e8me br\u00fbl\u00e9e,  \u00dcber-caf\u00e9s' 3.5\t[MASK] [UNK]<mask> \u65e5\u672c\n"
                    + "unaffable's \u0130stanbul\u00a0a\u0301 x\u200bz \u03a3\u0391\u03a3 \ud83c\udfac antidisestablishmentarianism!";

    private static final Splitter SPACES = Splitter.on(' ').omitEmptyStrings();

    private final Library library;
    private final long[] before;
    private final long[] after;
    private final int most;
    private final Map<String, long[]> words = new ConcurrentHashMap<>();

    private WordMemory(Library library, long[] before, long[] after, int most) {
        this.library = library;
        this.before = before;
        this.after = after;
        this.most = most;
    }

    /** What a tokenizer says of a text. */
    @FunctionalInterface
    interface Library {
        TextTokenizer.Row read(String text, boolean special);
    }

    /**
     * A memory for a tokenizer, or none if it is not one of those whose words stand alone.
     *
     * @param json its {@code tokenizer.json}
     * @param maxTokens special tokens included; 0 for no limit
     * @param special whether the tokens that the file puts around a text are added
     */
    static Optional<WordMemory> of(JsonNode json, int maxTokens, boolean special, Library library) {
        if (!hasWordsAlone(json)) {
            return Optional.empty();
        }
        long[] bare = library.read("a", false).ids();
        long[] whole = library.read("a", special).ids();
        int added = whole.length - bare.length;
        for (int front = 0; front <= added; front++) {
            int most = maxTokens > 0 ? maxTokens - added : Integer.MAX_VALUE - added;
            WordMemory memory = new WordMemory(
                    library,
                    Arrays.copyOf(whole, front),
                    Arrays.copyOfRange(whole, front + bare.length, whole.length),
                    most);
            if (most > 0 && memory.agrees(special)) {
                return Optional.of(memory);
            }
        }
        return Optional.empty();
    }

    private static boolean hasWordsAlone(JsonNode json) {
        return json.at("/normalizer/type").asText().equals("BertNormalizer")
                && json.at("/pre_tokenizer/type").asText().equals("BertPreTokenizer")
                && json.at("/model/type").asText().equals("WordPiece")
                && StreamSupport.stream(json.path("added_tokens").spliterator(), false)
                        .allMatch(token -> token.path("content").asText().indexOf(' ') < 0);
    }

    private boolean agrees(boolean special) {
        return Stream.of(PROBE, PROBE + " " + PROBE, "").allMatch(text -> {
            TextTokenizer.Row ours = row(text);
            TextTokenizer.Row theirs = library.read(text, special);
            return Arrays.equals(ours.ids(), theirs.ids()) && Arrays.equals(ours.types(), theirs.types());
        });
    }

    /** The tokens of a text, as the library gives them, all in the first segment. */
    TextTokenizer.Row row(String text) {
        List<long[]> parts = new ArrayList<>();
        int count = 0;
        for (String word : SPACES.split(text)) {
            long[] tokens = tokens(word);
            parts.add(tokens);
            count += tokens.length;
            if (count >= most) {
                break;
            }
        }
        long[] ids = joined(parts, Math.min(count, most));
        return new TextTokenizer.Row(ids, new long[ids.length]);
    }

    private long[] joined(List<long[]> parts, int count) {
        int end = before.length + count;
        long[] ids = Arrays.copyOf(before, end + after.length);
        int at = before.length;
        for (long[] part : parts) {
            int taken = Math.min(part.length, end - at);
            System.arraycopy(part, 0, ids, at, taken);
            at += taken;
        }
        System.arraycopy(after, 0, ids, end, after.length);
        return ids;
    }

    private long[] tokens(String word) {
        long[] known = words.get(word);
        if (known != null) {
            return known;
        }
        long[] found = library.read(word, false).ids();
        if (word.length() <= LONGEST_WORD) {
            if (words.size() >= MOST_WORDS) {
                words.clear();
            }
            words.put(word, found);
        }
        return found;
    }
}
