package io.github.recsys4j.eval.search;

import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.BprMf;
import io.github.recsys4j.eval.baseline.DecayedMarkov;
import io.github.recsys4j.eval.baseline.Ease;
import io.github.recsys4j.eval.baseline.Ials;
import io.github.recsys4j.eval.baseline.ItemKnn;
import io.github.recsys4j.eval.baseline.RecentPopularity;
import io.github.recsys4j.eval.baseline.Slim;
import io.github.recsys4j.eval.baseline.UserKnn;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What is worth trying of each baseline that has settings, and the baseline with what was found: a baseline that nobody
 * tuned is no measure of anything (Dacrema, Cremonesi and Jannach, RecSys 2019).
 *
 * <p>Parameters are called as the record's components, with hyphens between words. Ranges are those of the baselines'
 * papers and of tuned comparisons, wide enough to hold the optimum on small and large data.
 *
 * @see <a href="https://doi.org/10.1145/3298689.3347058">Ferrari Dacrema et al., Are We Really Making Much Progress?,
 *     RecSys 2019</a>
 */
public final class BaselineSpaces {
    private static final Map<String, Tuned> TUNED = new LinkedHashMap<>();

    /** A space and what makes a baseline of a point of it. */
    private record Tuned(SearchSpace space, BiFunction<Settings, Long, Baseline> baseline) {}

    static {
        put(
                "recent-popularity",
                (at, seed) -> new RecentPopularity(
                        Duration.parse("PT" + at.text("window").toUpperCase(Locale.ROOT)), at.integer("last-per-user")),
                Parameter.choice("window", "1h", "6h", "24h", "72h", "168h", "720h", "2160h", "8760h"),
                Parameter.logInteger("last-per-user", 1, 100));
        put(
                "decayed-markov",
                (at, seed) -> new DecayedMarkov(at.number("decay"), at.integer("last-items")),
                Parameter.number("decay", 0.05, 0.95),
                Parameter.logInteger("last-items", 1, 50));
        put(
                "item-knn",
                (at, seed) -> new ItemKnn(at.integer("k"), at.number("shrink")),
                Parameter.logInteger("k", 5, 1000),
                Parameter.number("shrink", 0, 1000));
        put(
                "user-knn",
                (at, seed) -> new UserKnn(at.integer("k"), at.number("shrink")),
                Parameter.logInteger("k", 5, 1000),
                Parameter.number("shrink", 0, 1000));
        put("ease", (at, seed) -> new Ease(at.number("lambda")), Parameter.logNumber("lambda", 1, 10_000));
        put(
                "slim",
                (at, seed) -> new Slim(
                        at.number("alpha"),
                        at.number("l1-ratio"),
                        true,
                        Slim.defaults().tolerance()),
                Parameter.logNumber("alpha", 1e-3, 10),
                Parameter.logNumber("l1-ratio", 1e-5, 1));
        put(
                "ials",
                (at, seed) -> new Ials(
                        at.integer("factors"),
                        at.number("regularization"),
                        at.number("alpha"),
                        at.integer("iterations"),
                        seed),
                Parameter.choice("factors", 32, 64, 128, 256),
                Parameter.logNumber("regularization", 1e-2, 1000),
                Parameter.logNumber("alpha", 0.1, 100),
                Parameter.integer("iterations", 5, 30));
        put(
                "bpr",
                (at, seed) -> new BprMf(
                        at.integer("factors"),
                        at.number("learning-rate"),
                        at.number("regularization"),
                        at.integer("epochs"),
                        BprMf.defaults().foldInEpochs(),
                        seed),
                Parameter.choice("factors", 32, 64, 128, 256),
                Parameter.logNumber("learning-rate", 1e-3, 0.5),
                Parameter.logNumber("regularization", 1e-5, 0.1),
                Parameter.logInteger("epochs", 5, 100));
    }

    private BaselineSpaces() {}

    private static void put(String name, BiFunction<Settings, Long, Baseline> baseline, Parameter... parameters) {
        TUNED.put(name, new Tuned(SearchSpace.of(parameters), baseline));
    }

    /** {@return the names of the baselines that have a space} */
    public static List<String> names() {
        return List.copyOf(TUNED.keySet());
    }

    /**
     * {@return what is worth trying}
     *
     * @param name a baseline's name, such as {@code ease}
     * @throws IllegalArgumentException if there is no such baseline, or it has nothing to tune
     */
    public static SearchSpace of(String name) {
        return tuned(name).space;
    }

    /**
     * {@return the baseline with a trial's settings, and its seed where the baseline takes one}
     *
     * @param name a baseline's name, such as {@code ease}
     * @param trial of a search in {@link #of} that baseline
     * @throws IllegalArgumentException if there is no such baseline, or a setting is missing or out of range
     */
    public static Baseline baseline(String name, Trial trial) {
        return tuned(name).baseline.apply(trial.settings(), trial.seed());
    }

    private static Tuned tuned(String name) {
        Tuned found = TUNED.get(name);
        if (found == null) {
            throw new IllegalArgumentException("baseline to tune must be one of " + names() + ", got \"" + name + "\""
                    + Settings.meant(name, names()));
        }
        return found;
    }
}
