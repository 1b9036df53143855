package io.github.recsys4j.examples.cli;

import com.google.common.base.Splitter;
import com.google.common.base.Suppliers;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.NearestName;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.eval.metric.Categories;
import io.github.recsys4j.eval.metric.Groups;
import io.github.recsys4j.eval.metric.ItemPopularity;
import io.github.recsys4j.eval.metric.ItemTimes;
import io.github.recsys4j.eval.metric.ItemVectors;
import io.github.recsys4j.examples.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What metrics need to know of items and users besides the lists; each part is made when first asked for. */
final class MetricData {
    private final Dataset train;
    private final Beyond settings;
    private final Supplier<ItemPopularity> popularity;
    private final Supplier<ItemTimes> times;
    private final Supplier<ItemVectors> vectors;

    /**
     * Settings of metrics beyond accuracy.
     *
     * @param categoryColumn the column of the items that holds their categories
     * @param separator between the categories of an item; nothing if each has one
     * @param freshWindow how long before the end of training an item may have been seen first to be fresh
     * @param expectedItems how many of the most popular items are no surprise to anybody
     */
    record Beyond(String categoryColumn, String separator, Duration freshWindow, int expectedItems) {
        static final Beyond DEFAULTS = new Beyond("", "", Duration.ofDays(30), 50);

        Beyond {
            if (expectedItems < 0) {
                throw new IllegalArgumentException("expected-items must be at least 0, got " + expectedItems);
            }
        }
    }

    MetricData(Dataset train, Beyond settings, Supplier<ItemVectors> vectors) {
        this.train = train;
        this.settings = settings;
        this.vectors = Suppliers.memoize(vectors::get);
        popularity = Suppliers.memoize(() -> ItemPopularity.of(train));
        times = Suppliers.memoize(() -> ItemTimes.of(train));
    }

    Beyond settings() {
        return settings;
    }

    ItemPopularity popularity() {
        return popularity.get();
    }

    ItemTimes times() {
        return times.get();
    }

    ItemVectors vectors() {
        return vectors.get();
    }

    Categories categories() {
        if (settings.categoryColumn().isEmpty()) {
            throw new ConfigException("CategoryDiversity needs the column with the items' categories: set"
                    + " evaluation.beyond-accuracy.category-column, and .separator where an item has several");
        }
        Column column = column(train.itemTable(), settings.categoryColumn(), "items");
        return Categories.of(column.values().stream().map(this::parts).toList());
    }

    private List<String> parts(String value) {
        return settings.separator().isEmpty()
                ? List.of(value).stream().filter(text -> !text.isEmpty()).toList()
                : Splitter.on(settings.separator())
                        .trimResults()
                        .omitEmptyStrings()
                        .splitToList(value);
    }

    Groups userGroups(String column) {
        return groups(train.userTable(), column, "users");
    }

    Groups itemGroups(String column) {
        return groups(train.itemTable(), column, "items");
    }

    private static Groups groups(Table table, String name, String whose) {
        Column column = column(table, name, whose);
        return Groups.of(IntStream.range(0, table.numRows())
                .mapToObj(row -> column.value(row).orElse("unknown"))
                .toList());
    }

    private static Column column(Table table, String name, String whose) {
        List<String> known = table.columns().stream().map(Column::name).toList();
        return table.column(name)
                .orElseThrow(() -> new ConfigException("the " + whose + " have no column \"" + name + "\""
                        + NearestName.of(name, known)
                                .map(near -> ", did you mean \"" + near + "\"?")
                                .orElse("") + "; they have " + known));
    }
}
