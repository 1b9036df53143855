package io.github.recsys4j.examples.cli;

import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.Baselines;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of every baseline of the library, each in a section that has its name. Not thread-safe. */
final class BaselineConfig {
    /** What stands for baselines in the list of models, in the library's order. */
    static final List<String> NAMES =
            Baselines.all().stream().map(Baseline::name).toList();

    private final Map<String, Baseline> baselines = new LinkedHashMap<>();

    BaselineConfig() {
        Baselines.all().forEach(baseline -> baselines.put(baseline.name(), baseline));
    }

    void read(Keys keys) {
        NAMES.forEach(name -> settings(name)
                .ifPresent(settings -> keys.record(name, settings, value -> baselines.put(name, (Baseline) value))));
    }

    void putInto(Map<String, Object> map) {
        NAMES.forEach(name -> settings(name).ifPresent(settings -> map.put(name, Records.toMap(settings))));
    }

    /** The settings of a baseline that has some. */
    private Optional<Record> settings(String name) {
        return baselines.get(name) instanceof Record settings
                        && settings.getClass().getRecordComponents().length > 0
                ? Optional.of(settings)
                : Optional.empty();
    }

    /** Finds a baseline with its settings. */
    Optional<Baseline> named(String name) {
        return Optional.ofNullable(baselines.get(name));
    }
}
