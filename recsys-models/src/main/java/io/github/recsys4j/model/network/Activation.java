package io.github.recsys4j.model.network;

/** What stands between the matrices of a feed-forward layer. */
public enum Activation {
    /** {@code W2 relu(W1 x)}. */
    RELU,
    /** {@code W2 gelu(W1 x)} with the exact Gaussian error linear unit. */
    GELU,
    /** {@code W2 (silu(W1 x) * W3 x)} (Shazeer 2020, "GLU Variants Improve Transformer"); a third matrix. */
    SWIGLU
}
