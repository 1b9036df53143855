package io.github.recsys4j.prepare;

import static com.google.common.base.Preconditions.checkElementIndex;

import java.nio.FloatBuffer;
import java.util.BitSet;

/** A row of floats for each row of a table, and which rows have content at all. Immutable and safe for many threads. */
public final class DenseRows {
    private final int rows;
    private final int dim;
    private final float[] values;
    private final BitSet present;

    DenseRows(int rows, int dim, float[] values, BitSet present) {
        this.rows = rows;
        this.dim = dim;
        this.values = values;
        this.present = present;
    }

    /** {@return how many rows there are} */
    public int rows() {
        return rows;
    }

    /** {@return floats in each row} */
    public int dim() {
        return dim;
    }

    /**
     * {@return whether the source said anything for this row}
     *
     * @param row from 0 to {@code rows() - 1}
     * @throws IndexOutOfBoundsException if the row is outside that range
     */
    public boolean present(int row) {
        return present.get(checkElementIndex(row, rows, "row"));
    }

    /** {@return a read-only view, row-major {@code [rows, dim]}} */
    public FloatBuffer values() {
        return FloatBuffer.wrap(values).asReadOnlyBuffer();
    }

    /**
     * {@return a copy of a row}
     *
     * @param row from 0 to {@code rows() - 1}
     * @throws IndexOutOfBoundsException if the row is outside that range
     */
    public float[] row(int row) {
        int from = checkElementIndex(row, rows, "row") * dim;
        return java.util.Arrays.copyOfRange(values, from, from + dim);
    }
}
