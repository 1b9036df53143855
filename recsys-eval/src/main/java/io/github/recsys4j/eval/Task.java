package io.github.recsys4j.eval;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.split.HeldOut;

/** What every recommender under comparison is asked. */
record Task(HeldOut cases, int k, boolean seenExcluded, int threads, ProgressListener listener) {

    RecommendationRequest request(int index) {
        RecommendationRequest.Builder request = cases.request(index).k(k);
        return seenExcluded ? request.build() : request.includeSeen().build();
    }

    ItemFilter filter(int index) {
        return seenExcluded ? ItemFilter.excluding(cases.history(index)) : ItemFilter.none();
    }

    String userId(int index) {
        return cases.users().id(cases.user(index));
    }
}
