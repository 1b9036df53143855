package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers distinct byte strings in the order of their first appearance, without an object for each: open
 * addressing with linear probing over one growing array of bytes. Not thread-safe.
 */
final class IdDictionary {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

    private byte[] arena = new byte[1 << 10];
    private int[] ends = new int[64];
    private int[] hashes = new int[64];
    private int[] slots = new int[128];
    private int size;

    int size() {
        return size;
    }

    /** The key's number, or -1 if it is new. */
    int find(byte[] bytes, int from, int to) {
        int hash = hash(bytes, from, to);
        int found = slots[slot(hash, bytes, from, to)];
        return found - 1;
    }

    /** Adds a key that {@link #find} did not know. */
    int add(byte[] bytes, int from, int to) {
        int hash = hash(bytes, from, to);
        reserve(to - from);
        System.arraycopy(bytes, from, arena, start(size), to - from);
        ends[size] = start(size) + to - from;
        hashes[size] = hash;
        slots[slot(hash, bytes, from, to)] = ++size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    String text(int code) {
        return new String(arena, start(code), ends[code] - start(code), StandardCharsets.UTF_8);
    }

    private int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    private int slot(int hash, byte[] bytes, int from, int to) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0 && !same(slots[slot] - 1, hash, bytes, from, to)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean same(int code, int hash, byte[] bytes, int from, int to) {
        return hashes[code] == hash && Arrays.equals(arena, start(code), ends[code], bytes, from, to);
    }

    private void reserve(int bytes) {
        long needed = (long) start(size) + bytes;
        if (needed > MAX_BYTES) {
            throw new DatasetException("ids take more than 2 GiB of text. Number them, or load less at once.");
        }
        if (needed > arena.length) {
            arena = Arrays.copyOf(arena, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * arena.length)));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int code = 0; code < size; code++) {
            int slot = hashes[code] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = code + 1;
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, at)) * MIX;
            hash ^= hash >>> 32;
        }
        long tail = 0;
        for (; at < to; at++) {
            tail = (tail << 8) | (bytes[at] & 255);
        }
        hash = (hash ^ tail) * MIX;
        return (int) (hash ^ (hash >>> 32));
    }
}
