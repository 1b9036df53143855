package io.github.recsys4j.model.encoder;

/** How a network's output becomes one vector for each input. */
public enum Pooling {
    /** The graph gives the vector itself: {@code sentence_embedding}, {@code text_embeds}, {@code image_embeds}. */
    READY,
    /** The network's own summary: {@code pooler_output}. */
    POOLER,
    /** The first position of the last hidden state. */
    CLS,
    /** The mean of the last hidden state over the positions that are no padding, or over the places of a picture. */
    MEAN,
    /** The largest value of the last hidden state over the positions that are no padding. */
    MAX
}
