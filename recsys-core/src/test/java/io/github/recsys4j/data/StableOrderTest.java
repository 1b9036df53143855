package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StableOrderTest {

    static Stream<Arguments> sizesAndSpans() {
        return IntStream.of(1, 2, 3, 63, 64, 65, 1000, 5000)
                .boxed()
                .flatMap(count -> Stream.of(1L, 2L, 300L, 1L << 31, 1L << 45, 1L << 62, -1L)
                        .map(span -> Arguments.of(count, span)));
    }

    @ParameterizedTest(name = "{0} times of a span of {1}")
    @MethodSource("sizesAndSpans")
    void of_randomTimes_sameAsASortOfObjects(int count, long span) {
        Random random = new Random(count + span);
        long[] millis = random.longs(count + 7)
                .map(time -> span < 0 ? time : Math.floorMod(time, span) - span / 2)
                .toArray();
        int[] expected = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(i -> millis[5 + i]))
                .mapToInt(Integer::intValue)
                .toArray();

        int[] order = new StableOrder().of(new TimeColumn.Millis(millis), 5, count);

        assertThat(Arrays.copyOf(order, count)).isEqualTo(expected);
    }
}
