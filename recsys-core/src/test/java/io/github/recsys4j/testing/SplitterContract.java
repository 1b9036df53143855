package io.github.recsys4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.SplitReport;
import io.github.recsys4j.split.Splitter;
import io.github.recsys4j.testing.Events.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Splitter} promises, tested on seeded random data. Extend it, give the splitter, and say what
 * it cannot do; everything is expected by default.
 */
public abstract class SplitterContract {
    private static final int USERS = 60;

    /** {@return the splitter under test, the same each time} */
    protected abstract Splitter splitter();

    /** {@return below how many interactions a user counts as too short; 0 if that does not exist here} */
    protected abstract int minimum();

    /**
     * {@return the users who are too short}
     *
     * @param dataset what is cut
     */
    protected int[] tooShort(Dataset dataset) {
        return IntStream.range(0, dataset.users().size())
                .filter(user -> dataset.interactions().count(user) < minimum())
                .toArray();
    }

    /** {@return whether data without times can be cut} */
    protected boolean worksWithoutTimes() {
        return true;
    }

    /** {@return whether users with one interaction each can be cut, if only into nothing} */
    protected boolean worksWithSingleInteractions() {
        return true;
    }

    /** {@return whether a single user can be cut} */
    protected boolean worksWithOneUser() {
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void split_distinctPairs_noPairBothTrainsAndMeasures(long seed) {
        Split split = splitter().split(Events.random(USERS, seed).dataset());
        List<String> pairs = new ArrayList<>(trainPairs(split));
        parts(split).values().forEach(cases -> pairs.addAll(targetPairs(cases)));

        assertThat(parts(split).values().stream().mapToInt(HeldOut::size).sum()).isPositive();
        assertThat(pairs).doesNotHaveDuplicates();
    }

    @Test
    void split_twice_isTheSame() {
        Dataset dataset = Events.random(USERS, 4).dataset();

        assertThat(describe(splitter().split(dataset)))
                .isEqualTo(describe(splitter().split(dataset)));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void split_linesShuffled_isTheSame(long seed) {
        Events events = Events.random(USERS, seed);

        assertThat(describe(splitter().split(events.shuffled(seed).dataset())))
                .isEqualTo(describe(splitter().split(events.dataset())));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void split_anyData_everyRowIsAccountedFor(long seed) {
        Dataset dataset = Events.random(USERS, seed).dataset();

        assertEveryRowAccounted(dataset, splitter().split(dataset));
    }

    @Test
    protected void split_usersTooShort_stayWholeAndAreCounted() {
        Dataset dataset = Events.random(USERS, 9).dataset();
        Split split = splitter().split(dataset);
        Interactions rows = dataset.interactions();
        int[] tooShort = tooShort(dataset);

        assertThat(split.report().usersTooShort()).isEqualTo(tooShort.length);
        for (int user : tooShort) {
            assertThat(split.train().interactions().items(user)).isEqualTo(rows.items(user));
        }
    }

    @Test
    void split_anyData_historiesKeepTheOrderAndHideTheTargets() {
        Dataset dataset = Events.random(USERS, 10).dataset();
        for (HeldOut cases : parts(splitter().split(dataset)).values()) {
            for (int index = 0; index < cases.size(); index++) {
                int[] all = dataset.interactions().items(cases.user(index));
                assertSubsequence(all, cases.history(index));
                assertSubsequence(all, cases.targets(index));
                assertThat(cases.targets(index)).isNotEmpty().doesNotContain(cases.history(index));
                assertThat(cases.request(index).build().history().orElseThrow())
                        .isEqualTo(dataset.items().idsOf(cases.history(index)));
            }
        }
    }

    @Test
    void split_anyData_testHistoryHoldsTrainingAndValidation() {
        Split split = splitter().split(Events.random(USERS, 11).dataset());
        Set<String> given = new HashSet<>();
        HeldOut test = split.test();
        test.cases().forEach(index -> {
            String user = test.users().id(test.user(index));
            test.items().idsOf(test.history(index)).forEach(item -> given.add(user + " " + item));
        });
        Set<String> testUsers = new HashSet<>();
        test.cases().forEach(index -> testUsers.add(test.users().id(test.user(index))));

        assertThat(Stream.concat(trainPairs(split).stream(), targetPairs(split.validation()).stream())
                        .filter(pair -> testUsers.contains(pair.split(" ", -1)[0])))
                .isSubsetOf(given);
    }

    @Test
    void split_equalTimes_keepTheOrderOfTheFile() {
        List<Event> tied = new ArrayList<>();
        for (Event event : Events.random(USERS, 12).list()) {
            tied.add(new Event(event.user(), event.item(), event.time() / 300_000));
        }
        Dataset dataset = new Events(tied).dataset();
        Split split = splitter().split(dataset);

        for (int user = 0; user < dataset.users().size(); user++) {
            String id = dataset.users().id(user);
            int[] file = tied.stream()
                    .filter(event -> event.user().equals(id))
                    .mapToInt(event -> dataset.items().indexOf(event.item()))
                    .toArray();
            assertSubsequence(file, split.train().interactions().items(user));
        }
        assertEveryRowAccounted(dataset, split);
        assertThat(split.report().notes()).contains("equal times keep the order of the file");
    }

    @Test
    void split_noTimes_positionIsTheTime() {
        Dataset dataset = Events.random(USERS, 13).datasetWithoutTimes();
        if (worksWithoutTimes()) {
            Split split = splitter().split(dataset);
            assertEveryRowAccounted(dataset, split);
            assertThat(split.report().notes()).anyMatch(note -> note.startsWith("no times: the position"));
        } else {
            assertThatThrownBy(() -> splitter().split(dataset))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs times");
        }
    }

    @Test
    void split_oneUser_isCutOrRefused() {
        List<Event> once = Events.random(1, 16).list();
        List<Event> twice = new ArrayList<>(once);
        once.forEach(event -> twice.add(new Event(event.user(), event.item(), event.time() + 1_000_000)));
        Dataset dataset = new Events(twice).dataset();
        if (worksWithOneUser()) {
            Split split = splitter().split(dataset);
            assertEveryRowAccounted(dataset, split);
            assertThat(parts(split).values().stream().mapToInt(HeldOut::size).sum())
                    .isPositive();
        } else {
            assertThatThrownBy(() -> splitter().split(dataset))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("found 1");
        }
    }

    @Test
    void split_usersWithOneInteraction_loseNothing() {
        List<Event> single = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            single.add(new Event("u" + user, "i" + user % 20, user));
        }
        Dataset dataset = new Events(single).dataset();
        if (worksWithSingleInteractions()) {
            Split split = splitter().split(dataset);
            assertEveryRowAccounted(dataset, split);
            assertThat(split.report().usersTooShort()).isEqualTo(tooShort(dataset).length);
        } else {
            assertThatThrownBy(() -> splitter().split(dataset))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("found 0");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void report_repeatedPairs_equalsACountFromScratch(boolean timed) {
        assumeTrue(timed || worksWithoutTimes(), "needs times");
        Events events = new Events(
                Stream.concat(Events.random(USERS, 14).list().stream(), Events.random(USERS, 15).list().stream())
                        .map(event -> new Event(event.user(), event.item(), event.time() % 700_000))
                        .toList());
        Dataset dataset = timed ? events.dataset() : events.datasetWithoutTimes();
        Split split = splitter().split(dataset);

        assertThat(split.report().train()).isEqualTo(counts(trainPairs(split)));
        Set<String> trained = new HashSet<>(trainPairs(split));
        parts(split).forEach((name, cases) -> {
            SplitReport.Part part = split.report().part(name);
            assertThat(part.cases()).isEqualTo(cases.size());
            assertThat(part.counts()).isEqualTo(counts(targetPairs(cases)));
            assertThat(part.leakage().repeatedPairs())
                    .isEqualTo(targetPairs(cases).stream()
                            .filter(trained::contains)
                            .count());
            assertThat(part.overlap())
                    .isEqualTo(new SplitReport.Overlap(common(split, cases, 0), common(split, cases, 1)));
            assertThat(part.leakage().beforeAnyTraining().isPresent()).isEqualTo(timed);
        });
    }

    private static SplitReport.Counts counts(List<String> pairs) {
        return new SplitReport.Counts(
                pairs.size(), distinct(pairs, 0).size(), distinct(pairs, 1).size());
    }

    private static int common(Split split, HeldOut cases, int side) {
        Set<String> both = distinct(targetPairs(cases), side);
        both.retainAll(distinct(trainPairs(split), side));
        return both.size();
    }

    private static Set<String> distinct(List<String> pairs, int side) {
        Set<String> ids = new HashSet<>();
        pairs.forEach(pair -> ids.add(pair.split(" ", -1)[side]));
        return ids;
    }

    private static void assertEveryRowAccounted(Dataset dataset, Split split) {
        SplitReport report = split.report();
        long held = report.parts().stream()
                .mapToLong(part -> part.counts().interactions())
                .sum();
        long remaining =
                report.remainder().contextInteractions() + report.remainder().droppedInteractions();
        assertThat(report.trainInteractions() + held + remaining)
                .isEqualTo(dataset.interactions().size());
        assertThat(split.train().interactions().size()).isEqualTo((int) report.trainInteractions());
    }

    /** Works where no item stands twice. */
    private static void assertSubsequence(int[] whole, int[] part) {
        List<Integer> order = IntStream.of(whole).boxed().toList();
        List<Integer> positions = IntStream.of(part).mapToObj(order::indexOf).toList();
        assertThat(positions).doesNotContain(-1).isSorted().doesNotHaveDuplicates();
    }

    /**
     * {@return validation, test and further groups, by name}
     *
     * @param split a split
     */
    protected static Map<String, HeldOut> parts(Split split) {
        Map<String, HeldOut> parts = new LinkedHashMap<>();
        parts.put("validation", split.validation());
        parts.put("test", split.test());
        parts.putAll(split.groups());
        return parts;
    }

    /**
     * {@return "user item" for each training row}
     *
     * @param split a split
     */
    protected static List<String> trainPairs(Split split) {
        Dataset train = split.train();
        return IntStream.range(0, train.users().size())
                .boxed()
                .flatMap(user -> train.items().idsOf(train.interactions().items(user)).stream()
                        .map(item -> train.users().id(user) + " " + item))
                .toList();
    }

    /**
     * {@return "user item" for each target}
     *
     * @param cases some cases
     */
    protected static List<String> targetPairs(HeldOut cases) {
        return cases.cases()
                .boxed()
                .flatMap(index -> cases.items().idsOf(cases.targets(index)).stream()
                        .map(item -> cases.users().id(cases.user(index)) + " " + item))
                .toList();
    }

    /**
     * Writes out all that a split holds, so that two can be compared.
     *
     * @param split a split
     * @return one line per training sequence, case and row of the report
     */
    public static List<String> describe(Split split) {
        List<String> lines = new ArrayList<>();
        Interactions rows = split.train().interactions();
        for (int row = 0; row < rows.size(); row++) {
            lines.add(rows.item(row) + " " + rows.time(row) + " " + rows.value(row));
        }
        lines.addAll(trainPairs(split));
        lines.addAll(split.train().items().ids());
        lines.addAll(split.train().users().ids());
        parts(split)
                .forEach((name, cases) -> cases.cases()
                        .mapToObj(index -> name + " " + cases.users().id(cases.user(index)) + " "
                                + cases.items().idsOf(cases.history(index)) + " -> "
                                + cases.items().idsOf(cases.targets(index)))
                        .forEach(lines::add));
        lines.add(split.report().toString());
        return lines;
    }
}
