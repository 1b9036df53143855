package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NegativeSamplerTest {
    private static final int DRAWS = 400_000;
    private static final int[] COUNTS = {90, 0, 10, 40, 60, 0, 200};

    @ParameterizedTest
    @EnumSource(Negatives.Distribution.class)
    void fill_manyDraws_matchTheStatedProbabilities(Negatives.Distribution distribution) {
        NegativeSampler sampler = NegativeSampler.of(new Negatives(distribution, 1, false, false, 0.3), COUNTS);
        int[] drawn = new int[DRAWS];
        sampler.fill(drawn, 0, DRAWS, Randomness.of(7, Randomness.Purpose.NEGATIVES, 0));
        int[] hits = new int[COUNTS.length];
        for (int item : drawn) {
            hits[item]++;
        }
        float[] logs = sampler.logProbabilities();
        double sum = 0;
        for (int item = 0; item < COUNTS.length; item++) {
            double chance = Math.exp(logs[item]);
            sum += chance;
            assertThat((double) hits[item] / DRAWS)
                    .as("item %s", item)
                    .isCloseTo(chance, within(4 * Math.sqrt(chance / DRAWS) + 1e-9));
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void logProbabilities_mixed_areShareOfPopularityPlusRestUniform() {
        float[] logs = NegativeSampler.of(Negatives.mixed(1, 0.25), COUNTS).logProbabilities();
        assertThat(Math.exp(logs[6])).isCloseTo(0.25 * 0.5 + 0.75 / 7, within(1e-6));
        assertThat(Math.exp(logs[1])).isCloseTo(0.75 / 7, within(1e-6));
    }

    @Test
    void logProbabilities_neverSeenByPopularity_isMinusInfinity() {
        assertThat(NegativeSampler.of(Negatives.popularity(1), COUNTS).logProbabilities()[1])
                .isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void fillOutside_history_isNeverDrawn() {
        NegativeSampler sampler = NegativeSampler.of(Negatives.uniform(1), COUNTS);
        int[] drawn = new int[1000];
        sampler.fillOutside(drawn, 0, 1000, new int[] {0, 3, 6}, Randomness.of(1, Randomness.Purpose.NEGATIVES, 5));
        assertThat(drawn).doesNotContain(0, 3, 6).contains(1, 2, 4, 5);
    }

    @Test
    void fillOutside_historyOfEverything_stillEnds() {
        NegativeSampler sampler = NegativeSampler.of(Negatives.uniform(1), new int[] {1, 1});
        int[] drawn = new int[3];
        sampler.fillOutside(drawn, 0, 3, new int[] {0, 1}, Randomness.of(1, Randomness.Purpose.NEGATIVES, 5));
        assertThat(drawn).containsAnyOf(0, 1);
    }

    @Test
    void of_noInteractions_throwsForPopularityOnly() {
        assertThat(NegativeSampler.of(Negatives.uniform(1), new int[3]).numItems())
                .isEqualTo(3);
        assertThatThrownBy(() -> NegativeSampler.of(Negatives.popularity(1), new int[3]))
                .hasMessage("negatives by popularity need at least 1 interaction, got 0");
    }

    @Test
    void randomness_sameSeedAndStep_repeatsAndPurposesDiffer() {
        Randomness first = Randomness.of(3, Randomness.Purpose.SHUFFLE, 9);
        Randomness second = Randomness.of(3, Randomness.Purpose.SHUFFLE, 9);
        assertThat(first.nextLong()).isEqualTo(second.nextLong());
        assertThat(Randomness.derive(3, Randomness.Purpose.SHUFFLE, 9))
                .isNotEqualTo(Randomness.derive(3, Randomness.Purpose.NEGATIVES, 9))
                .isNotEqualTo(Randomness.derive(3, Randomness.Purpose.SHUFFLE, 10))
                .isNotEqualTo(Randomness.derive(4, Randomness.Purpose.SHUFFLE, 9));
    }

    @Test
    void shuffle_manyTimes_putsEachValueEverywhere() {
        int[][] seen = new int[4][4];
        Randomness random = Randomness.of(1, Randomness.Purpose.SHUFFLE, 0);
        for (int trial = 0; trial < 40_000; trial++) {
            int[] values = IntStream.range(0, 4).toArray();
            random.shuffle(values);
            for (int place = 0; place < 4; place++) {
                seen[place][values[place]]++;
            }
        }
        for (int[] row : seen) {
            for (int count : row) {
                assertThat(count).isBetween(9_600, 10_400);
            }
        }
    }

    @Test
    void negatives_badSettings_throwWithNameAndRange() {
        assertThatThrownBy(() -> Negatives.uniform(0)).hasMessage("negatives count must be at least 1, got 0");
        assertThatThrownBy(() -> Negatives.mixed(4, 1.5))
                .hasMessage("negatives popularShare must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> Negatives.uniform(4).sharedInBatch().withoutHistory())
                .hasMessageContaining("cannot leave out each user's history");
    }
}
