package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.model.train.Negatives.Distribution;
import java.util.Arrays;

/**
 * Draws item indices with given chances in constant time each: an alias table, or a plain product where every
 * chance is the same.
 *
 * <p>Thread-safety: immutable; the caller brings the generator.
 *
 * @see <a href="https://doi.org/10.1109/32.92917">Vose, A linear algorithm for generating random numbers with a
 *     given distribution, 1991</a>
 */
final class NegativeSampler {
    /** Redraws before a hit of the history is kept: only users who know nearly everything get there. */
    private static final int MAX_REDRAWS = 100;

    private final int numItems;
    private final boolean uniform;
    /** The share of a column that is its own item's, as an unsigned 32-bit fraction. */
    private final long[] own;

    private final int[] alias;
    private final double[] probability;

    private NegativeSampler(double[] weights, boolean uniform) {
        this.numItems = weights.length;
        this.uniform = uniform;
        this.own = new long[numItems];
        this.alias = new int[numItems];
        this.probability = normalised(weights);
        buildColumns();
    }

    /**
     * Makes a sampler over all items.
     *
     * @param counts shape {@code [numItems]}: interactions of each item in the training part
     */
    static NegativeSampler of(Negatives negatives, int[] counts) {
        checkArgument(counts.length > 0, "negatives need at least 1 item, got 0");
        long total = Arrays.stream(counts).asLongStream().sum();
        boolean uniform = negatives.distribution() == Distribution.UNIFORM;
        checkArgument(uniform || total > 0, "negatives by popularity need at least 1 interaction, got 0");
        double[] weights = Arrays.stream(counts)
                .mapToDouble(count -> weight(negatives, count, total, counts.length))
                .toArray();
        return new NegativeSampler(weights, uniform);
    }

    private static double weight(Negatives negatives, int count, long total, int numItems) {
        return switch (negatives.distribution()) {
            case UNIFORM -> 1;
            case POPULARITY -> count;
            case INVERSE_POPULARITY -> 1.0 / Math.max(1, count);
            case MIXED -> negatives.popularShare() * count / total + (1 - negatives.popularShare()) / numItems;
        };
    }

    private static double[] normalised(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    private void buildColumns() {
        double[] scaled =
                Arrays.stream(probability).map(chance -> chance * numItems).toArray();
        int[] small = new int[numItems];
        int[] large = new int[numItems];
        int smalls = 0;
        int larges = 0;
        for (int item = 0; item < numItems; item++) {
            alias[item] = item;
            if (scaled[item] < 1) {
                small[smalls++] = item;
            } else {
                large[larges++] = item;
            }
        }
        while (smalls > 0 && larges > 0) {
            int low = small[--smalls];
            int high = large[--larges];
            own[low] = (long) (scaled[low] * 0x1p32);
            alias[low] = high;
            scaled[high] -= 1 - scaled[low];
            if (scaled[high] < 1) {
                small[smalls++] = high;
            } else {
                large[larges++] = high;
            }
        }
        fillWhole(small, smalls);
        fillWhole(large, larges);
    }

    private void fillWhole(int[] items, int count) {
        for (int i = 0; i < count; i++) {
            own[items[i]] = 1L << 32;
        }
    }

    int numItems() {
        return numItems;
    }

    /** {@return shape {@code [numItems]}: the natural logarithm of each item's chance; minus infinity for none} */
    float[] logProbabilities() {
        float[] logs = new float[numItems];
        for (int item = 0; item < numItems; item++) {
            logs[item] = (float) Math.log(probability[item]);
        }
        return logs;
    }

    int draw(Randomness random) {
        long bits = random.nextLong();
        int column = (int) (((bits >>> 32) * numItems) >>> 32);
        return uniform || (bits & 0xFFFFFFFFL) < own[column] ? column : alias[column];
    }

    /** Fills {@code into[from..to)} with independent draws. */
    void fill(int[] into, int from, int to, Randomness random) {
        for (int i = from; i < to; i++) {
            into[i] = draw(random);
        }
    }

    /**
     * Fills {@code into[from..to)} with draws outside a history.
     *
     * @param sortedHistory distinct or repeated item indices, ascending
     */
    void fillOutside(int[] into, int from, int to, int[] sortedHistory, Randomness random) {
        for (int i = from; i < to; i++) {
            int item = draw(random);
            for (int again = 0; again < MAX_REDRAWS && Arrays.binarySearch(sortedHistory, item) >= 0; again++) {
                item = draw(random);
            }
            into[i] = item;
        }
    }
}
