package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.retrieval.RankedItems;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scored items on their way through {@linkplain ReRanker re-ranking}, best first, without duplicates. Places count from
 * 0; scores are finite and never rise from one place to the next.
 *
 * <p>Thread-safety: immutable.
 */
public final class Candidates {
    private final RankedItems ranked;
    private final ItemKnowledge knowledge;

    private Candidates(RankedItems ranked, ItemKnowledge knowledge) {
        this.ranked = ranked;
        this.knowledge = knowledge;
    }

    /** A score by place. */
    @FunctionalInterface
    public interface Scores {
        /**
         * {@return the score of the candidate in that place; a finite number}
         *
         * @param place from 0
         */
        float at(int place);
    }

    /**
     * Starts a list.
     *
     * @param ranked item indices and scores, best first
     * @param knowledge what is known of the items
     * @return the candidates
     */
    public static Candidates of(RankedItems ranked, ItemKnowledge knowledge) {
        return new Candidates(ranked, knowledge);
    }

    /** {@return how many there are} */
    public int size() {
        return ranked.size();
    }

    /**
     * {@return the item index in that place}
     *
     * @param place from 0
     */
    public int item(int place) {
        return ranked.item(place);
    }

    /**
     * {@return the application's own id of the item in that place}
     *
     * @param place from 0
     */
    public String id(int place) {
        return knowledge.items().id(item(place));
    }

    /**
     * {@return the score in that place}
     *
     * @param place from 0
     */
    public float score(int place) {
        return ranked.score(place);
    }

    /** {@return what is known of the items} */
    public ItemKnowledge knowledge() {
        return knowledge;
    }

    /**
     * Gives every candidate another score and sorts, equal scores by item index.
     *
     * @param scores the new score by (old) place
     * @return as many candidates
     * @throws IllegalArgumentException if a score is not finite
     */
    public Candidates rescored(Scores scores) {
        float[] values = new float[size()];
        for (int place = 0; place < values.length; place++) {
            values[place] = scores.at(place);
            checkArgument(
                    Float.isFinite(values[place]),
                    "score of item %s must be finite, got %s: check the re-ranking step that made it",
                    id(place),
                    values[place]);
        }
        Comparator<Integer> best = Comparator.comparingDouble((Integer place) -> -values[place]);
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(best.thenComparingInt(this::item))
                .mapToInt(Integer::intValue)
                .toArray();
        return listed(order, place -> values[place]);
    }

    /**
     * Takes candidates in an order of their own. A score that would rise is lowered to the one before it, so that
     * the list stays best first for whoever reads the scores.
     *
     * @param places the places to take, in the new order
     * @return as many candidates as places
     * @throws IllegalArgumentException if a place is not there or is named twice
     */
    public Candidates inOrder(int... places) {
        checkArgument(
                IntStream.of(places).allMatch(place -> place >= 0 && place < size()),
                "places must be from 0 to before %s, got %s",
                size(),
                IntStream.of(places).boxed().toList());
        checkArgument(
                IntStream.of(places).distinct().count() == places.length,
                "places must be distinct, got %s",
                IntStream.of(places).boxed().toList());
        return listed(places, this::score);
    }

    /** Takes places in that order with those scores, lowered where they would rise. */
    Candidates listed(int[] places, Scores scores) {
        int[] items = new int[places.length];
        float[] values = new float[places.length];
        float before = Float.POSITIVE_INFINITY;
        for (int i = 0; i < places.length; i++) {
            items[i] = item(places[i]);
            values[i] = before = Math.min(before, scores.at(places[i]));
        }
        return new Candidates(RankedItems.of(items, values), knowledge);
    }

    /**
     * Cuts the list.
     *
     * @param k how many to keep at most
     * @return the first {@code k}
     */
    public Candidates limit(int k) {
        return k >= size() ? this : inOrder(IntStream.range(0, k).toArray());
    }

    /** {@return the items and scores as they stand} */
    public RankedItems ranked() {
        return ranked;
    }

    /** {@return the items by id as they stand} */
    public List<Recommendation> recommendations() {
        return IntStream.range(0, size())
                .mapToObj(place -> new Recommendation(id(place), score(place)))
                .toList();
    }

    @Override
    public String toString() {
        return "Candidates" + recommendations();
    }
}
