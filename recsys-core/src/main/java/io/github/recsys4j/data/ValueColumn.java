package io.github.recsys4j.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * The values of rows in the narrowest of three forms: none, a byte that points into at most 256 distinct values
 * (ratings), or floats.
 */
interface ValueColumn {
    /** How many values a byte can tell apart. */
    int MAX_CODES = 256;

    /** The value, or 1 where there are none. */
    float value(int row);

    /** Whether there are values at all. */
    default boolean isPresent() {
        return true;
    }

    /** The rows whose bits are set, in order. */
    ValueColumn keep(BitSet rows);

    /** Copies another column's row {@code r} to row {@code places[r]}, unless that is negative. */
    void scatter(ValueColumn from, int[] places);

    /** Puts row {@code from + order[i]} in the place of row {@code from + i}, for the first {@code count} of them. */
    void permute(int from, int[] order, int count);

    /** A column without values. */
    static ValueColumn none() {
        return None.INSTANCE;
    }

    /** The narrowest column of the first values. */
    static ValueColumn narrow(float[] values, int rows) {
        ValueCodes codes = new ValueCodes();
        byte[] coded = new byte[rows];
        for (int row = 0; row < rows; row++) {
            int code = codes.codeOf(values[row]);
            if (code < 0) {
                return new Floats(Arrays.copyOf(values, rows));
            }
            coded[row] = (byte) code;
        }
        return new Coded(coded, codes.values());
    }

    /** The narrowest column, all 0 yet, that can hold what all the parts hold. */
    static ValueColumn forAll(List<ValueColumn> parts, int rows) {
        TreeSet<Float> distinct = new TreeSet<>();
        for (ValueColumn part : parts) {
            if (part instanceof Coded coded) {
                for (float value : coded.distinct) {
                    distinct.add(value);
                }
            }
            if (part instanceof Floats || distinct.size() > MAX_CODES) {
                return new Floats(new float[rows]);
            }
        }
        float[] values = new float[distinct.size()];
        int next = 0;
        for (float value : distinct) {
            values[next++] = value;
        }
        return new Coded(new byte[rows], values);
    }

    /** No values: every row counts 1. */
    enum None implements ValueColumn {
        INSTANCE;

        @Override
        public float value(int row) {
            return 1f;
        }

        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public ValueColumn keep(BitSet rows) {
            return this;
        }

        @Override
        public void scatter(ValueColumn from, int[] places) {}

        @Override
        public void permute(int from, int[] order, int count) {}
    }

    /** One byte a row: row {@code r} has the value {@code distinct[codes[r] & 255]}; the values ascend. */
    final class Coded implements ValueColumn {
        private final byte[] codes;
        private final float[] distinct;

        Coded(byte[] codes, float[] distinct) {
            this.codes = codes;
            this.distinct = distinct;
        }

        @Override
        public float value(int row) {
            return distinct[codes[row] & 255];
        }

        @Override
        public ValueColumn keep(BitSet rows) {
            byte[] kept = new byte[rows.cardinality()];
            int next = 0;
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
                kept[next++] = codes[row];
            }
            return new Coded(kept, distinct);
        }

        @Override
        public void scatter(ValueColumn from, int[] places) {
            Coded part = (Coded) from;
            byte[] own = new byte[part.distinct.length];
            for (int code = 0; code < own.length; code++) {
                own[code] = (byte) Arrays.binarySearch(distinct, part.distinct[code]);
            }
            for (int row = 0; row < places.length; row++) {
                if (places[row] >= 0) {
                    codes[places[row]] = own[part.codes[row] & 255];
                }
            }
        }

        @Override
        public void permute(int from, int[] order, int count) {
            byte[] before = Arrays.copyOfRange(codes, from, from + count);
            for (int i = 0; i < count; i++) {
                codes[from + i] = before[order[i]];
            }
        }
    }

    /** Four bytes a row. */
    final class Floats implements ValueColumn {
        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        @Override
        public float value(int row) {
            return values[row];
        }

        @Override
        public ValueColumn keep(BitSet rows) {
            float[] kept = new float[rows.cardinality()];
            int next = 0;
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
                kept[next++] = values[row];
            }
            return new Floats(kept);
        }

        @Override
        public void scatter(ValueColumn from, int[] places) {
            for (int row = 0; row < places.length; row++) {
                if (places[row] >= 0) {
                    values[places[row]] = from.value(row);
                }
            }
        }

        @Override
        public void permute(int from, int[] order, int count) {
            float[] before = Arrays.copyOfRange(values, from, from + count);
            for (int i = 0; i < count; i++) {
                values[from + i] = before[order[i]];
            }
        }
    }
}
