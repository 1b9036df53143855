package io.github.recsys4j.examples.cli;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.NearestName;
import io.github.recsys4j.eval.Confidence;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section {@code evaluation}: what is asked, what is measured, and the settings of the baselines. Not thread-safe. */
final class EvaluationConfig {
    static final Map<String, TaskConfig> TASKS = TaskConfig.all();
    static final Map<String, CandidatesConfig> CANDIDATES = CandidatesConfig.all();

    private final BaselineConfig baselines = new BaselineConfig();
    private List<String> models = List.of("popularity", "markov", "item-knn", "ease");
    private List<String> metrics = MetricNames.standard();
    private boolean includeSeen;
    private TaskConfig task = new TaskConfig.All();
    private CandidatesConfig candidates = new CandidatesConfig.Full();
    private Confidence confidence = Confidence.standard();
    private MetricData.Beyond beyond = MetricData.Beyond.DEFAULTS;
    private GroupColumns groups = new GroupColumns("", "");

    /**
     * Columns that divide users and items into groups, each measured for itself.
     *
     * @param users a column of the users, or nothing
     * @param items a column of the items, or nothing
     */
    record GroupColumns(String users, String items) {}

    void read(Keys keys) {
        keys.texts("models", this::models);
        keys.texts("metrics", this::metrics);
        keys.flag("include-seen", value -> includeSeen = value);
        keys.<TaskConfig>variant("task", "all", TASKS, value -> task = value);
        keys.<CandidatesConfig>variant("candidates", "full", CANDIDATES, value -> candidates = value);
        keys.record("confidence", confidence, value -> confidence = value);
        keys.record("beyond-accuracy", beyond, value -> beyond = value);
        keys.record("groups", groups, value -> groups = value);
        baselines.read(keys);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("models", models);
        map.put("metrics", metrics);
        map.put("include-seen", includeSeen);
        map.put("task", Records.toMap(TASKS, task));
        map.put("candidates", withoutEmpty(Records.toMap(CANDIDATES, candidates)));
        map.put("confidence", Records.toMap(confidence));
        map.put("beyond-accuracy", withoutEmpty(Records.toMap(beyond)));
        map.put("groups", withoutEmpty(Records.toMap(groups)));
        baselines.putInto(map);
        return map;
    }

    /** An empty text means the same as no key, and cannot be read back. */
    private static Map<String, Object> withoutEmpty(Map<String, Object> map) {
        map.values().removeIf(""::equals);
        return map;
    }

    private void models(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("models must not be empty: name a baseline or a model folder");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("models must differ, got " + names + ": name each once");
        }
        models = List.copyOf(names);
    }

    private void metrics(List<String> labels) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("metrics must not be empty: name one, such as NDCG@10");
        }
        MetricNames.expand(labels);
        metrics = List.copyOf(labels);
    }

    List<String> models() {
        return models;
    }

    /** The labels of everything that is measured; the first one decides who wins. */
    List<String> metrics() {
        return MetricNames.expand(metrics);
    }

    boolean includeSeen() {
        return includeSeen;
    }

    TaskConfig task() {
        return task;
    }

    CandidatesConfig candidates() {
        return candidates;
    }

    Confidence confidence() {
        return confidence;
    }

    MetricData.Beyond beyond() {
        return beyond;
    }

    GroupColumns groups() {
        return groups;
    }

    /** Finds a baseline with its settings; empty where the name must be a model folder. */
    Optional<Baseline> baseline(String name) {
        return baselines.named(name);
    }

    /** Refuses a model that is neither a baseline nor a model folder, before anything is read or trained. */
    void checkModels() {
        for (String name : models) {
            if (baseline(name).isEmpty() && !ModelFolders.isModel(Path.of(name))) {
                throw new ConfigException("model \"" + name + "\" is neither one of "
                        + String.join(", ", BaselineConfig.NAMES) + " nor a model folder with a manifest.json"
                        + NearestName.of(name, BaselineConfig.NAMES)
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse(""));
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
