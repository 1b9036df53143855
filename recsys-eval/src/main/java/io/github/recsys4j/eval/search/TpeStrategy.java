package io.github.recsys4j.eval.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Tree-structured Parzen estimator: the trials so far are divided into the good, the best 15 in 100, and the others;
 * each parameter gets a density {@code l} of its values among the good and {@code g} among the others, and of
 * {@value #CANDIDATES} draws from {@code l} the one with the greatest {@code l / g} is taken, which maximises
 * expected improvement.
 *
 * <p>Parameters are drawn one after the other, so a conditional one is drawn only where it is there, from the trials
 * in which it was there: that is the tree. Failed trials are the worst ones. The densities are those of
 * {@link ParzenEstimator}.
 *
 * @see <a href="https://papers.nips.cc/paper/4443-algorithms-for-hyper-parameter-optimization">Bergstra et al.,
 *     Algorithms for Hyper-Parameter Optimization, NeurIPS 2011</a>
 */
final class TpeStrategy extends CountedStrategy {
    private static final int CANDIDATES = 24;
    private static final double GOOD_SHARE = 0.15;
    private static final int MOST_GOOD = 25;

    TpeStrategy(int trials) {
        super(trials);
    }

    @Override
    String fingerprint() {
        return "tpe";
    }

    @Override
    int mustKnow(int number, int jobs) {
        return number < STARTUP_TRIALS ? 0 : Math.max(0, number - jobs + 1);
    }

    @Override
    Settings settings(int number, List<TrialResult> known, SearchSpace space, SplittableRandom random) {
        return number < STARTUP_TRIALS ? drawRandom(space, random) : draw(known, space, random);
    }

    private static Settings draw(List<TrialResult> known, SearchSpace space, SplittableRandom random) {
        List<Map<String, Object>> ranked = known.stream()
                .sorted(Comparator.comparingDouble(TrialResult::rank).reversed())
                .map(result -> result.trial().settings().toMap())
                .toList();
        int good = Math.min(MOST_GOOD, (int) Math.ceil(GOOD_SHARE * ranked.size()));
        return space.draw((parameter, before) ->
                best(parameter, ranked.subList(0, good), ranked.subList(good, ranked.size()), random));
    }

    private static Object best(
            Parameter parameter,
            List<Map<String, Object>> good,
            List<Map<String, Object>> others,
            SplittableRandom random) {
        ParzenEstimator likely = ParzenEstimator.of(parameter.domain(), values(parameter, good));
        ParzenEstimator unlikely = ParzenEstimator.of(parameter.domain(), values(parameter, others));
        double unit = Stream.generate(() -> likely.draw(random))
                .limit(CANDIDATES)
                .max(Comparator.comparingDouble(place -> likely.logDensity(place) - unlikely.logDensity(place)))
                .orElseThrow();
        return parameter.domain().at(unit);
    }

    private static List<Object> values(Parameter parameter, List<Map<String, Object>> settings) {
        return settings.stream()
                .map(each -> each.get(parameter.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public String toString() {
        return "tree-structured Parzen estimator of " + trials() + " trials";
    }
}
