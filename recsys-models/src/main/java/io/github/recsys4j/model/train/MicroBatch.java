package io.github.recsys4j.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A part of a batch whose sequences have about the same length, padded on the left to the longest of them.
 *
 * <p>Cutting a batch this way changes nothing but the time: sequences do not see each other, and the loss of a
 * part is divided by the positions of the whole batch. Padding rows never reach the loss.
 */
final class MicroBatch {
    private final int[] users;
    private final int length;
    private final int[] inputs;
    private final int[] positions;
    private final int[] labels;
    /** Shape {@code [rows + 1]}: where each row's positions start. */
    private final int[] starts;

    private MicroBatch(int[] users, int length, int[] starts) {
        this.users = users;
        this.length = length;
        this.starts = starts;
        int count = starts[users.length];
        this.inputs = new int[users.length * length];
        this.positions = new int[count];
        this.labels = new int[count];
    }

    int rows() {
        return users.length;
    }

    /** {@return the longest sequence} */
    int length() {
        return length;
    }

    /** {@return the real inputs, without padding} */
    int count() {
        return positions.length;
    }

    /** {@return shape {@code [rows]}} */
    int[] users() {
        return users;
    }

    /** {@return shape {@code [rows, length]}: item indices, the pad index on the left} */
    int[] inputs() {
        return inputs;
    }

    /** {@return shape {@code [count]}: where in {@link #inputs()} the real inputs are, row by row} */
    int[] positions() {
        return positions;
    }

    /** {@return shape {@code [count]}: the item that follows each} */
    int[] labels() {
        return labels;
    }

    /** {@return shape {@code [count]}: the row that each real input stands in} */
    int[] owners() {
        int[] owners = new int[count()];
        for (int row = 0; row < users.length; row++) {
            Arrays.fill(owners, starts[row], starts[row + 1], row);
        }
        return owners;
    }

    /**
     * Cuts the users of one batch into parts of at most {@code maxPadded} inputs, padding included; a single
     * sequence may be longer.
     *
     * @param pad the index of the padding row
     */
    static List<MicroBatch> cut(TrainingSequences sequences, int[] batch, int maxPadded, int pad) {
        Integer[] byLength = Arrays.stream(batch).boxed().toArray(Integer[]::new);
        Arrays.sort(byLength, Comparator.comparingInt(user -> -sequences.length(user)));
        List<MicroBatch> parts = new ArrayList<>();
        int from = 0;
        while (from < byLength.length) {
            int longest = sequences.length(byLength[from]);
            int to = Math.min(byLength.length, from + Math.max(1, maxPadded / longest));
            int[] users = new int[to - from];
            for (int row = 0; row < users.length; row++) {
                users[row] = byLength[from + row];
            }
            parts.add(pad(sequences, users, longest, pad));
            from = to;
        }
        return parts;
    }

    private static MicroBatch pad(TrainingSequences sequences, int[] users, int length, int pad) {
        int[] starts = new int[users.length + 1];
        for (int row = 0; row < users.length; row++) {
            starts[row + 1] = starts[row] + sequences.length(users[row]);
        }
        MicroBatch part = new MicroBatch(users, length, starts);
        Arrays.fill(part.inputs, pad);
        for (int row = 0; row < users.length; row++) {
            part.fillRow(sequences, row);
        }
        return part;
    }

    private void fillRow(TrainingSequences sequences, int row) {
        int user = users[row];
        int real = sequences.length(user);
        int first = (row + 1) * length - real;
        for (int position = 0; position < real; position++) {
            inputs[first + position] = sequences.item(user, position);
            positions[starts[row] + position] = first + position;
            labels[starts[row] + position] = sequences.item(user, position + 1);
        }
    }

    /**
     * Draws {@code count} negatives for each position: shape {@code [count(), perPosition]}.
     *
     * @param histories a user's distinct items as the sampler numbers them, ascending
     */
    int[] drawNegatives(IntFunction<int[]> histories, NegativeSampler sampler, Negatives settings, Randomness random) {
        int each = settings.count();
        int[] drawn = new int[Math.multiplyExact(count(), each)];
        if (!settings.outsideHistory()) {
            sampler.fill(drawn, 0, drawn.length, random);
            return drawn;
        }
        for (int row = 0; row < users.length; row++) {
            int[] history = histories.apply(users[row]);
            sampler.fillOutside(drawn, starts[row] * each, starts[row + 1] * each, history, random);
        }
        return drawn;
    }
}
