package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.NearestName;
import io.github.recsys4j.eval.search.BaselineSpaces;
import io.github.recsys4j.eval.search.SearchSpace;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Durations;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.SearchSpaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The section {@code search}: what is tried, how it is chosen and measured, and in how many processes. Not thread-safe. */
final class SearchConfig {
    /** What stands for the model of the section {@code model}. */
    static final String MODEL = "model";

    static final Map<String, StrategyConfig> STRATEGIES = StrategyConfig.all();

    private static final Pattern MEMORY = Pattern.compile("(\\d{1,9})([mgMG])");
    private static final int MEBI = 20;
    private static final int GIBI = 30;

    private final SpaceConfig space = new SpaceConfig();
    private String over = MODEL;
    private StrategyConfig strategy = new StrategyConfig.Tpe(30);
    private Budget budget = Budget.EPOCHS;
    private String metric = "NDCG@10";
    private long seed = 42;
    private int jobs = 1;
    private Optional<String> memory = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();

    /** What a trial is given little or much of. */
    enum Budget {
        /** Passes over the users. */
        EPOCHS,
        /** Per cent of the users. */
        DATA
    }

    /** What can be tuned: the model, or a baseline that has settings. */
    static List<String> subjects() {
        List<String> subjects = new ArrayList<>(List.of(MODEL));
        subjects.addAll(BaselineSpaces.names());
        return subjects;
    }

    void read(Keys keys) {
        keys.text("over", this::over);
        keys.<StrategyConfig>variant("strategy", "tpe", STRATEGIES, value -> strategy = value);
        keys.<Budget>choice("budget", Records.constants(Budget.class), value -> budget = value);
        keys.text("metric", value -> metric = MetricNames.accuracy(value).label());
        keys.whole("seed", value -> seed = value);
        keys.integer("jobs", this::jobs);
        keys.text("memory", this::memory);
        keys.duration("timeout", value -> timeout = Optional.of(value));
        space.read(keys);
        if (budget == Budget.DATA && strategy instanceof StrategyConfig.Halving halving && halving.largest() > 100) {
            throw new ConfigException(
                    "search.strategy.largest must be at most 100, per cent of the users, got " + halving.largest());
        }
    }

    private void over(String name) {
        if (!subjects().contains(name)) {
            throw new IllegalArgumentException(
                    "over must be one of " + String.join(", ", subjects()) + ", got \"" + name
                            + "\""
                            + NearestName.of(name, subjects())
                                    .map(near -> "; did you mean \"" + near + "\"?")
                                    .orElse(""));
        }
        over = name;
    }

    private void jobs(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, got " + value);
        }
        jobs = value;
    }

    private void memory(String value) {
        bytes(value);
        memory = Optional.of(value);
    }

    private static long bytes(String text) {
        Matcher matcher = MEMORY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("memory must be a size such as 4g or 1500m, got \"" + text + "\"");
        }
        int shift = matcher.group(2).equalsIgnoreCase("g") ? GIBI : MEBI;
        return Long.parseLong(matcher.group(1)) << shift;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("over", over);
        map.put("strategy", Records.toMap(STRATEGIES, strategy));
        map.put("budget", Records.kebab(budget.name()));
        map.put("metric", metric);
        map.put("seed", seed);
        map.put("jobs", jobs);
        memory.ifPresent(value -> map.put("memory", value));
        timeout.ifPresent(value -> map.put("timeout", Durations.format(value)));
        space.putInto(map);
        return map;
    }

    /** The space that is given, or the standard one of what is tuned. */
    SearchSpace space(Architecture architecture) {
        return space.space(isModel() ? SearchSpaces.of(architecture) : BaselineSpaces.of(over));
    }

    /** Refuses more processes than the machine's memory has room for. */
    void checkMemory(long physical) {
        long each = memory.map(SearchConfig::bytes).orElse(physical / 4);
        if (jobs > 1 && jobs > physical / each) {
            throw new ConfigException("search.jobs: " + jobs + " processes of " + (each >> MEBI)
                    + " MiB of heap do not fit into this machine's " + (physical >> MEBI)
                    + " MiB: lower search.jobs or search.memory");
        }
    }

    String over() {
        return over;
    }

    boolean isModel() {
        return over.equals(MODEL);
    }

    StrategyConfig strategy() {
        return strategy;
    }

    Budget budget() {
        return budget;
    }

    String metric() {
        return metric;
    }

    long seed() {
        return seed;
    }

    int jobs() {
        return jobs;
    }

    Optional<String> memory() {
        return memory;
    }

    Optional<Duration> timeout() {
        return timeout;
    }
}
