package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.examples.config.ConfigException;
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
    private final ContentsConfig contents = new ContentsConfig();
    private final ColumnsConfig userContext = new ColumnsConfig();
    private final ModelConfig model = new ModelConfig();
    private final TrainingConfig training = new TrainingConfig();
    private final EvaluationConfig evaluation = new EvaluationConfig();
    private final SearchConfig search = new SearchConfig();

    static RunConfig read(Keys keys) {
        RunConfig config = new RunConfig();
        keys.section("data", config.data::read);
        config.filter.read(keys);
        config.split.read(keys);
        keys.section("contents", config.contents::read);
        keys.section("user-context", config.userContext::read);
        config.model.read(keys);
        keys.section("training", config.training::read);
        keys.section("evaluation", config.evaluation::read);
        keys.section("search", config.search::read);
        keys.finish();
        config.contents.imagesIn(config.data.images());
        return config;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("data", data.toMap());
        map.put("filter", filter.toMap());
        map.put("split", split.toMap());
        map.put("contents", contents.toMap());
        Map<String, Object> known = new LinkedHashMap<>();
        userContext.putInto(known);
        map.put("user-context", known);
        map.put("model", model.toMap());
        map.put("training", training.toMap());
        map.put("evaluation", evaluation.toMap());
        map.put("search", search.toMap());
        return map;
    }

    /** Refuses encoders that are not there, and settings of the fusion where there is nothing to fuse. */
    void checkContents() {
        contents.encoders().values().forEach(EncoderConfig::checkThere);
        if (contents.isEmpty() && model.hasOwnItemTower()) {
            throw new ConfigException("model.item-tower has no effect without contents: give --text, --images or"
                    + " another kind, or leave --fusion, --id-dropout and --alignment out");
        }
    }

    /** Refuses a configuration without anything to encode. */
    void requireEncoders() {
        if (contents.encoders().isEmpty()) {
            throw new ConfigException(
                    "nothing is to be encoded: give --text, --images, --audio or the section contents");
        }
        if (contents.cache().isEmpty()) {
            throw new ConfigException("precompute needs a cache on the disk: give --cache DIR, or leave it out");
        }
        contents.encoders().values().forEach(EncoderConfig::checkThere);
    }

    /** Reads the data for its items: a split gives its training part. */
    Dataset openItems(ProgressListener progress) {
        return data.isSplitAlready() ? data.readSplit().train() : data.dataset(progress);
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

    ContentsConfig contents() {
        return contents;
    }

    /** Gives the columns of the users that the model reads beside their histories. */
    ColumnsConfig userContext() {
        return userContext;
    }

    ModelConfig model() {
        return model;
    }

    TrainingConfig training() {
        return training;
    }

    SearchConfig search() {
        return search;
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
