package io.github.recsys4j.feature;

import java.util.Arrays;

/**
 * The vectors that were used last, at most a fixed number. Rows lie in a few large arrays that are made when they are
 * first needed; their order of use is a doubly linked list of row numbers, so a million vectors are some dozens of
 * objects. Thread-safety: safe for many threads, one at a time.
 */
final class MemoryVectors {
    /** What a row costs beside its floats: its key, its place in the table and in the list. */
    static final int OVERHEAD = KeyTable.WORDS * Long.BYTES + 6 * Integer.BYTES;

    private static final int CHUNK_FLOATS = 1 << 18;
    private static final int NONE = -1;

    private final int dim;
    private final int capacity;
    private final int rowsPerChunk;
    private final KeyTable keys = new KeyTable();
    private float[][] chunks = new float[0][];
    private int[] newer = new int[0];
    private int[] older = new int[0];
    private int newest = NONE;
    private int oldest = NONE;

    /** Room for so many vectors; may be 0. */
    MemoryVectors(int dim, int capacity) {
        this.dim = dim;
        this.capacity = capacity;
        rowsPerChunk = Math.max(1, Math.min(capacity, CHUNK_FLOATS / dim));
    }

    synchronized int size() {
        return keys.size();
    }

    int dim() {
        return dim;
    }

    /** Copies the vectors that are here into rows of the target and clears their bits. */
    synchronized int read(KeyBatch batch, float[] target) {
        int found = 0;
        for (int at = batch.nextMissing(0); at >= 0; at = batch.nextMissing(at + 1)) {
            int row = keys.find(batch.words(), batch.place(at));
            if (row != NONE) {
                System.arraycopy(chunk(row), offset(row), target, at * dim, dim);
                use(row);
                batch.found(at);
                found++;
            }
        }
        return found;
    }

    /** Keeps the vector of a key, a row of the source. */
    synchronized void put(KeyBatch batch, int at, float[] source, int offset) {
        if (capacity == 0) {
            return;
        }
        int row = keys.find(batch.words(), batch.place(at));
        if (row == NONE) {
            row = freeRow();
            keys.add(row, batch.words(), batch.place(at));
            System.arraycopy(source, offset, chunk(row), offset(row), dim);
            link(row);
        } else {
            use(row);
        }
    }

    synchronized void clear() {
        keys.clear();
        chunks = new float[0][];
        newer = new int[0];
        older = new int[0];
        newest = NONE;
        oldest = NONE;
    }

    private float[] chunk(int row) {
        return chunks[row / rowsPerChunk];
    }

    private int offset(int row) {
        return row % rowsPerChunk * dim;
    }

    private int freeRow() {
        if (keys.size() < capacity) {
            reserve(keys.size());
            return keys.size();
        }
        int row = oldest;
        unlink(row);
        keys.remove(row);
        return row;
    }

    private void reserve(int row) {
        int chunk = row / rowsPerChunk;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            chunks[chunk] = new float[rowsPerChunk * dim];
        }
        if (row == newer.length) {
            int rows = Math.min(capacity, Math.max(16, row + (row >> 1)));
            newer = Arrays.copyOf(newer, rows);
            older = Arrays.copyOf(older, rows);
        }
    }

    private void use(int row) {
        if (row != newest) {
            unlink(row);
            link(row);
        }
    }

    private void link(int row) {
        newer[row] = NONE;
        older[row] = newest;
        if (newest == NONE) {
            oldest = row;
        } else {
            newer[newest] = row;
        }
        newest = row;
    }

    private void unlink(int row) {
        if (newer[row] == NONE) {
            newest = older[row];
        } else {
            older[newer[row]] = older[row];
        }
        if (older[row] == NONE) {
            oldest = newer[row];
        } else {
            newer[older[row]] = newer[row];
        }
    }
}
