package io.github.recsys4j.feature;

import java.util.Arrays;

/** Where the vector of each key lies: segment, row and checksum, in arrays. Of equal keys the last one counts. */
final class VectorEntries {
    private final KeyTable keys = new KeyTable();
    private final long[] key = new long[KeyTable.WORDS];
    private int[] segments = new int[64];
    private int[] rows = new int[64];
    private int[] sums = new int[64];
    private int numbers;

    /** How many keys have a vector. */
    int size() {
        return keys.size();
    }

    int find(long[] words, int at) {
        return keys.find(words, at);
    }

    int segment(int entry) {
        return segments[entry];
    }

    int row(int entry) {
        return rows[entry];
    }

    int sum(int entry) {
        return sums[entry];
    }

    void add(java.nio.ByteBuffer keyBytes, int segment, int row, int sum) {
        for (int word = 0; word < KeyTable.WORDS; word++) {
            key[word] = keyBytes.getLong(word * Long.BYTES);
        }
        int entry = keys.find(key, 0);
        if (entry < 0) {
            entry = numbers++;
            reserve();
            keys.add(entry, key, 0);
        }
        segments[entry] = segment;
        rows[entry] = row;
        sums[entry] = sum;
    }

    /** Forgets a key's vector unless it lies elsewhere by now. */
    boolean removeIfAt(long[] words, int at, int segment, int row) {
        int entry = keys.find(words, at);
        if (entry < 0 || segments[entry] != segment || rows[entry] != row) {
            return false;
        }
        keys.remove(entry);
        return true;
    }

    private void reserve() {
        if (numbers > segments.length) {
            int length = Math.max(numbers, segments.length + (segments.length >> 1));
            segments = Arrays.copyOf(segments, length);
            rows = Arrays.copyOf(rows, length);
            sums = Arrays.copyOf(sums, length);
        }
    }
}
