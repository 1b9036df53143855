package io.github.recsys4j.examples.cli;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.Ease;
import io.github.recsys4j.eval.baseline.ItemKnn;
import io.github.recsys4j.eval.baseline.Markov;
import io.github.recsys4j.eval.baseline.Popularity;
import io.github.recsys4j.eval.baseline.RandomItems;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section {@code evaluation}: what is measured, and the settings of the baselines. Not thread-safe. */
final class EvaluationConfig {
    /** What stands in the list of models for baselines, in the order of help texts. */
    static final List<String> BASELINES = List.of("random", "popularity", "markov", "item-knn", "ease");

    private List<String> models = List.of("popularity", "markov", "item-knn", "ease");
    private List<String> metrics = MetricNames.standard();
    private boolean includeSeen;
    private RandomItems random = new RandomItems(RandomItems.DEFAULT_SEED);
    private ItemKnn itemKnn = ItemKnn.allNeighbours();
    private Ease ease = new Ease(Ease.DEFAULT_LAMBDA);

    void read(Keys keys) {
        keys.texts("models", this::models);
        keys.texts("metrics", this::metrics);
        keys.flag("include-seen", this::includeSeen);
        keys.record("random", random, value -> random = value);
        keys.section("item-knn", inner -> {
            inner.limit("k", value -> itemKnn = new ItemKnn(value, itemKnn.shrink()));
            inner.number("shrink", value -> itemKnn = new ItemKnn(itemKnn.k(), value));
        });
        keys.record("ease", ease, value -> ease = value);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("models", models);
        map.put("metrics", metrics);
        map.put("include-seen", includeSeen);
        map.put("random", Records.toMap(random));
        Map<String, Object> neighbours = new LinkedHashMap<>();
        neighbours.put("k", itemKnn.k() == Integer.MAX_VALUE ? Keys.UNLIMITED : itemKnn.k());
        neighbours.put("shrink", itemKnn.shrink());
        map.put("item-knn", neighbours);
        map.put("ease", Records.toMap(ease));
        return map;
    }

    void models(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("models must not be empty: name a baseline or a model folder");
        }
        models = List.copyOf(names);
    }

    void metrics(List<String> labels) {
        labels.forEach(MetricNames::metric);
        metrics = List.copyOf(labels);
    }

    void includeSeen(boolean included) {
        includeSeen = included;
    }

    List<String> models() {
        return models;
    }

    List<String> metrics() {
        return metrics;
    }

    boolean includeSeen() {
        return includeSeen;
    }

    /** Finds a baseline with its settings; empty where the name must be a model folder. */
    Optional<Baseline> baseline(String name) {
        return switch (name) {
            case "random" -> Optional.of(random);
            case "popularity" -> Optional.of(new Popularity());
            case "markov" -> Optional.of(new Markov());
            case "item-knn" -> Optional.of(itemKnn);
            case "ease" -> Optional.of(ease);
            default -> Optional.empty();
        };
    }

    /** Refuses a model that is neither a baseline nor a model folder, before anything is read or trained. */
    void checkModels() {
        for (String name : models) {
            if (baseline(name).isEmpty() && !ModelFolders.isModel(Path.of(name))) {
                throw new ConfigException("model \"" + name + "\" is neither one of " + String.join(", ", BASELINES)
                        + " nor a model folder with a manifest.json");
            }
        }
    }

    /** Trains a baseline, or loads a model. */
    Recommender open(String name, Split split, Device device) {
        Optional<Baseline> baseline = baseline(name);
        return baseline.isPresent()
                ? baseline.get().train(split.train())
                : MultimodalRecommender.load(ModelFolders.find(Path.of(name)), device);
    }
}
