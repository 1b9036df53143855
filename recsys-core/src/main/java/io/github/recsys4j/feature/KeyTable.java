package io.github.recsys4j.feature;

import java.util.Arrays;

/**
 * Numbers 256-bit keys without an object for each: open addressing with linear probing over one array of words, four to
 * a key. The keys are cryptographic hashes, so their own first word spreads them. The caller chooses the numbers, small
 * and dense. Not thread-safe.
 */
final class KeyTable {
    /** Words of one key. */
    static final int WORDS = 4;

    private long[] words = new long[64 * WORDS];
    private int[] slots = new int[128];
    private int size;

    int size() {
        return size;
    }

    /** The number of the key that begins at a place of an array, or -1. */
    int find(long[] keys, int at) {
        return slots[slotOf(keys, at)] - 1;
    }

    /** Adds a key that is not in the table. */
    void add(int number, long[] keys, int at) {
        if (2 * (size + 1) > slots.length) {
            rehash();
        }
        reserve(number);
        System.arraycopy(keys, at, words, number * WORDS, WORDS);
        slots[slotOf(keys, at)] = number + 1;
        size++;
    }

    /** Takes a key out, and moves those behind it that would no longer be found. */
    void remove(int number) {
        int free = slotOf(words, number * WORDS);
        int mask = slots.length - 1;
        for (int slot = (free + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = home(words, (slots[slot] - 1) * WORDS);
            if (((slot - home) & mask) >= ((slot - free) & mask)) {
                slots[free] = slots[slot];
                free = slot;
            }
        }
        slots[free] = 0;
        size--;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    private int slotOf(long[] keys, int at) {
        int slot = home(keys, at);
        while (slots[slot] != 0 && !matches(slots[slot] - 1, keys, at)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int home(long[] keys, int at) {
        return (int) keys[at] & (slots.length - 1);
    }

    private boolean matches(int number, long[] keys, int at) {
        int own = number * WORDS;
        return words[own] == keys[at]
                && words[own + 1] == keys[at + 1]
                && words[own + 2] == keys[at + 2]
                && words[own + 3] == keys[at + 3];
    }

    private void reserve(int number) {
        int needed = Math.multiplyExact(number + 1, WORDS);
        if (needed > words.length) {
            words = Arrays.copyOf(words, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * words.length)));
        }
    }

    private void rehash() {
        int[] before = slots;
        slots = new int[2 * before.length];
        for (int entry : before) {
            if (entry != 0) {
                int slot = home(words, (entry - 1) * WORDS);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = entry;
            }
        }
    }
}
