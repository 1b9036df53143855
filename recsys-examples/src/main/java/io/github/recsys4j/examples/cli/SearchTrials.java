package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.search.Objective;
import io.github.recsys4j.eval.search.SearchSpace;
import io.github.recsys4j.eval.search.Settings;
import io.github.recsys4j.eval.search.Trial;
import io.github.recsys4j.examples.config.Change;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Yaml;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.split.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes the trials of a search: writes a trial's settings over the configuration, trains what it then says, and
 * measures it on the validation cases. Contents are encoded anew only where their settings differ. Not thread-safe.
 */
final class SearchTrials implements Objective {
    private static final int SAMPLES = 50;
    private static final List<String> SECTIONS = List.of("model", "training", "contents", "user-context", "evaluation");

    private final String yaml;
    private final SearchConfig search;
    private final Split split;
    private final Consumer<String> log;
    private Map<String, Object> encoded = Map.of();
    private Contents.Encoded contents = new Contents.Encoded(List.of(), List.of());

    /** Takes the configuration that every trial starts from. */
    SearchTrials(RunConfig base, Split split, Consumer<String> log) {
        yaml = Yaml.write(base.toMap());
        search = base.search();
        this.split = split;
        this.log = log;
        if (split.validation().size() == 0) {
            throw new ConfigException(
                    "search measures on validation cases, and the split has none: choose another split,"
                            + " or validation-users above 0");
        }
    }

    /** The configuration that a trial means, its seed and budget included. */
    RunConfig config(Trial trial) {
        List<Change> changes = new ArrayList<>(changes(trial.settings()));
        changes.add(new Change("training.seed", Long.toString(trial.seed()), "search"));
        seeded().ifPresent(key -> changes.add(new Change(key, Long.toString(trial.seed()), "search")));
        if (trial.budget() > 0 && search.budget() == SearchConfig.Budget.EPOCHS) {
            changes.add(new Change(epochs(), Integer.toString(trial.budget()), "search"));
        }
        return RunConfig.read(Keys.of("config.yaml", yaml).with(changes));
    }

    private Optional<String> seeded() {
        return Stream.of("bpr", "ials")
                .filter(search.over()::equals)
                .map(name -> "evaluation." + name + ".seed")
                .findFirst();
    }

    private String epochs() {
        return switch (search.over()) {
            case SearchConfig.MODEL -> "training.epochs";
            case "bpr" -> "evaluation.bpr.epochs";
            case "ials" -> "evaluation.ials.iterations";
            default ->
                throw new ConfigException(
                        search.over() + " has no epochs to be given few or many of: set search.budget to data");
        };
    }

    /** A section's choice comes before the keys inside it, which it would wipe out, wherever they stand in the space. */
    private List<Change> changes(Settings settings) {
        return settings.toMap().entrySet().stream()
                .map(entry -> new Change(
                        key(entry.getKey()), entry.getValue().toString(), "search.space \"" + entry.getKey() + "\""))
                .sorted(Comparator.comparingInt(change -> change.key().length()))
                .toList();
    }

    /** A name of a baseline's own space stands for the key of its section. */
    private String key(String name) {
        if (SECTIONS.stream().anyMatch(section -> name.startsWith(section + "."))) {
            return name;
        }
        if (search.isModel() || name.contains(".")) {
            throw new ConfigException("search.space: \"" + name + "\" must be a key that begins with one of " + SECTIONS
                    + ", such as model.tower.dim");
        }
        return "evaluation." + search.over() + "." + name;
    }

    /** Refuses a space with a parameter that no configuration takes, whatever its value, before anything is trained. */
    void check(SearchSpace space) {
        Map<String, String> refused = new LinkedHashMap<>();
        List<String> taken = new ArrayList<>();
        int budget = search.strategy() instanceof StrategyConfig.Halving ? 1 : 0;
        for (int number = 0; number < SAMPLES; number++) {
            Settings settings = space.sample(number);
            try {
                config(new Trial(number, number, settings, budget, 1)).checkContents();
                taken.addAll(settings.names());
            } catch (ConfigException e) {
                settings.names().forEach(name -> refused.putIfAbsent(name, e.getMessage()));
            }
        }
        refused.keySet().removeAll(taken);
        refused.values().stream().findFirst().ifPresent(message -> {
            throw new ConfigException(message);
        });
    }

    @Override
    public double measure(Trial trial) {
        RunConfig config = config(trial);
        Split data =
                search.budget() == SearchConfig.Budget.DATA && trial.budget() > 0 ? thinned(trial.budget()) : split;
        Evaluator evaluator = Evaluator.builder()
                .metrics(MetricNames.accuracy(search.metric()))
                .build();
        try (Recommender recommender = train(config, data)) {
            return evaluator.evaluate(recommender, split.validation()).metric(search.metric());
        }
    }

    private Recommender train(RunConfig config, Split data) {
        if (!search.isModel()) {
            return config.evaluation().baseline(search.over()).orElseThrow().train(data.train());
        }
        ModelBuilding building = new ModelBuilding(config, data.train(), log);
        Map<String, Object> wanted = config.contents().toMap();
        if (!wanted.equals(encoded)) {
            contents = building.contents(ProgressListener.none(), Optional.empty());
            encoded = wanted;
        }
        TrainingOptions options = config.training().options();
        int threads = Math.max(1, options.threads() / search.jobs());
        return building.builder(contents)
                .options(options.rebuild().threads(threads).build())
                .train(data);
    }

    /** A share of the training users, more of the same users with a larger share. */
    private Split thinned(int percent) {
        Dataset train = split.train();
        Interactions all = train.interactions();
        BitSet rows = new BitSet(all.size());
        SplittableRandom random = new SplittableRandom(search.seed());
        for (int user = 0; user < all.numUsers(); user++) {
            rows.set(all.start(user), all.end(user), random.nextInt(100) < percent);
        }
        return new Split(
                train.withInteractions(all.filter(rows::get)),
                split.validation(),
                split.test(),
                split.groups(),
                split.report());
    }
}
