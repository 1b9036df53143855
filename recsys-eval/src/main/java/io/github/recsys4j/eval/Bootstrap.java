package io.github.recsys4j.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws users with replacement and computes what the means would have been.
 *
 * <p>All columns see the same draws, so the difference of two recommenders is resampled in pairs. Each resample has
 * a generator of its own, so the number of threads changes nothing.
 */
final class Bootstrap {
    private final Confidence confidence;
    private final int users;

    Bootstrap(Confidence confidence, int users) {
        this.confidence = confidence;
        this.users = users;
    }

    /** The interval of each column's mean. */
    List<Interval> intervals(List<UserSums.Column> columns) {
        double[] common =
                columns.stream().mapToDouble(UserSums.Column::commonTotal).toArray();
        double[][] means = new double[columns.size()][confidence.resamples()];
        IntStream.range(0, confidence.resamples()).parallel().forEach(resample -> {
            int[] drawn = draw(resample);
            for (int c = 0; c < means.length; c++) {
                means[c][resample] = mean(columns.get(c), common[c], drawn);
            }
        });
        return IntStream.range(0, means.length)
                .mapToObj(c -> interval(columns.get(c).mean(), means[c]))
                .toList();
    }

    private int[] draw(int resample) {
        // The seed is mixed: generators whose seeds lie a step apart would give one sequence, shifted.
        long mixed = new SplittableRandom(confidence.seed() ^ 0xD1342543DE82EF95L * resample).nextLong();
        SplittableRandom random = new SplittableRandom(mixed);
        int[] drawn = new int[users];
        for (int i = 0; i < users; i++) {
            drawn[(int) Math.multiplyHigh(random.nextLong() >>> 1, 2L * users)]++;
        }
        return drawn;
    }

    private double mean(UserSums.Column column, double common, int[] drawn) {
        double sum = dot(column.sums(), drawn);
        double total = Double.isNaN(common) ? dot(column.totals(), drawn) : common * users;
        return total > 0 ? sum / total : column.mean();
    }

    private static double dot(double[] values, int[] drawn) {
        double even = 0;
        double odd = 0;
        int user = 0;
        for (; user + 1 < drawn.length; user += 2) {
            even += values[user] * drawn[user];
            odd += values[user + 1] * drawn[user + 1];
        }
        return user < drawn.length ? even + odd + values[user] * drawn[user] : even + odd;
    }

    private Interval interval(double mean, double[] means) {
        Arrays.sort(means);
        double tail = (1 - confidence.level()) / 2;
        return new Interval(mean, quantile(means, tail), quantile(means, 1 - tail), confidence.level());
    }

    /** Linear between neighbours: Hyndman and Fan's definition 7. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
