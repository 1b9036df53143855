package io.github.recsys4j.retrieval;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors in memory or in a mapped file, in segments, so that rows can be added without moving those that are being read. A
 * value of this class never changes; one that was appended to shares its segments with the longer one.
 *
 * <p>Thread-safety: many readers, one writer that appends to the newest.
 */
final class VectorRows {
    /** Rows of a segment. */
    static final int SEGMENT = 1 << 13;

    private static final int SHIFT = 13;

    /** Floats of a cache line. */
    private static final int LINE = 16;

    private final int dim;
    private final int size;
    private final List<FloatBuffer> segments;

    /** Takes segments of {@link #SEGMENT} rows each, the last one of at least as many as are needed. */
    VectorRows(int dim, int size, List<FloatBuffer> segments) {
        this.dim = dim;
        this.size = size;
        this.segments = List.copyOf(segments);
    }

    static VectorRows empty(int dim) {
        return new VectorRows(dim, 0, List.of());
    }

    int dim() {
        return dim;
    }

    int size() {
        return size;
    }

    /** The longer rows. */
    VectorRows append(float[] rows) {
        List<FloatBuffer> longer = new ArrayList<>(segments);
        int count = rows.length / dim;
        for (int row = 0; row < count; ) {
            int place = size + row;
            FloatBuffer segment = writable(longer, place >>> SHIFT);
            int fit = Math.min(count - row, SEGMENT - (place & (SEGMENT - 1)));
            segment.put((place & (SEGMENT - 1)) * dim, rows, row * dim, fit * dim);
            row += fit;
        }
        return new VectorRows(dim, size + count, longer);
    }

    /** A segment with all its room, on the heap; what was read from a file is copied. */
    private FloatBuffer writable(List<FloatBuffer> all, int number) {
        FloatBuffer before = number < all.size() ? all.get(number) : FloatBuffer.allocate(0);
        if (before.isReadOnly() || before.capacity() < SEGMENT * dim) {
            FloatBuffer copy = FloatBuffer.allocate(SEGMENT * dim)
                    .put(before.duplicate().rewind())
                    .rewind();
            if (number < all.size()) {
                all.set(number, copy);
            } else {
                all.add(copy);
            }
        }
        return all.get(number);
    }

    /** Copies one row. */
    void read(int row, float[] into) {
        segments.get(row >>> SHIFT).get((row & (SEGMENT - 1)) * dim, into, 0, dim);
    }

    /** Loads a float of every cache line of a row into a sum, so that reading the row afterwards does not wait. */
    float touch(int row) {
        FloatBuffer segment = segments.get(row >>> SHIFT);
        int start = (row & (SEGMENT - 1)) * dim;
        float sum = 0;
        for (int at = start; at < start + dim; at += LINE) {
            sum += segment.get(at);
        }
        return sum;
    }

    /** The inner product of a row and a query; the row is copied into the room. */
    float dot(int row, float[] query, float[] room) {
        read(row, room);
        return Dots.dot(query, room);
    }

    /** Copies rows, for a file. */
    float[] read(int from, int count) {
        float[] rows = new float[count * dim];
        for (int row = 0; row < count; row++) {
            segments.get((from + row) >>> SHIFT).get(((from + row) & (SEGMENT - 1)) * dim, rows, row * dim, dim);
        }
        return rows;
    }
}
