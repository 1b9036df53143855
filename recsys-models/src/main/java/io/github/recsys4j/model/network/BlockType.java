package io.github.recsys4j.model.network;

/** The order of attention, normalisation, feed-forward layer and residuals within a transformer block. */
public enum BlockType {
    /**
     * SASRec (Kang and McAuley 2018) and gSASRec (Petrov and Macdonald 2023): queries are normalised, keys and values
     * are not; the residuals add the normalised queries and the normalised feed-forward input.
     */
    SASREC,
    /** Pre-norm: {@code x += attention(norm(x)); x += feedForward(norm(x))}. */
    PRE_NORM,
    /**
     * LiGR, of eSASRec: pre-norm with gated residuals {@code x += sigmoid(G x) * layer(norm(x))}.
     */
    LIGR
}
