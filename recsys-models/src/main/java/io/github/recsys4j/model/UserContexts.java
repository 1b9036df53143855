package io.github.recsys4j.model;

import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a model knows of users beside their histories; zeros for a user it does not know. Thread-safety: immutable;
 * the buffer is read by absolute position only.
 *
 * @param users who is known, by row
 * @param rows shape {@code [users, width]}
 * @param width the length of a context; 0 where the model reads none
 */
record UserContexts(Vocabulary users, FloatBuffer rows, int width) {

    /** Contexts of a model that knows nobody. */
    static UserContexts unknown(int width) {
        return new UserContexts(Vocabulary.inOrder(List.of()), FloatBuffer.allocate(0), width);
    }

    float[] of(RecommendationRequest request) {
        float[] context = new float[width];
        Optional<Integer> user = request.userId().map(users::indexOf);
        user.filter(row -> row != Vocabulary.UNKNOWN).ifPresent(row -> rows.get(row * width, context));
        return context;
    }
}
