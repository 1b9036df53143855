package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        top.offerBits(0, bits(scores), count);
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

    private static int[] bits(float... scores) {
        int[] bits = new int[scores.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(scores[i]));
        return bits;
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7FC00000, 0xFFC00000, 0x7F800000})
    void offerBits_notFinite_isRefused(int notFinite) {
        TopK top = new TopK(1);
        top.offer(0, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> top.offerBits(7, new int[] {0, notFinite}, 2))
                .withMessageMatching("score of item 8 must be a finite number, got (NaN|Infinity)");
    }

    @Test
    void offerBits_zeroOfTheOtherSign_isATie() {
        TopK top = new TopK(1);
        top.offer(5, 0f);
        top.offerBits(0, bits(-0f), 1);
        assertThat(top.drain().item(0)).isZero();
        top.offer(5, -0f);
        top.offerBits(0, bits(-1f, 0f, -2f), 3);
        assertThat(top.drain().item(0)).isEqualTo(1);
    }

    @Test
    void offerBits_negativeScores_keepsThoseNearestToZero() {
        float[] scores = new float[200];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = -1 - (i * 37) % 200;
        }
        TopK top = new TopK(3);
        top.offerBits(0, bits(scores), scores.length);
        RankedItems best = top.drain();
        assertThat(List.of(best.score(0), best.score(1), best.score(2))).containsExactly(-1f, -2f, -3f);
    }

    @Test
    void create_kBelowOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopK(0))
                .withMessage("k must be at least 1, got 0: ask for one item or more");
    }
}
