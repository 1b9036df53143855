package io.github.recsys4j.split;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.split.SplitReport.Counts;
import io.github.recsys4j.split.SplitReport.Leakage;
import io.github.recsys4j.split.SplitReport.Overlap;
import io.github.recsys4j.split.SplitReport.Part;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Counts overlap and leakage from a finished split, not from what its splitter meant to do. */
final class SplitMeasure {
    private final Interactions train;
    private final BitSet trainUsers = new BitSet();
    private final BitSet trainItems = new BitSet();
    private final long lastTrainTime;
    /** For each item, the last case whose user trains with it; cases count from 1. */
    private final int[] caseOfItem;

    SplitMeasure(Dataset trainPart) {
        train = trainPart.interactions();
        caseOfItem = new int[trainPart.items().size()];
        IntStream.range(0, train.numUsers())
                .filter(user -> train.count(user) > 0)
                .forEach(trainUsers::set);
        IntStream.range(0, train.size()).forEach(row -> trainItems.set(train.item(row)));
        lastTrainTime =
                IntStream.range(0, train.size()).mapToLong(train::time).max().orElse(Long.MIN_VALUE);
    }

    Counts train() {
        return new Counts(train.size(), trainUsers.cardinality(), trainItems.cardinality());
    }

    Part part(String name, HeldOut cases) {
        BitSet users = new BitSet();
        BitSet items = new BitSet();
        long interactions = 0;
        for (int index = 0; index < cases.size(); index++) {
            users.set(cases.user(index));
            for (int item : cases.targets(index)) {
                items.set(item);
                interactions++;
            }
        }
        Counts counts = new Counts(interactions, users.cardinality(), items.cardinality());
        users.and(trainUsers);
        items.and(trainItems);
        return new Part(
                name, cases.size(), counts, new Overlap(users.cardinality(), items.cardinality()), leakage(cases));
    }

    private Leakage leakage(HeldOut cases) {
        return cases.source() instanceof Cases.OfRows rows
                ? new Leakage(repeatedPairs(cases), OptionalLong.of(beforeOwn(rows)), beforeAny(rows))
                : new Leakage(repeatedPairs(cases), OptionalLong.empty(), OptionalLong.empty());
    }

    private static long beforeOwn(Cases.OfRows cases) {
        return IntStream.range(0, cases.size())
                .mapToLong(index -> beforeOwn(cases, index))
                .sum();
    }

    private static long beforeOwn(Cases.OfRows cases, int index) {
        Interactions rows = cases.rows();
        int last = cases.lastTrainRow(index);
        return cases.targetRows(index)
                .filter(row -> rows.hasTimes() ? last >= 0 && rows.time(row) < rows.time(last) : row < last)
                .count();
    }

    private OptionalLong beforeAny(Cases.OfRows cases) {
        return cases.rows().hasTimes()
                ? OptionalLong.of(IntStream.range(0, cases.size())
                        .flatMap(cases::targetRows)
                        .filter(row -> cases.rows().time(row) < lastTrainTime)
                        .count())
                : OptionalLong.empty();
    }

    private long repeatedPairs(HeldOut cases) {
        Arrays.fill(caseOfItem, 0);
        long repeated = 0;
        for (int index = 0; index < cases.size(); index++) {
            int mark = index + 1;
            int user = cases.user(index);
            IntStream.range(train.start(user), train.end(user)).forEach(row -> caseOfItem[train.item(row)] = mark);
            repeated += IntStream.of(cases.targets(index))
                    .filter(item -> caseOfItem[item] == mark)
                    .count();
        }
        return repeated;
    }
}
