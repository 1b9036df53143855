package io.github.recsys4j.split;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Draws the same share of rows from each stratum. A row's key comes from (seed, user id, position), and a
 * stratum's lowest keys are held back; equal keys of 64 bits would share their fate.
 *
 * <p>A user's first row always trains, so nobody is measured who did not train.
 */
final class Strata {
    private static final int FIRST_ROW = -1;

    private final int[] strata;
    private final long[] keys;

    Strata(Dataset dataset, IntUnaryOperator stratumOfRow, long seed) {
        Interactions rows = dataset.interactions();
        strata = new int[rows.size()];
        keys = new long[rows.size()];
        Keys source = new Keys(seed);
        for (int user = 0; user < rows.numUsers(); user++) {
            SplittableRandom random = source.stream(dataset.users().id(user));
            for (int row = rows.start(user); row < rows.end(user); row++) {
                keys[row] = random.nextLong();
                strata[row] = row == rows.start(user) ? FIRST_ROW : stratumOfRow.applyAsInt(row);
            }
        }
    }

    void assign(Assignment assignment, Ratios ratios) {
        IntStream.of(strata).filter(stratum -> stratum != FIRST_ROW).distinct().forEach(stratum -> {
            int[] members = IntStream.range(0, strata.length)
                    .filter(row -> strata[row] == stratum)
                    .toArray();
            assign(assignment, ratios, members);
        });
    }

    private void assign(Assignment assignment, Ratios ratios, int[] members) {
        long[] sorted =
                Arrays.stream(members).mapToLong(row -> keys[row]).sorted().toArray();
        long test = Math.round(sorted.length * ratios.test());
        long held = Math.round(sorted.length * (ratios.test() + ratios.validation()));
        for (int row : members) {
            if (isAmong(test, sorted, keys[row])) {
                assignment.set(row, Layout.TEST);
            } else if (isAmong(held, sorted, keys[row])) {
                assignment.set(row, Layout.VALIDATION);
            }
        }
    }

    private static boolean isAmong(long count, long[] sorted, long key) {
        return count > 0 && key <= sorted[(int) count - 1];
    }
}
