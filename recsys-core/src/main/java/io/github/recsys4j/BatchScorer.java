package io.github.recsys4j;

import io.github.recsys4j.data.Vocabulary;
import java.util.List;

/**
 * A recommender's scores as a product: {@code score(user, item) = dot(userVector, itemVector)}.
 *
 * <p>Implementations are safe for many threads.
 */
public interface BatchScorer {

    /** {@return the items, in the order of the rows of {@link #itemVectors()}} */
    Vocabulary items();

    /** {@return the width of user and item vectors, at least 1} */
    int dim();

    /**
     * Gives the item vectors; the caller must not write to them.
     *
     * @return shape {@code [items, dim]}, row-major
     */
    float[] itemVectors();

    /**
     * Computes the user vectors of a batch from the requests' histories.
     *
     * @param requests the users; only user id and history are read
     * @return shape {@code [requests, dim]}, row-major; a row of zeros where nothing of the history is known
     */
    float[] userVectors(List<RecommendationRequest> requests);
}
