package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.Arrays;

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
        Interactions interactions = train.interactions();
        int[] popularity = interactions.itemCounts(train.items().size());
        Transitions transitions = Transitions.of(interactions, train.items().size());
        return new HistoryRecommender(name(), train, (userId, history, scores) -> {
            for (int item = 0; item < scores.length; item++) {
                scores[item] = BACK_OFF * popularity[item] / interactions.size();
            }
            transitions.add(history[history.length - 1], scores);
        });
    }

    /** Who follows whom: row {@code i} holds the items that came right after item {@code i}, repeated, sorted. */
    private static final class Transitions {
        private final int[] offsets;
        private final int[] next;

        private Transitions(int[] offsets, int[] next) {
            this.offsets = offsets;
            this.next = next;
        }

        static Transitions of(Interactions interactions, int numItems) {
            int[] offsets = new int[numItems + 1];
            for (int user = 0; user < interactions.numUsers(); user++) {
                for (int row = interactions.start(user); row < interactions.end(user) - 1; row++) {
                    offsets[interactions.item(row) + 1]++;
                }
            }
            Arrays.parallelPrefix(offsets, Integer::sum);
            int[] end = offsets.clone();
            int[] next = new int[offsets[numItems]];
            for (int user = 0; user < interactions.numUsers(); user++) {
                for (int row = interactions.start(user); row < interactions.end(user) - 1; row++) {
                    next[end[interactions.item(row)]++] = interactions.item(row + 1);
                }
            }
            return new Transitions(offsets, next);
        }

        void add(int last, double[] scores) {
            int total = offsets[last + 1] - offsets[last];
            int[] followers = Arrays.copyOfRange(next, offsets[last], offsets[last + 1]);
            Arrays.sort(followers);
            for (int from = 0; from < total; ) {
                int to = from;
                while (to < total && followers[to] == followers[from]) {
                    to++;
                }
                scores[followers[from]] += (double) (to - from) / total;
                from = to;
            }
        }
    }
}
