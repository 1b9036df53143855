package io.github.recsys4j.eval.metric;

import java.util.Arrays;

/** How evenly something is spread, and how different lists are. */
final class Concentration {
    private Concentration() {}

    /**
     * The Gini coefficient of counts: 0 if all are equal, {@code (n - 1) / n} if one has everything, NaN if there is
     * nothing. With {@code n} counts in ascending order, {@code G = 2 sum(i c(i)) / (n sum(c)) - (n + 1) / n}.
     */
    static double gini(double[] counts) {
        double[] sorted = counts.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += sorted[i];
            weighted += (i + 1.0) * sorted[i];
        }
        return 2 * weighted / (sorted.length * sum) - (sorted.length + 1.0) / sorted.length;
    }

    /** Shannon's entropy of the shares of counts, in bits; NaN if there is nothing. */
    static double entropy(int[] counts) {
        double total = Arrays.stream(counts).asLongStream().sum();
        double bits = 0;
        for (int count : counts) {
            bits -= count == 0 ? 0 : count / total * Math.log(count / total) / Math.log(2);
        }
        return total == 0 ? Double.NaN : bits;
    }

    /**
     * One less the mean cosine of the binary item vectors of two lists.
     *
     * <p>With each list's vector {@code v} of unit length, the cosines of all ordered pairs, each list with itself
     * included, add up to {@code |sum(v)|^2}. So {@code m} lists cost their items once, and not {@code m^2}.
     */
    static double personalisation(RankedLists lists, int k) {
        double[] sum = new double[lists.numItems()];
        long filled = 0;
        for (int index = 0; index < lists.size(); index++) {
            int length = lists.length(index, k);
            for (int place = 0; place < length; place++) {
                sum[lists.item(index, place)] += 1 / Math.sqrt(length);
            }
            filled += length > 0 ? 1 : 0;
        }
        double squares = Arrays.stream(sum).map(value -> value * value).sum();
        return filled < 2 ? Double.NaN : 1 - (squares - filled) / (filled * (filled - 1.0));
    }
}
