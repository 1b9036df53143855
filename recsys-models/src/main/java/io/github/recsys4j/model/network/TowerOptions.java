package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Everything that decides the shape of a {@link TransformerTower}. Start from a named preset and change what
 * differs.
 *
 * @param block the order of layers within a block
 * @param dim the length of item and user vectors, a multiple of {@code heads}
 * @param blocks how many blocks, at least 1
 * @param heads attention heads, at least 1
 * @param maxLength the longest history, at least 1
 * @param dropout probability in [0, 1) of dropping an input, an attention weight or a feed-forward unit in training
 * @param feedForward width, activation and biases of the feed-forward layers
 * @param scaleInputs whether item vectors are multiplied by sqrt(dim)
 * @param outputProjection whether the heads' results go through one more matrix
 * @param finalNorm whether the last block is followed by a normalisation
 * @param normEpsilon added to variances within blocks, &gt; 0
 * @param finalNormEpsilon added to variances of the final normalisation, &gt; 0
 */
public record TowerOptions(
        BlockType block,
        int dim,
        int blocks,
        int heads,
        int maxLength,
        double dropout,
        FeedForward feedForward,
        boolean scaleInputs,
        boolean outputProjection,
        boolean finalNorm,
        double normEpsilon,
        double finalNormEpsilon) {

    /**
     * The feed-forward layers.
     *
     * @param factor inner width as a multiple of dim, at least 1
     * @param activation between the matrices
     * @param bias whether the matrices have biases
     */
    public record FeedForward(int factor, Activation activation, boolean bias) {

        /**
         * Checks the factor.
         *
         * @param factor at least 1
         * @param activation between the matrices
         * @param bias whether the matrices have biases
         */
        public FeedForward {
            checkArgument(factor >= 1, "feed-forward factor must be at least 1, given %s", factor);
        }
    }

    /**
     * Checks every option.
     *
     * @param block the order of layers within a block
     * @param dim a positive multiple of heads
     * @param blocks at least 1
     * @param heads at least 1
     * @param maxLength at least 1
     * @param dropout in [0, 1)
     * @param feedForward width, activation and biases
     * @param scaleInputs whether item vectors are multiplied by sqrt(dim)
     * @param outputProjection whether the heads' results go through one more matrix
     * @param finalNorm whether the last block is followed by a normalisation
     * @param normEpsilon positive
     * @param finalNormEpsilon positive
     */
    public TowerOptions {
        checkArgument(blocks >= 1, "blocks must be at least 1, given %s", blocks);
        checkArgument(heads >= 1, "heads must be at least 1, given %s", heads);
        checkArgument(
                dim >= 1 && dim % heads == 0, "dim must be a positive multiple of heads (%s), given %s", heads, dim);
        checkArgument(maxLength >= 1, "maxLength must be at least 1, given %s", maxLength);
        checkArgument(dropout >= 0 && dropout < 1, "dropout must be in [0, 1), given %s", dropout);
        checkArgument(normEpsilon > 0, "normEpsilon must be positive, given %s", normEpsilon);
        checkArgument(finalNormEpsilon > 0, "finalNormEpsilon must be positive, given %s", finalNormEpsilon);
    }

    /**
     * {@return SASRec (Kang and McAuley 2018, ICDM, "Self-Attentive Sequential Recommendation"): inputs scaled by
     * sqrt(dim), 2 blocks, 1 head, dropout 0.2, epsilon 1e-8}
     *
     * @param dim the length of item and user vectors
     * @param maxLength the longest history
     */
    public static TowerOptions sasRec(int dim, int maxLength) {
        return new TowerOptions(
                BlockType.SASREC,
                dim,
                2,
                1,
                maxLength,
                0.2,
                new FeedForward(1, Activation.RELU, true),
                true,
                false,
                true,
                1e-8,
                1e-8);
    }

    /**
     * {@return gSASRec (Petrov and Macdonald 2023, RecSys, "gSASRec: Reducing Overconfidence in Sequential
     * Recommendation Trained with Negative Sampling"): inputs not scaled, 2 blocks, 1 head, dropout 0.5, epsilon 1e-5}
     *
     * @param dim the length of item and user vectors
     * @param maxLength the longest history
     */
    public static TowerOptions gSasRec(int dim, int maxLength) {
        return new TowerOptions(
                BlockType.SASREC,
                dim,
                2,
                1,
                maxLength,
                0.5,
                new FeedForward(1, Activation.RELU, true),
                false,
                false,
                true,
                1e-5,
                1e-5);
    }

    /**
     * {@return LiGR blocks as in eSASRec: 2 blocks, 1 head, dropout 0.1, SwiGLU of four times the width without
     * biases, output projection, no final normalisation, epsilon 1e-5}
     *
     * @param dim the length of item and user vectors
     * @param maxLength the longest history
     */
    public static TowerOptions ligr(int dim, int maxLength) {
        return new TowerOptions(
                BlockType.LIGR,
                dim,
                2,
                1,
                maxLength,
                0.1,
                new FeedForward(4, Activation.SWIGLU, false),
                false,
                true,
                false,
                1e-5,
                1e-5);
    }

    /**
     * {@return a pre-norm transformer: 2 blocks, 1 head, dropout 0.1, GELU of four times the width with biases,
     * output projection, no final normalisation, epsilon 1e-5; the PreLN layers of RecTools}
     *
     * @param dim the length of item and user vectors
     * @param maxLength the longest history
     */
    public static TowerOptions preNorm(int dim, int maxLength) {
        return new TowerOptions(
                BlockType.PRE_NORM,
                dim,
                2,
                1,
                maxLength,
                0.1,
                new FeedForward(4, Activation.GELU, true),
                false,
                true,
                false,
                1e-5,
                1e-5);
    }

    /**
     * {@return the same with another number of blocks}
     *
     * @param value at least 1
     */
    public TowerOptions withBlocks(int value) {
        return new TowerOptions(
                block,
                dim,
                value,
                heads,
                maxLength,
                dropout,
                feedForward,
                scaleInputs,
                outputProjection,
                finalNorm,
                normEpsilon,
                finalNormEpsilon);
    }

    /**
     * {@return the same with another number of heads}
     *
     * @param value at least 1, a divisor of dim
     */
    public TowerOptions withHeads(int value) {
        return new TowerOptions(
                block,
                dim,
                blocks,
                value,
                maxLength,
                dropout,
                feedForward,
                scaleInputs,
                outputProjection,
                finalNorm,
                normEpsilon,
                finalNormEpsilon);
    }

    /**
     * {@return the same with another dropout}
     *
     * @param value in [0, 1)
     */
    public TowerOptions withDropout(double value) {
        return new TowerOptions(
                block,
                dim,
                blocks,
                heads,
                maxLength,
                value,
                feedForward,
                scaleInputs,
                outputProjection,
                finalNorm,
                normEpsilon,
                finalNormEpsilon);
    }

    /**
     * {@return the same with other feed-forward layers}
     *
     * @param value width, activation and biases
     */
    public TowerOptions withFeedForward(FeedForward value) {
        return new TowerOptions(
                block,
                dim,
                blocks,
                heads,
                maxLength,
                dropout,
                value,
                scaleInputs,
                outputProjection,
                finalNorm,
                normEpsilon,
                finalNormEpsilon);
    }
}
