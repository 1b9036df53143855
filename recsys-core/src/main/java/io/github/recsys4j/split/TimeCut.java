package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** One instant for everybody: what is earlier trains, and the rest is the future. */
final class TimeCut {
    private final Interactions rows;
    private final long instant;
    private final BitSet warmItems = new BitSet();

    private TimeCut(Interactions rows, long instant) {
        this.rows = rows;
        this.instant = instant;
        IntStream.range(0, rows.size()).filter(row -> !isFuture(row)).forEach(row -> warmItems.set(rows.item(row)));
    }

    static TimeCut at(long instant, Dataset dataset, String protocol) {
        TimeCut cut = new TimeCut(dataset.interactions(), instant);
        if (cut.warmItems.isEmpty()) {
            throw new DatasetException(protocol + " leaves nothing to train: no interaction is earlier than "
                    + Instant.ofEpochMilli(instant) + ". Choose a later instant or smaller shares.");
        }
        return cut;
    }

    static void checkTimes(Interactions rows, String protocol) {
        checkArgument(
                rows.hasTimes(),
                "%s needs times, and the data has none: use LeaveOneOut or UserRatioSplit, for which the position is"
                        + " the time",
                protocol);
    }

    /** Where validation and test begin; where several rows have the time of the cut, all are in the future. */
    static long[] ofRatios(Interactions rows, Ratios ratios, String protocol) {
        checkTimes(rows, protocol);
        if (rows.size() < ratios.minimum()) {
            throw new DatasetException(protocol + " needs at least " + ratios.minimum() + " interactions, found "
                    + rows.size() + ": give more data.");
        }
        long[] times = IntStream.range(0, rows.size()).mapToLong(rows::time).toArray();
        Arrays.sort(times);
        int test = times.length - ratios.testOf(times.length);
        int validation = test - ratios.validationOf(times.length);
        return new long[] {times[validation], test == times.length ? Long.MAX_VALUE : times[test]};
    }

    boolean isFuture(int row) {
        return rows.time(row) >= instant;
    }

    boolean isWarmItem(int row) {
        return warmItems.get(rows.item(row));
    }

    /** A user's rows are in the order of time. */
    boolean isWarmUser(int user) {
        return rows.count(user) > 0 && !isFuture(rows.start(user));
    }

    IntStream futureOf(int user) {
        return IntStream.range(rows.start(user), rows.end(user)).filter(this::isFuture);
    }
}
