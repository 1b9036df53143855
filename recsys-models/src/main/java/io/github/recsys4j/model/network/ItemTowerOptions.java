package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The shape of an {@link ItemTower}.
 *
 * <p>Thread-safety: immutable.
 *
 * @param fusion how the parts become one vector
 * @param heads attention heads of the attention fusions
 * @param dropout of hidden layers and attention weights while training
 * @param idDropout the share of items whose id is hidden in a training step, so that contents alone learn to say
 *     where an item belongs; items without contents keep their id
 * @param alignment the weight of a CLIP loss (Radford et al. 2021) that pulls the projected contents of the same item
 *     together while training; 0 for none
 */
public record ItemTowerOptions(Fusion fusion, int heads, double dropout, double idDropout, double alignment) {

    /**
     * Checks the ranges.
     *
     * @param fusion how the parts become one vector
     * @param heads at least 1, a divisor of the model's dim
     * @param dropout in [0, 1)
     * @param idDropout in [0, 1]; 1 trains contents alone
     * @param alignment at least 0
     */
    public ItemTowerOptions {
        checkArgument(heads >= 1, "heads must be at least 1, given %s", heads);
        checkArgument(dropout >= 0 && dropout < 1, "dropout must be in [0, 1), given %s", dropout);
        checkArgument(idDropout >= 0 && idDropout <= 1, "idDropout must be in [0, 1], given %s", idDropout);
        checkArgument(
                alignment >= 0 && Double.isFinite(alignment), "alignment must be at least 0, given %s", alignment);
    }

    /** {@return a modality gate with 4 heads where attention is chosen instead, dropout 0.1, id dropout 0.2} */
    public static ItemTowerOptions defaults() {
        return of(Fusion.MODALITY_GATE);
    }

    /**
     * {@return a fusion with 4 heads, dropout 0.1, id dropout 0.2}
     *
     * @param fusion how the parts become one vector
     */
    public static ItemTowerOptions of(Fusion fusion) {
        return new ItemTowerOptions(fusion, 4, 0.1, 0.2, 0);
    }

    /**
     * {@return the same with another fusion}
     *
     * @param value how the parts become one vector
     */
    public ItemTowerOptions withFusion(Fusion value) {
        return new ItemTowerOptions(value, heads, dropout, idDropout, alignment);
    }

    /**
     * {@return the same with another number of attention heads}
     *
     * @param value at least 1, a divisor of the model's dim
     */
    public ItemTowerOptions withHeads(int value) {
        return new ItemTowerOptions(fusion, value, dropout, idDropout, alignment);
    }

    /**
     * {@return the same with another dropout}
     *
     * @param value in [0, 1)
     */
    public ItemTowerOptions withDropout(double value) {
        return new ItemTowerOptions(fusion, heads, value, idDropout, alignment);
    }

    /**
     * {@return the same with another share of hidden ids}
     *
     * @param value in [0, 1]
     */
    public ItemTowerOptions withIdDropout(double value) {
        return new ItemTowerOptions(fusion, heads, dropout, value, alignment);
    }

    /**
     * {@return the same with another weight of the alignment of contents}
     *
     * @param value at least 0; 0 for none
     */
    public ItemTowerOptions withAlignment(double value) {
        return new ItemTowerOptions(fusion, heads, dropout, idDropout, value);
    }
}
