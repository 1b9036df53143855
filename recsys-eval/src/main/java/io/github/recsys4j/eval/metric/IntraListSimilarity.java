package io.github.recsys4j.eval.metric;

import java.util.Arrays;

/**
 * The mean cosine of the vectors of two items of a list, on any item vectors.
 *
 * <p>Over all pairs of the first {@code k} items of which something is known; undefined with fewer than two of them. In
 * {@code [-1, 1]}; low is diverse. Computed from the sum of the unit vectors: {@code n} items have
 * {@code |sum(v)|^2 - n} as the sum of the cosines of ordered pairs.
 *
 * <p>Ziegler et al. add the similarities up instead of averaging them; one less this number is the intra-list
 * diversity of Castells et al. (RecTools' with another distance).
 *
 * @see <a href="https://doi.org/10.1145/1060745.1060754">Ziegler et al., Improving Recommendation Lists Through Topic
 *     Diversification, WWW 2005</a>
 */
record IntraListSimilarity(int k, ItemVectors vectors) implements Metric {

    IntraListSimilarity {
        Cutoffs.check("IntraListSimilarity", k);
    }

    @Override
    public String label() {
        return "IntraListSimilarity@" + k;
    }

    @Override
    public String definition() {
        return "mean cosine of two items of the first " + k;
    }

    @Override
    public Direction direction() {
        return Direction.NEUTRAL;
    }

    @Override
    public double weight(Judged judged) {
        return known(judged).length > 1 ? 1 : 0;
    }

    @Override
    public double measure(Judged judged) {
        int[] items = known(judged);
        double[] sum = new double[vectors.dim()];
        for (int item : items) {
            vectors.addTo(sum, item, 1 / vectors.norm(item));
        }
        double squares = Arrays.stream(sum).map(value -> value * value).sum();
        return (squares - items.length) / (items.length * (items.length - 1.0));
    }

    private int[] known(Judged judged) {
        return Arrays.stream(judged.top(k))
                .filter(item -> vectors.norm(item) > 0)
                .toArray();
    }
}
