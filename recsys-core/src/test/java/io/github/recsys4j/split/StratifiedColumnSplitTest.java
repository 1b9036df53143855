package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedColumnSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return dataset -> StratifiedColumnSplit.byItemColumn("genre", 5).split(withGenres(dataset));
    }

    @Override
    protected int minimum() {
        return 0;
    }

    /** Items i0 to i9 are drama, the others comedy, but i39, which is the only western. */
    private static Dataset withGenres(Dataset dataset) {
        List<String> genres = dataset.items().ids().stream()
                .map(id -> id.equals("i39") ? "western" : id.length() == 2 ? "drama" : "comedy")
                .toList();
        List<String> countries = dataset.users().ids().stream()
                .map(id -> id.length() == 2 ? "CL" : "")
                .toList();
        return dataset.withTables(
                new Table(dataset.items().size(), List.of(new Column("genre", genres))),
                new Table(dataset.users().size(), List.of(new Column("country", countries))));
    }

    @Test
    void split_byItemColumn_eachValueHasItsShareInTest() {
        Dataset dataset = withGenres(Events.random(80, 27).dataset());
        Ratios ratios = new Ratios(0.2, 0.3);
        Split split = StratifiedColumnSplit.byItemColumn("genre", 5)
                .withRatios(ratios)
                .withRareBelow(100)
                .split(dataset);

        for (String genre : List.of("drama", "comedy", "western")) {
            long all = candidates(dataset)
                    .filter(item -> genre.equals(genre(dataset, item)))
                    .count();
            long held = split.test()
                    .cases()
                    .flatMap(index -> IntStream.of(split.test().targets(index)))
                    .filter(item -> genre.equals(genre(dataset, item)))
                    .count();
            assertThat(held).isEqualTo(Math.round(all * 0.3));
        }
        assertThat(split.report().notes()).contains("3 values, 1 of them grouped as rare");
    }

    @Test
    void split_byUserColumn_eachValueHasItsShareInTest() {
        Dataset dataset = withGenres(Events.random(80, 27).dataset());
        HeldOut test =
                StratifiedColumnSplit.byUserColumn("country", 5).split(dataset).test();
        long all = IntStream.range(0, 80)
                .filter(user -> dataset.users().id(user).length() == 2)
                .map(user -> dataset.interactions().count(user) - 1)
                .sum();

        assertThat(test.cases()
                        .filter(index -> test.users().id(test.user(index)).length() == 2)
                        .map(index -> test.targets(index).length)
                        .sum())
                .isEqualTo((int) Math.round(all * 0.1));
    }

    /** The first row of each user always trains. */
    private static IntStream candidates(Dataset dataset) {
        return IntStream.range(0, dataset.users().size())
                .flatMap(
                        user -> IntStream.of(dataset.interactions().items(user)).skip(1));
    }

    private static String genre(Dataset dataset, int item) {
        return dataset.itemTable().columns().get(0).values().get(item);
    }

    @Test
    void split_noSuchColumn_throwsNamingTheColumns() {
        Dataset dataset = withGenres(Events.of("u a 1, u b 2").dataset());

        assertThatThrownBy(() -> StratifiedColumnSplit.byItemColumn("tag", 5).split(dataset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column must be one of the item columns [genre], got \"tag\"");
    }

    @Test
    void withRareBelow_zero_throwsWithTheRange() {
        assertThatThrownBy(() -> StratifiedColumnSplit.byItemColumn("genre", 5).withRareBelow(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rareBelow must be at least 1, got 0: 1 groups nothing");
    }
}
