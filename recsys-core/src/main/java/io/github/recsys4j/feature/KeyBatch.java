package io.github.recsys4j.feature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The keys of a list of contents, and which of their vectors are still to be found. A key is the SHA-256 of the content's
 * bytes, of a text's UTF-8. Not thread-safe.
 */
final class KeyBatch {
    /** Bytes of a key. */
    static final int BYTES = KeyTable.WORDS * Long.BYTES;

    private final long[] words;
    private final BitSet missing = new BitSet();

    private KeyBatch(long[] words) {
        this.words = words;
        missing.set(0, words.length / KeyTable.WORDS);
    }

    static KeyBatch of(List<?> contents) {
        MessageDigest sha = sha256();
        long[] words = new long[Math.multiplyExact(contents.size(), KeyTable.WORDS)];
        int at = 0;
        for (Object content : contents) {
            ByteBuffer digest = ByteBuffer.wrap(sha.digest(bytes(content)));
            for (int word = 0; word < KeyTable.WORDS; word++) {
                words[at++] = digest.getLong();
            }
        }
        return new KeyBatch(words);
    }

    static byte[] bytes(Object content) {
        return content instanceof byte[] bytes ? bytes : ((String) content).getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    int size() {
        return words.length / KeyTable.WORDS;
    }

    /** All keys, four words each. */
    long[] words() {
        return words;
    }

    /** Where a key's words begin. */
    int place(int at) {
        return at * KeyTable.WORDS;
    }

    void writeTo(int at, ByteBuffer target) {
        for (int word = 0; word < KeyTable.WORDS; word++) {
            target.putLong(words[place(at) + word]);
        }
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    /** The first one at or behind a place that was not found yet, or -1. */
    int nextMissing(int from) {
        return missing.nextSetBit(from);
    }

    int numMissing() {
        return missing.cardinality();
    }

    /** A copy of what was not found yet. */
    BitSet missing() {
        return (BitSet) missing.clone();
    }

    void found(int at) {
        missing.clear(at);
    }

    /** The first place of each distinct key that was not found yet. */
    int[] distinctMissing() {
        int[] first = new int[numMissing()];
        KeyTable seen = new KeyTable();
        for (int at = nextMissing(0); at >= 0; at = nextMissing(at + 1)) {
            if (seen.find(words, place(at)) < 0) {
                seen.add(seen.size(), words, place(at));
                first[seen.size() - 1] = at;
            }
        }
        return Arrays.copyOf(first, seen.size());
    }
}
