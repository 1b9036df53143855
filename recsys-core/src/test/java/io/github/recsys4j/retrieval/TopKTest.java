package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopKTest {

    @ParameterizedTest(name = "{0} scores of {1} values, k = {2}")
    @CsvSource({"1, 1, 1", "50, 2, 10", "50, 50, 60", "1000, 30, 10", "1000, 1000000, 100", "1000, 1, 999"})
    void drain_anyOrderOfOffering_equalsFullSort(int count, int values, int k) {
        Random random = new Random(count + values + k);
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = random.nextInt(values) == 0 ? TopK.NEVER : random.nextInt(values);
        }
        int[] expected = IntStream.range(0, count)
                .boxed()
                .filter(item -> scores[item] != TopK.NEVER)
                .sorted(Comparator.comparingDouble((Integer item) -> -scores[item])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
        TopK top = new TopK(k);
        top.offerAll(0, scores, count);
        assertThat(top.drain().items()).isEqualTo(expected);

        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(shuffled, random);
        shuffled.forEach(item -> top.offer(item, scores[item]));
        assertThat(top.drain().items()).isEqualTo(expected);
    }

    @Test
    void offer_notANumber_isRefused() {
        TopK top = new TopK(1);
        top.offer(0, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> top.offerAll(7, new float[] {1, Float.NaN}, 2))
                .withMessage("score of item 8 must be a finite number, got NaN");
    }

    @Test
    void create_kBelowOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopK(0))
                .withMessage("k must be at least 1, got 0: ask for one item or more");
    }
}
