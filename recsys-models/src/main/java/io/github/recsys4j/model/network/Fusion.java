package io.github.recsys4j.model.network;

/** How an item's id and what is known of its contents become one vector. */
public enum Fusion {
    /**
     * All parts side by side through one hidden layer, plus their sum: {@code sum_m x_m + W2 gelu(W1 [x_1; x_2; ..])}.
     */
    CONCATENATE,
    /** The parts attend to each other: {@code mean_m norm(x_m + attention(x)_m)} over the parts that are there. */
    SELF_ATTENTION,
    /** A learned query attends to the parts; residuals, norms and a feed-forward layer follow. */
    CROSS_ATTENTION,
    /** A weight for each part from all of them: {@code sum_m g_m x_m} with {@code g = softmax(W [x_1; x_2; ..])}. */
    MODALITY_GATE,
    /**
     * Element by element between contents and id: {@code (1 - g) m + g id} with {@code g = sigmoid(W2 relu(W1 m))},
     * m being the mean of the contents that are there.
     */
    ID_GATE
}
