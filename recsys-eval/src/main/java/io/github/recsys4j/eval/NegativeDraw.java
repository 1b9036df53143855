package io.github.recsys4j.eval;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Ints;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws negatives one after the other without replacement, each in proportion to its weight among those left.
 *
 * <p>Draws come from the cumulative weights of all items, and those that may not be taken are drawn again. Where that
 * takes too long, because few items have most of the weight, the rest is drawn by exponential keys, which is the same
 * distribution.
 *
 * @see <a href="https://doi.org/10.1016/j.ipl.2005.11.003">Efraimidis and Spirakis, Weighted random sampling with a
 *     reservoir, Information Processing Letters 2006</a>
 */
final class NegativeDraw {
    private static final int ATTEMPTS_PER_ITEM = 20;

    private final int count;
    private final long seed;
    private final double[] weights;
    private final double[] cumulative;

    NegativeDraw(int count, Sampling sampling, Dataset train, long seed) {
        this.count = count;
        this.seed = seed;
        int[] counts = train.interactions().itemCounts(train.items().size());
        weights = Arrays.stream(counts).mapToDouble(sampling::weight).toArray();
        cumulative = weights.clone();
        Arrays.parallelPrefix(cumulative, Double::sum);
    }

    /** The distinct targets, then the negatives. */
    int[] candidates(HeldOut cases, int index) {
        int[] targets = Arrays.stream(cases.targets(index)).distinct().toArray();
        BitSet taken = new BitSet(weights.length);
        Arrays.stream(targets).forEach(taken::set);
        Arrays.stream(cases.history(index)).forEach(taken::set);
        return Ints.concat(targets, negatives(taken, new SplittableRandom(seedOf(cases, index))));
    }

    private long seedOf(HeldOut cases, int index) {
        Hasher hasher = Hashing.sipHash24(seed, 0)
                .newHasher()
                .putUnencodedChars(cases.users().id(cases.user(index)));
        Arrays.stream(cases.targets(index)).forEach(hasher::putInt);
        return hasher.hash().asLong();
    }

    private int[] negatives(BitSet taken, SplittableRandom random) {
        int wanted = Math.min(count, weights.length - taken.cardinality());
        int[] drawn = new int[wanted];
        int size = 0;
        for (int attempt = 0; size < wanted && attempt < ATTEMPTS_PER_ITEM * wanted; attempt++) {
            int item = itemAt(uniform(random) * cumulative[cumulative.length - 1]);
            if (!taken.get(item)) {
                taken.set(item);
                drawn[size++] = item;
            }
        }
        int[] rest = byKeys(taken, random, wanted - size);
        System.arraycopy(rest, 0, drawn, size, rest.length);
        return drawn;
    }

    private int itemAt(double place) {
        int found = Arrays.binarySearch(cumulative, place);
        return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
    }

    private int[] byKeys(BitSet taken, SplittableRandom random, int wanted) {
        if (wanted == 0) {
            return new int[0];
        }
        double[] keys = new double[weights.length];
        for (int item = 0; item < keys.length; item++) {
            keys[item] = -Math.log(1 - uniform(random)) / weights[item];
        }
        return IntStream.range(0, keys.length)
                .filter(item -> !taken.get(item))
                .boxed()
                .sorted(Comparator.comparingDouble(item -> keys[item]))
                .limit(wanted)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double uniform(SplittableRandom random) {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }
}
