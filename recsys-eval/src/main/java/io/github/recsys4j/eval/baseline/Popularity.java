package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;

/** The same for everybody: items by how many interactions they have in training. */
public record Popularity() implements Baseline {

    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public Recommender train(Dataset train) {
        int[] counts = train.interactions().itemCounts(train.items().size());
        return new HistoryRecommender(name(), train, (userId, history, scores) -> {
            for (int item = 0; item < scores.length; item++) {
                scores[item] = counts[item];
            }
        });
    }
}
