package io.github.recsys4j.retrieval;

import java.util.Arrays;

/** The least of many longs on top. Not safe for several threads. */
final class LongHeap {
    private long[] values;
    private int size;

    LongHeap(int capacity) {
        values = new long[capacity];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    long top() {
        return values[0];
    }

    void push(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        int slot = size++;
        while (slot > 0 && values[(slot - 1) >>> 1] > value) {
            values[slot] = values[(slot - 1) >>> 1];
            slot = (slot - 1) >>> 1;
        }
        values[slot] = value;
    }

    long pop() {
        long least = values[0];
        long last = values[--size];
        sink(last);
        return least;
    }

    /** Puts a value in the place of the least. */
    void replaceTop(long value) {
        sink(value);
    }

    private void sink(long value) {
        int slot = 0;
        for (int child = 1; child < size; child = 2 * slot + 1) {
            if (child + 1 < size && values[child + 1] < values[child]) {
                child++;
            }
            if (values[child] >= value) {
                break;
            }
            values[slot] = values[child];
            slot = child;
        }
        values[slot] = value;
    }
}
