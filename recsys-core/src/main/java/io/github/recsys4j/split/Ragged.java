package io.github.recsys4j.split;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;

/** Lists of different lengths, end to end in one column. */
final class Ragged {
    private final int[] ends;
    private final int[] values;

    private Ragged(Builder builder) {
        ends = builder.ends.build().toArray();
        values = builder.values.build().toArray();
    }

    int size() {
        return ends.length;
    }

    int[] get(int index) {
        return Arrays.copyOfRange(values, index == 0 ? 0 : ends[index - 1], ends[index]);
    }

    Ragged select(int[] indices) {
        Builder builder = new Builder();
        Arrays.stream(indices).forEach(index -> builder.add(get(index)));
        return builder.build();
    }

    /** Collects lists. */
    static final class Builder {
        private final ImmutableIntArray.Builder ends = ImmutableIntArray.builder();
        private final ImmutableIntArray.Builder values = ImmutableIntArray.builder();
        private int end;

        void add(int[] list) {
            end = Math.addExact(end, list.length);
            ends.add(end);
            values.addAll(list);
        }

        Ragged build() {
            return new Ragged(this);
        }
    }
}
