package io.github.recsys4j.split;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.github.recsys4j.data.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random numbers from (seed, id) alone: what a user or an item draws depends neither on the order of rows or
 * threads nor on who else is in the data.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-34931-7_28">Aumasson and Bernstein, SipHash, INDOCRYPT 2012</a>
 */
final class Keys {
    private static final long DOMAIN = 0x73706c69747465L;

    private final HashFunction hash;

    Keys(long seed) {
        hash = Hashing.sipHash24(seed, DOMAIN);
    }

    long of(String id) {
        return hash.hashString(id, StandardCharsets.UTF_8).asLong();
    }

    /** A stream of the id's own; only {@code nextLong} is the same in every version of Java. */
    SplittableRandom stream(String id) {
        return new SplittableRandom(of(id));
    }

    /** The positions {@code 0 .. keys.length - 1}, lowest key first: a shuffle. */
    static int[] order(long[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(position -> keys[position]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** These indices in the random order of their ids. */
    int[] shuffled(int[] indices, Vocabulary ids) {
        int[] order = order(
                IntStream.of(indices).mapToLong(index -> of(ids.id(index))).toArray());
        return IntStream.of(order).map(position -> indices[position]).toArray();
    }
}
