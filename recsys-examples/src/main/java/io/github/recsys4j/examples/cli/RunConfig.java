package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.split.Split;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole configuration: one file serves every command. Not thread-safe. */
final class RunConfig {
    private final DataConfig data = new DataConfig();
    private final FilterConfig filter = new FilterConfig();
    private final SplitConfig split = new SplitConfig();
    private final ModelConfig model = new ModelConfig();
    private final TrainingConfig training = new TrainingConfig();
    private final EvaluationConfig evaluation = new EvaluationConfig();

    static RunConfig read(Keys keys) {
        RunConfig config = new RunConfig();
        keys.section("data", config.data::read);
        config.filter.read(keys);
        config.split.read(keys);
        config.model.read(keys);
        keys.section("training", config.training::read);
        keys.section("evaluation", config.evaluation::read);
        keys.finish();
        return config;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("data", data.toMap());
        map.put("filter", filter.toMap());
        map.put("split", split.toMap());
        map.put("model", model.toMap());
        map.put("training", training.toMap());
        map.put("evaluation", evaluation.toMap());
        return map;
    }

    DataConfig data() {
        return data;
    }

    FilterConfig filter() {
        return filter;
    }

    SplitConfig split() {
        return split;
    }

    ModelConfig model() {
        return model;
    }

    TrainingConfig training() {
        return training;
    }

    EvaluationConfig evaluation() {
        return evaluation;
    }

    /** Reads the split where the data is one, otherwise reads, filters and splits. */
    Split openSplit(ProgressListener progress, PrintWriter log) {
        return data.isSplitAlready()
                ? data.readSplit()
                : split.splitter().split(filter.apply(data.dataset(progress), log));
    }
}
