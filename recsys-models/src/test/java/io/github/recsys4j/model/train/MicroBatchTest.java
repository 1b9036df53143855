package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.data.Interactions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MicroBatchTest {
    private static final int PAD = 99;
    /** Users with 3, 1, 5, 2 and 0 items; item = 10 * user + position. */
    private static final Interactions INTERACTIONS = Interactions.ofSorted(
            new int[] {0, 3, 4, 9, 11, 11},
            new int[] {0, 1, 2, 10, 20, 21, 22, 23, 24, 30, 31},
            Optional.empty(),
            Optional.empty());

    @Test
    void cut_threeUsers_padsOnTheLeftToTheLongestOfEachPart() {
        TrainingSequences sequences = new TrainingSequences(INTERACTIONS, 3);
        List<MicroBatch> parts = MicroBatch.cut(sequences, new int[] {0, 2, 3}, 6, PAD);
        assertThat(parts).hasSize(2);
        MicroBatch first = parts.get(0);
        assertThat(first.users()).containsExactly(2, 0);
        assertThat(first.length()).isEqualTo(3);
        assertThat(first.inputs()).containsExactly(21, 22, 23, PAD, 0, 1);
        assertThat(first.positions()).containsExactly(0, 1, 2, 4, 5);
        assertThat(first.labels()).containsExactly(22, 23, 24, 1, 2);
        assertThat(parts.get(1).inputs()).containsExactly(30);
        assertThat(parts.get(1).labels()).containsExactly(31);
    }

    @Test
    void cut_anyLimit_keepsAllPositions() {
        TrainingSequences sequences = new TrainingSequences(INTERACTIONS, 10);
        for (int limit : new int[] {1, 3, 7, 1000}) {
            List<MicroBatch> parts = MicroBatch.cut(sequences, new int[] {3, 2, 0}, limit, PAD);
            assertThat(parts.stream().mapToInt(MicroBatch::count).sum()).isEqualTo(7);
            assertThat(parts.stream()
                            .flatMapToInt(part -> Arrays.stream(part.labels()))
                            .sorted())
                    .containsExactly(1, 2, 21, 22, 23, 24, 31);
        }
    }

    @Test
    void sequences_shortUsers_areSkippedAndCounted() {
        TrainingSequences sequences = new TrainingSequences(INTERACTIONS, 10);
        assertThat(sequences.size()).isEqualTo(3);
        assertThat(sequences.skippedUsers()).isEqualTo(2);
    }

    @Test
    void sequences_nobodyWithTwoItems_throwsWithCounts() {
        Interactions lonely =
                Interactions.ofSorted(new int[] {0, 1, 2}, new int[] {5, 6}, Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new TrainingSequences(lonely, 10))
                .hasMessage("training needs at least 1 user with 2 interactions, got none among 2 users with 2"
                        + " interactions");
    }

    @Test
    void order_sameSeedAndEpoch_repeatsAndIsAPermutation() {
        TrainingSequences sequences = new TrainingSequences(INTERACTIONS, 10);
        assertThat(sequences.order(1, 2)).isEqualTo(sequences.order(1, 2)).containsExactlyInAnyOrder(0, 2, 3);
    }

    @Test
    void drawNegatives_withoutHistory_leavesOutEachUsersItems() {
        Interactions interactions =
                Interactions.ofSorted(new int[] {0, 2, 4}, new int[] {0, 1, 2, 3}, Optional.empty(), Optional.empty());
        TrainingSequences sequences = new TrainingSequences(interactions, 5);
        MicroBatch part = MicroBatch.cut(sequences, new int[] {0, 1}, 100, 4).get(0);
        Negatives settings = Negatives.uniform(50).withoutHistory();
        NegativeSampler sampler = NegativeSampler.of(settings, new int[4]);
        int[] drawn = part.drawNegatives(
                sequences::sortedItems, sampler, settings, Randomness.of(1, Randomness.Purpose.NEGATIVES, 0));
        assertThat(drawn).hasSize(100);
        assertThat(Arrays.copyOfRange(drawn, 0, 50)).doesNotContain(0, 1);
        assertThat(Arrays.copyOfRange(drawn, 50, 100)).doesNotContain(2, 3);
    }
}
