package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.prepare.ActivityFilter;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** The section {@code filter}: whom and what to leave out for lack of interactions. Not thread-safe. */
final class FilterConfig {
    /** By name, each with its defaults. */
    static final Map<String, Filter> FILTERS =
            new TreeMap<>(Map.of("none", new None(), "k-core", new KCore(5, 5), "single-pass", new SinglePass(5, 5)));

    private Filter filter = new None();

    /** A way to filter. */
    sealed interface Filter {
        /** Filters, and says what was dropped. */
        Dataset apply(Dataset dataset, PrintWriter log);
    }

    /** Everybody stays. */
    record None() implements Filter {
        @Override
        public Dataset apply(Dataset dataset, PrintWriter log) {
            return dataset;
        }
    }

    /**
     * In turn until everybody left has enough.
     *
     * @param minPerItem interactions per item
     * @param minPerUser interactions per user
     */
    record KCore(int minPerItem, int minPerUser) implements Filter {
        @Override
        public Dataset apply(Dataset dataset, PrintWriter log) {
            return FilterConfig.apply(ActivityFilter.kCore(minPerItem).withMinPerUser(minPerUser), dataset, log);
        }
    }

    /**
     * Items once, then users once.
     *
     * @param minPerItem interactions per item
     * @param minPerUser interactions per user
     */
    record SinglePass(int minPerItem, int minPerUser) implements Filter {
        @Override
        public Dataset apply(Dataset dataset, PrintWriter log) {
            return FilterConfig.apply(ActivityFilter.singlePass(minPerItem).withMinPerUser(minPerUser), dataset, log);
        }
    }

    private static Dataset apply(ActivityFilter filter, Dataset dataset, PrintWriter log) {
        ActivityFilter.Filtered filtered = filter.apply(dataset);
        log.println(filtered.report());
        return filtered.dataset();
    }

    void read(Keys keys) {
        keys.<Filter>variant("filter", "k-core", FILTERS, value -> filter = value);
    }

    Map<String, Object> toMap() {
        return Records.toMap(FILTERS, filter);
    }

    Dataset apply(Dataset dataset, PrintWriter log) {
        return filter.apply(dataset, log);
    }
}
