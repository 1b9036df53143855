package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;

/**
 * First-order Markov chain on the last item: {@code p(j | i) = count(i -> j) / count(i -> any)}, with
 * {@code 1e-6 * share of j in all interactions} added, so that items without a transition follow by popularity.
 *
 * <p>A sequence model that does not beat it has learned no more than who follows whom.
 */
public record Markov() implements Baseline {
    private static final double BACK_OFF = 1e-6;

    @Override
    public String name() {
        return "markov";
    }

    @Override
    public Recommender train(Dataset train) {
        return train(name(), train, 1, 1);
    }

    /** Looks at the last items of a history, the one before weighing {@code decay} times as much as the one after. */
    static Recommender train(String name, Dataset train, double decay, int lastItems) {
        Interactions interactions = train.interactions();
        int[] popularity = interactions.itemCounts(train.items().size());
        Transitions transitions = Transitions.of(interactions, train.items().size());
        return new HistoryRecommender(name, train, (userId, history, scores) -> {
            for (int item = 0; item < scores.length; item++) {
                scores[item] = BACK_OFF * popularity[item] / interactions.size();
            }
            double weight = 1;
            for (int place = history.length - 1; place >= Math.max(0, history.length - lastItems); place--) {
                transitions.add(history[place], weight, scores);
                weight *= decay;
            }
        });
    }
}
