package io.github.recsys4j.retrieval;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Divides items by direction: each belongs to the centre with the greatest inner product, and a centre is the mean of its items'
 * directions, brought to length 1 (Dhillon and Modha, "Concept decompositions for large sparse text data using clustering",
 * 2001). Items of different lengths are divided with the coordinate that makes them equally long ({@link Lift}).
 */
final class SphericalKMeans {
    private static final int ROUNDS = 8;
    private static final int SAMPLE_PER_CENTRE = 64;

    /** Items whose nearest centres are looked for at a time. */
    private static final int BLOCK = 1 << 14;

    private SphericalKMeans() {}

    /** The width of a centre. */
    static int width(CodedItems items) {
        return items.codes().lift().isPresent() ? items.dim() + 1 : items.dim();
    }

    /** Learns centres from a sample of some items. */
    static float[] centres(CodedItems items, int[] some, int count, long seed) {
        int[] sample = sample(some, count * SAMPLE_PER_CENTRE, seed);
        int width = width(items);
        float[] directions = directions(items, sample);
        float[] centres = Arrays.copyOf(directions, count * width);
        for (int round = 0; round < ROUNDS; round++) {
            centres = means(directions, nearest(centres, directions, width), centres, width);
        }
        return centres;
    }

    /** The first of a shuffle. */
    private static int[] sample(int[] some, int size, long seed) {
        int[] shuffled = some.clone();
        Random random = new Random(seed);
        int wanted = Math.min(size, shuffled.length);
        for (int place = 0; place < wanted; place++) {
            int other = place + random.nextInt(shuffled.length - place);
            int swapped = shuffled[place];
            shuffled[place] = shuffled[other];
            shuffled[other] = swapped;
        }
        return Arrays.copyOf(shuffled, wanted);
    }

    private static float[] directions(CodedItems items, int[] some) {
        int width = width(items);
        float[] rows = new float[some.length * width];
        float[] row = new float[items.dim()];
        for (int place = 0; place < some.length; place++) {
            items.vectors().read(some[place], row);
            System.arraycopy(row, 0, rows, place * width, row.length);
            if (width > row.length) {
                rows[(place + 1) * width - 1] =
                        items.codes().lift().orElseThrow().values()[some[place]];
            }
        }
        return Dots.unit(rows, width);
    }

    /** A centre without items stays where it is. */
    private static float[] means(float[] directions, int[] centreOf, float[] before, int width) {
        double[] sums = new double[before.length];
        for (int row = 0; row < centreOf.length; row++) {
            for (int d = 0; d < width; d++) {
                sums[centreOf[row] * width + d] += directions[row * width + d];
            }
        }
        float[] means = before.clone();
        for (int from = 0; from < sums.length; from += width) {
            double squares = 0;
            for (int d = from; d < from + width; d++) {
                squares += sums[d] * sums[d];
            }
            for (int d = from; d < from + width && squares > 0; d++) {
                means[d] = (float) (sums[d] / Math.sqrt(squares));
            }
        }
        return means;
    }

    /** The nearest centre of each item. */
    static int[] nearest(float[] centres, CodedItems items, int[] some) {
        int[] nearest = new int[some.length];
        for (int from = 0; from < some.length; from += BLOCK) {
            int[] block = Arrays.copyOfRange(some, from, Math.min(from + BLOCK, some.length));
            int[] found = nearest(centres, directions(items, block), width(items));
            System.arraycopy(found, 0, nearest, from, found.length);
        }
        return nearest;
    }

    private static int[] nearest(float[] centres, float[] directions, int width) {
        try (ExactIndex index = ExactIndex.of(centres, width)) {
            List<RankedItems> found = index.topKBatch(directions, 1, row -> ItemFilter.none());
            return found.stream().mapToInt(best -> best.item(0)).toArray();
        }
    }
}
