package io.github.recsys4j.model.train;

/**
 * A small, fast generator whose whole state is one number, so that each step's stream is derived from
 * {@code (seed, purpose, step)} and a resumed run draws what an unbroken one would have drawn.
 *
 * <p>SplitMix64: a Weyl sequence through a 64-bit finaliser. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, OOPSLA 2014</a>
 */
final class Randomness {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** What a stream is for; streams of one seed and step differ between purposes. */
    enum Purpose {
        SHUFFLE(1),
        NEGATIVES(2),
        DROPOUT(3),
        HIDDEN_IDS(4),
        ALIGNED_ITEMS(5),
        CONTENT_VARIANTS(6);

        private final long stream;

        Purpose(long stream) {
            this.stream = stream;
        }
    }

    private Randomness(long state) {
        this.state = state;
    }

    static Randomness of(long seed, Purpose purpose, long step) {
        return new Randomness(derive(seed, purpose, step));
    }

    /** {@return a seed for another generator, such as libtorch's} */
    static long derive(long seed, Purpose purpose, long step) {
        return mix(mix(mix(seed) + purpose.stream) + step);
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** {@return a number from 0 to {@code bound - 1}; the bias is below {@code bound / 2^32}} */
    int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Shuffles in place, each order equally likely. */
    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
