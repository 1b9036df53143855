package io.github.recsys4j.model;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import java.util.List;
import java.util.function.Supplier;

/** The vectors of a recommender on one state of the catalogue, as long as it is open. */
final class ServedVectors implements BatchScorer {
    private final Served now;
    private final UserHistories histories;
    private final Open open;
    private final float[] itemVectors;

    /** Does work while the recommender is open. */
    interface Open {
        float[] during(Supplier<float[]> work);
    }

    ServedVectors(Served now, UserHistories histories, Open open) {
        this.now = now;
        this.histories = histories;
        this.open = open;
        this.itemVectors = Served.copyOf(now.artifact());
    }

    @Override
    public Vocabulary items() {
        return now.items();
    }

    @Override
    public int dim() {
        return now.artifact().manifest().shape().dim();
    }

    @Override
    public float[] itemVectors() {
        return itemVectors;
    }

    @Override
    public float[] userVectors(List<RecommendationRequest> requests) {
        return open.during(() -> now.encoder()
                .encode(requests.stream()
                        .map(request -> now.past(KnownHistory.of(request, histories, now.items()), request))
                        .toList()));
    }
}
