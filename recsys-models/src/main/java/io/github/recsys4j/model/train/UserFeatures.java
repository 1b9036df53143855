package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.util.Optional;

/**
 * What is known of the users of a training run beside their interactions. A context is the user's row followed by a 1,
 * or zeros where nothing is known. Immutable and safe for many threads.
 *
 * @param matrix one row for each user; empty where nothing is known of anybody
 */
public record UserFeatures(Optional<FeatureMatrix> matrix) {

    /** {@return features that know nobody} */
    public static UserFeatures none() {
        return new UserFeatures(Optional.empty());
    }

    /**
     * {@return features of the users}
     *
     * @param matrix one row for each user of the training data, by index
     */
    public static UserFeatures of(FeatureMatrix matrix) {
        return new UserFeatures(Optional.of(matrix));
    }

    /** {@return the length of a context; 0 where there is none} */
    public int width() {
        return matrix.map(known -> known.dim() + 1).orElse(0);
    }

    /**
     * {@return contexts {@code [users, width]}, row-major}
     *
     * @param users indices; negative for somebody who is not known
     */
    public float[] contexts(int... users) {
        float[] contexts = new float[Math.multiplyExact(users.length, width())];
        matrix.ifPresent(known -> {
            for (int row = 0; row < users.length; row++) {
                int user = users[row];
                if (user >= 0 && known.present(user)) {
                    known.copyRow(user, contexts, row * width());
                    contexts[row * width() + known.dim()] = 1;
                }
            }
        });
        return contexts;
    }

    /** Checks that a network over these users reads just these. */
    void requireFor(SequenceNetwork network, int users) {
        int wanted = network.userContext().map(layer -> layer.width()).orElse(0);
        checkArgument(
                wanted == width(), "contexts of users must have the network's width %s, given %s", wanted, width());
        matrix.ifPresent(known -> checkArgument(
                known.rows() == users,
                "features of users must have one row for each of %s users, given %s",
                users,
                known));
    }

    /** A short digest, for telling runs apart. */
    String digest() {
        return ContentMatrices.of(matrix.stream().toList()).digest();
    }
}
