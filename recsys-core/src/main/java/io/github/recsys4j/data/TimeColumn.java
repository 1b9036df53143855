package io.github.recsys4j.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The times of rows in milliseconds since 1970, in the narrowest of three forms: none, whole seconds that fit
 * an {@code int}, or milliseconds.
 */
interface TimeColumn {

    /** Milliseconds since 1970, or 0 where there are no times. */
    long millis(int row);

    /** A number that orders rows as their times do, as small as the column has it. */
    default long rank(int row) {
        return millis(row);
    }

    /** Whether there are times at all. */
    default boolean isPresent() {
        return true;
    }

    /** The rows whose bits are set, in order. */
    TimeColumn keep(BitSet rows);

    /** Copies another column's row {@code r} to row {@code places[r]}, unless that is negative. */
    void scatter(TimeColumn from, int[] places);

    /** Puts row {@code from + order[i]} in the place of row {@code from + i}, for the first {@code count} of them. */
    void permute(int from, int[] order, int count);

    /** A column without times. */
    static TimeColumn none() {
        return None.INSTANCE;
    }

    /** The narrowest column of the first times. */
    static TimeColumn narrow(long[] millis, int rows) {
        int[] seconds = new int[rows];
        for (int row = 0; row < rows; row++) {
            seconds[row] = (int) (millis[row] / 1000);
            if (seconds[row] * 1000L != millis[row]) {
                return new Millis(Arrays.copyOf(millis, rows));
            }
        }
        return new Seconds(seconds);
    }

    /** No times: order is all there is. */
    enum None implements TimeColumn {
        INSTANCE;

        @Override
        public long millis(int row) {
            return 0;
        }

        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public TimeColumn keep(BitSet rows) {
            return this;
        }

        @Override
        public void scatter(TimeColumn from, int[] places) {}

        @Override
        public void permute(int from, int[] order, int count) {}
    }

    /** Whole seconds, four bytes a row. */
    final class Seconds implements TimeColumn {
        private final int[] seconds;

        Seconds(int[] seconds) {
            this.seconds = seconds;
        }

        @Override
        public long millis(int row) {
            return seconds[row] * 1000L;
        }

        @Override
        public long rank(int row) {
            return seconds[row];
        }

        @Override
        public TimeColumn keep(BitSet rows) {
            return new Seconds(rows.stream().map(row -> seconds[row]).toArray());
        }

        @Override
        public void scatter(TimeColumn from, int[] places) {
            for (int row = 0; row < places.length; row++) {
                if (places[row] >= 0) {
                    seconds[places[row]] = (int) (from.millis(row) / 1000);
                }
            }
        }

        @Override
        public void permute(int from, int[] order, int count) {
            Permutation.apply(seconds, from, order, count);
        }
    }

    /** Milliseconds, eight bytes a row. */
    final class Millis implements TimeColumn {
        private final long[] millis;

        Millis(long[] millis) {
            this.millis = millis;
        }

        @Override
        public long millis(int row) {
            return millis[row];
        }

        @Override
        public TimeColumn keep(BitSet rows) {
            return new Millis(rows.stream().mapToLong(row -> millis[row]).toArray());
        }

        @Override
        public void scatter(TimeColumn from, int[] places) {
            for (int row = 0; row < places.length; row++) {
                if (places[row] >= 0) {
                    millis[places[row]] = from.millis(row);
                }
            }
        }

        @Override
        public void permute(int from, int[] order, int count) {
            long[] before = Arrays.copyOfRange(millis, from, from + count);
            for (int i = 0; i < count; i++) {
                millis[from + i] = before[order[i]];
            }
        }
    }
}
