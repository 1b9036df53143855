package io.github.recsys4j.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A user tower of transformer blocks over positions: SASRec, gSASRec, LiGR (eSASRec) and pre-norm, by
 * {@link TowerOptions}.
 *
 * <p>Inputs {@code [batch, length, dim]} are scaled where the options say so, learned positions are added (the last
 * row of the table belongs to the most recent item), padded rows are set to zero before the first block and after
 * each. A place attends to itself and to earlier places that hold an item; what it may not see gets -1e9 or less
 * added to its logit, finite so that fully masked rows keep finite gradients. The user vector needs one query only,
 * so the last block is then computed for the last place alone.
 *
 * <p>Sources: Kang and McAuley 2018 (SASRec); Petrov and Macdonald 2023 (gSASRec); for LiGR the eSASRec
 * replication (Tikhonovich et al. 2025). Immutable and safe for many threads.
 */
public final class TransformerTower implements UserTower {
    private static final double MASKED = -1e9;
    private static final String POSITIONS = "positions";
    private static final String FINAL_NORM = "norm";

    private final TowerOptions options;
    private final List<TransformerBlock> blocks;

    /**
     * Builds a tower.
     *
     * @param options its shape
     */
    public TransformerTower(TowerOptions options) {
        this.options = options;
        List<TransformerBlock> list = new ArrayList<>();
        for (int i = 0; i < options.blocks(); i++) {
            list.add(new TransformerBlock("block." + i, options));
        }
        this.blocks = List.copyOf(list);
    }

    /** {@return the tower's shape} */
    public TowerOptions options() {
        return options;
    }

    @Override
    public int dim() {
        return options.dim();
    }

    @Override
    public int maxLength() {
        return options.maxLength();
    }

    /** {@return the standard normal for gSASRec as published, else deviation 0.02} */
    @Override
    public Initializer itemInitializer() {
        boolean published = options.block() == BlockType.SASREC && !options.scaleInputs();
        return Initializer.normal(published ? 1 : 0.02);
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec(POSITIONS, List.of(options.maxLength(), options.dim()), itemInitializer()));
        blocks.forEach(block -> specs.addAll(block.parameters()));
        if (options.finalNorm()) {
            specs.addAll(Layers.normParameters(FINAL_NORM, options.dim()));
        }
        return List.copyOf(specs);
    }

    @Override
    public Tensor hidden(Weights weights, Tensor inputs, Tensor mask) {
        Tensor rows = mask.reshape(0, 0, 1);
        Tensor bias = attentionBias(weights, mask);
        Tensor x = embed(weights, inputs, rows);
        for (TransformerBlock block : blocks) {
            x = block.apply(weights, x, x, bias).mul(rows).named(block.name());
        }
        return finish(weights, x);
    }

    @Override
    public Tensor userVector(Weights weights, Tensor inputs, Tensor mask) {
        Tensor rows = mask.reshape(0, 0, 1);
        Tensor bias = attentionBias(weights, mask);
        Tensor x = embed(weights, inputs, rows);
        TransformerBlock last = blocks.get(blocks.size() - 1);
        for (TransformerBlock block : blocks.subList(0, blocks.size() - 1)) {
            x = block.apply(weights, x, x, bias).mul(rows).named(block.name());
        }
        Tensor user =
                last.apply(weights, lastPlace(x, 1), x, lastPlace(bias, 2)).mul(lastPlace(rows, 1));
        return finish(weights, user.named(last.name())).reshape(0, options.dim());
    }

    private static Tensor lastPlace(Tensor x, int axis) {
        return x.slice(axis, -1, Long.MAX_VALUE);
    }

    private Tensor embed(Weights weights, Tensor inputs, Tensor rows) {
        Tensor positions = weights.get(POSITIONS).last(0, inputs, 1);
        Tensor x = options.scaleInputs() ? inputs.mul(Math.sqrt(options.dim())) : inputs;
        return x.add(positions).dropout(options.dropout()).mul(rows).named("embedding");
    }

    /** 0 where a place may look, at most -1e9 where it may not: [batch, 1, length, length]. */
    private Tensor attentionBias(Weights weights, Tensor mask) {
        Tensor places = weights.constant("places", counting(options.maxLength()), options.maxLength())
                .last(0, mask, 1);
        Tensor future = places.reshape(1, -1).sub(places.reshape(-1, 1)).relu();
        Tensor padding = mask.add(-1).mul(-MASKED).reshape(0, 1, 1, -1);
        return padding.add(future.mul(MASKED)).named("attention_bias");
    }

    private static float[] counting(int length) {
        float[] places = new float[length];
        for (int i = 0; i < length; i++) {
            places[i] = i;
        }
        return places;
    }

    private Tensor finish(Weights weights, Tensor x) {
        return options.finalNorm() ? Layers.norm(weights, FINAL_NORM, x, options.finalNormEpsilon()) : x;
    }
}
