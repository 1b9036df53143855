package io.github.recsys4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.retrieval.RankedItems;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReRankingTest {
    private static final Vocabulary ITEMS = Vocabulary.inOrder(List.of("a", "b", "c", "d"));
    private static final long[] COUNTS = {60, 28, 3, 1};

    /** Items a and b point the same way, c across, d nowhere. */
    private static final float[] VECTORS = {2, 0, 1, 0, 0, 3, 0, 0};

    private static Candidates candidates() {
        return Candidates.of(
                RankedItems.of(new int[] {0, 1, 2, 3}, new float[] {10, 9, 6, 5}),
                new KnownItems(ITEMS, COUNTS, VECTORS, 2));
    }

    private static List<String> ids(Candidates list) {
        return list.recommendations().stream().map(Recommendation::itemId).toList();
    }

    private static float[] scores(Candidates list) {
        return list.ranked().items().length == 0
                ? new float[0]
                : toFloats(
                        IntStream.range(0, list.size()).mapToDouble(list::score).toArray());
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        Arrays.setAll(values, i -> floats[i] = (float) values[i]);
        return floats;
    }

    /**
     * Relevance 1, .8, .2, 0. First a: .5. Then b: .5 * .8 - .5 * 1 = -.1, c: .5 * .2 - 0 = .1, d: 0; so c. Then d: 0
     * before b: -.1.
     */
    @Test
    void mmr_handComputed_picksWhatDiffers() {
        Candidates list = new Mmr(0.5).rerank(candidates(), 4);
        assertThat(ids(list)).containsExactly("a", "c", "d", "b");
        assertThat(scores(list)).containsExactly(new float[] {0.5f, 0.1f, 0, -0.1f}, within(1e-6f));
    }

    @Test
    void mmr_noDiversity_keepsTheOrder() {
        assertThat(ids(new Mmr(0).rerank(candidates(), 3))).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 1})
    void mmr_random_equalsItsDefinitionAndNeverRises(double diversity) {
        SplittableRandom random = new SplittableRandom(7);
        int size = 40;
        int dim = 5;
        float[] vectors = toFloats(random.doubles((long) size * dim, -1, 1).toArray());
        float[] scores = toFloats(random.doubles(size)
                .map(score -> -score)
                .sorted()
                .map(score -> -score)
                .toArray());
        Vocabulary items = Vocabulary.inOrder(
                IntStream.range(0, size).mapToObj(String::valueOf).toList());
        Candidates found = Candidates.of(
                RankedItems.of(IntStream.range(0, size).toArray(), scores),
                new KnownItems(items, new long[size], vectors, dim));
        Candidates list = new Mmr(diversity).rerank(found, 15);
        assertThat(list.size()).isEqualTo(15);
        for (int place = 0; place < list.size(); place++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int item = 0; item < size; item++) {
                if (!contains(list, place, item)) {
                    best = Math.max(best, value(diversity, scores, vectors, dim, item, list, place));
                }
            }
            assertThat((double) list.score(place)).isCloseTo(best, within(1e-5));
            assertThat(value(diversity, scores, vectors, dim, list.item(place), list, place))
                    .isCloseTo(best, within(1e-5));
            assertThat(list.score(place)).isLessThanOrEqualTo(list.score(Math.max(0, place - 1)));
        }
    }

    private static boolean contains(Candidates list, int places, int item) {
        return IntStream.range(0, places).anyMatch(place -> list.item(place) == item);
    }

    private static double value(
            double diversity, float[] scores, float[] vectors, int dim, int item, Candidates list, int places) {
        double relevance = (scores[item] - scores[scores.length - 1]) / (scores[0] - scores[scores.length - 1]);
        double nearest = IntStream.range(0, places)
                .mapToDouble(place -> cosine(vectors, dim, item, list.item(place)))
                .reduce(0, Math::max);
        return (1 - diversity) * relevance - diversity * nearest;
    }

    private static double cosine(float[] vectors, int dim, int one, int other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int d = 0; d < dim; d++) {
            double a = vectors[one * dim + d];
            double b = vectors[other * dim + d];
            product += a * b;
            first += a * a;
            second += b * b;
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void mmr_noVectors_saysSo() {
        Candidates counted = Candidates.of(candidates().ranked(), ItemKnowledge.of(ITEMS, COUNTS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mmr(0.5).rerank(counted, 2))
                .withMessage("diversity needs item vectors, and this recommender has none: leave diversity at 0");
    }

    /** With 92 interactions and 4 items, item d has p = 2 / 96: log2(48) bits. */
    @Test
    void novelty_isSelfInformationInBits() {
        assertThat(Objective.novelty().value(candidates(), 3)).isCloseTo(Math.log(48) / Math.log(2), within(1e-12));
        assertThat(Objective.popularity().value(candidates(), 3)).isCloseTo(-Math.log(48) / Math.log(2), within(1e-12));
    }

    @Test
    void blend_handComputed_mixesBothOnOneScale() {
        Objective constant = (list, place) -> new double[] {0, 0, 30, 15}[place];
        Candidates list = new Blend(constant, 0.5).rerank(candidates(), 4);
        assertThat(ids(list)).containsExactly("c", "a", "b", "d");
        assertThat(scores(list)).containsExactly(new float[] {0.6f, 0.5f, 0.4f, 0.25f}, within(1e-6f));
    }

    @Test
    void blend_wholeWeight_sortsByTheObjectiveAlone() {
        assertThat(ids(new Blend(Objective.novelty(), 1).rerank(candidates(), 4)))
                .containsExactly("d", "c", "b", "a");
        assertThat(ids(new Blend(Objective.popularity(), 1).rerank(candidates(), 4)))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void blend_sameEverywhere_changesNoOrder() {
        assertThat(ids(new Blend((list, place) -> 7, 0.9).rerank(candidates(), 4)))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void minimumScore_dropsWhatIsBelow() {
        assertThat(ids(new MinimumScore(6).rerank(candidates(), 4))).containsExactly("a", "b", "c");
        assertThat(ids(new MinimumScore(11).rerank(candidates(), 4))).isEmpty();
    }

    @Test
    void then_putsOneStepBehindTheOther() {
        ReRanker steps =
                new MinimumScore(6).then(new Blend(Objective.novelty(), 1)).then(ReRanker.none());
        assertThat(ids(steps.rerank(candidates(), 4))).containsExactly("c", "b", "a");
    }

    @Test
    void rescored_equalScores_goToTheLowerItem() {
        assertThat(ids(candidates().rescored(place -> place == 0 ? 0 : 1))).containsExactly("b", "c", "d", "a");
    }

    @Test
    void rescored_notFinite_namesTheItem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> candidates().rescored(place -> place == 1 ? Float.NaN : 0))
                .withMessage("score of item b must be finite, got NaN: check the re-ranking step that made it");
    }

    @Test
    void inOrder_ownOrder_lowersScoresThatWouldRise() {
        Candidates list = candidates().inOrder(2, 0, 3);
        assertThat(ids(list)).containsExactly("c", "a", "d");
        assertThat(scores(list)).containsExactly(6, 6, 5);
    }

    @Test
    void inOrder_wrongPlaces_saysWhich() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> candidates().inOrder(0, 4))
                .withMessage("places must be from 0 to before 4, got [0, 4]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> candidates().inOrder(1, 1))
                .withMessage("places must be distinct, got [1, 1]");
    }

    @Test
    void fetch_onlyWhereSomethingReorders() {
        assertThat(ReRanking.none().fetch(10)).isEqualTo(10);
        assertThat(ReRanking.none().withMinimumScore(3).fetch(10)).isEqualTo(10);
        assertThat(ReRanking.none().withDiversity(0.1).fetch(10)).isEqualTo(100);
        assertThat(ReRanking.none().withNovelty(0.1).fetch(1)).isEqualTo(ReRanking.LEAST);
        assertThat(ReRanking.none().withStep(ReRanker.none()).withOverFetch(3).fetch(200))
                .isEqualTo(600);
        assertThat(ReRanking.none().withPopularity(1).fetch(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void apply_minimumScore_leavesOtherSourcesAlone() {
        ReRanking atLeast = ReRanking.none().withMinimumScore(6);
        assertThat(ids(atLeast.apply(candidates(), 10, true))).containsExactly("a", "b", "c");
        assertThat(ids(atLeast.apply(candidates(), 10, false))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void settings_outOfRange_areRefused() {
        ReRanking none = ReRanking.none();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withDiversity(1.5))
                .withMessage("diversity must be from 0 to 1, got 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withNovelty(-1))
                .withMessage("novelty must be from 0 to 1, got -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withPopularity(Double.NaN))
                .withMessage("popularity must be from 0 to 1, got NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withPopularity(0.2).withNovelty(0.1))
                .withMessage("novelty 0.1 and popularity 0.2 pull in opposite directions: set one of them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withOverFetch(0))
                .withMessage("overFetch must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.withMinimumScore(Float.NaN))
                .withMessage("minimum score must be a number, got NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MinimumScore(Float.NaN))
                .withMessage("minimum score must be a number, got NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Blend(Objective.novelty(), 2))
                .withMessage("weight must be from 0 to 1, got 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mmr(-0.5))
                .withMessage("diversity must be from 0 to 1, got -0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemKnowledge.of(ITEMS, new long[3]))
                .withMessage("counts must hold one number per item = 4, got 3");
    }
}
