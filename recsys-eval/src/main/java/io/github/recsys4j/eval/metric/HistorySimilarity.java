package io.github.recsys4j.eval.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The mean cosine of the recommended items and the mean vector of the user's history: how well the list matches what
 * the user liked before, on any item vectors.
 *
 * <p>Items of which nothing is known are left out on both sides; undefined if nothing is left on one of them. In
 * {@code [-1, 1]}. Some call such a figure a proxy of user satisfaction; it rewards more of the same.
 */
record HistorySimilarity(int k, ItemVectors vectors) implements Metric {

    HistorySimilarity {
        Cutoffs.check("HistorySimilarity", k);
    }

    @Override
    public String label() {
        return "HistorySimilarity@" + k;
    }

    @Override
    public String definition() {
        return "mean cosine of an item of the first " + k + " and the mean vector of the history";
    }

    @Override
    public Direction direction() {
        return Direction.NEUTRAL;
    }

    @Override
    public double weight(Judged judged) {
        return known(judged.top(k)).findAny().isPresent() && length(profile(judged)) > 0 ? 1 : 0;
    }

    @Override
    public double measure(Judged judged) {
        double[] profile = profile(judged);
        double length = length(profile);
        return known(judged.top(k))
                .mapToDouble(item -> dot(profile, item) / vectors.norm(item) / length)
                .average()
                .orElseThrow();
    }

    private double[] profile(Judged judged) {
        double[] sum = new double[vectors.dim()];
        known(judged.history()).forEach(item -> vectors.addTo(sum, item, 1));
        return sum;
    }

    private IntStream known(int[] items) {
        return Arrays.stream(items).filter(item -> vectors.norm(item) > 0);
    }

    private double dot(double[] profile, int item) {
        double sum = 0;
        for (int d = 0; d < profile.length; d++) {
            sum += profile[d] * vectors.at(item, d);
        }
        return sum;
    }

    private static double length(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
    }
}
