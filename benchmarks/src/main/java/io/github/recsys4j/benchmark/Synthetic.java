package io.github.recsys4j.benchmark;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.split.HeldOut;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded random input of the size of MovieLens-1M or any other. */
final class Synthetic {
    static final int ML1M_USERS = 6_040;
    static final int ML1M_ITEMS = 3_416;

    private Synthetic() {}

    static Vocabulary numbered(int count) {
        return Vocabulary.inOrder(
                IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Histories of one length. */
    static Dataset histories(int users, int items, int length) {
        int[] offsets =
                IntStream.rangeClosed(0, users).map(user -> user * length).toArray();
        int[] column = new Random(1).ints((long) users * length, 0, items).toArray();
        return Dataset.of(
                numbered(users),
                numbered(items),
                Interactions.ofSorted(offsets, column, Optional.empty(), Optional.empty()));
    }

    /** One target per user after a history of MovieLens-1M's shortest and mean length, 18 and 163. */
    static HeldOut cases(int users, int items, long seed) {
        Random random = new Random(seed);
        HeldOut.Builder cases = HeldOut.builder(numbered(users), numbered(items));
        for (int user = 0; user < users; user++) {
            int length = (int) Math.min(2000, 18 + 145 * -Math.log(1 - random.nextDouble()));
            cases.add(user, random.ints(length, 0, items).toArray(), new int[] {random.nextInt(items)});
        }
        return cases.build();
    }
}
