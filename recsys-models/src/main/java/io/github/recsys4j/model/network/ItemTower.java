package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the rows of an item table from ids and contents: each content is projected to the model's width, and a
 * {@link Fusion} joins what is there. A part that is missing is masked, so that a missing picture is not a black one;
 * an item without contents is made from its id, a new item, whose id was never trained, from its contents.
 *
 * <p>Scale: parts begin with the deviation of the table that they stand for, and fusions read them divided by it, so
 * that rows begin where a plain table's would.
 *
 * <p>Parameters are {@code <table>.id} {@code [items, dim]}, {@code <table>.<modality>.weight} and {@code .bias}, and
 * the fusion's. Immutable and safe for many threads.
 */
public final class ItemTower {
    /** ln(1 / 0.07), as CLIP begins. */
    private static final double ALIGNMENT_SCALE = 2.6593;

    private final String table;
    private final int items;
    private final int dim;
    private final List<ContentInput> inputs;
    private final Initializer initializer;
    private final FusionLayer fusion;
    private final boolean aligned;

    /**
     * Builds a tower.
     *
     * @param table the name of the table whose rows it makes
     * @param items how many items have an id
     * @param tower the user tower that reads or meets the rows
     * @param content what items are made of beside their ids
     */
    public ItemTower(String table, int items, UserTower tower, ItemContent content) {
        checkArgument(items >= 1, "items must be at least 1, given %s", items);
        this.table = table;
        this.items = items;
        this.dim = tower.dim();
        this.inputs = content.inputs();
        this.aligned = content.options().alignment() > 0 && inputs.size() > 1;
        this.initializer = tower.itemInitializer();
        this.fusion = FusionLayer.of(
                table + ".fusion", new FusionLayer.Size(inputs.size(), dim, initializer.scale()), content.options());
    }

    /**
     * Items to be made.
     *
     * @param contents for each input of the tower {@code [n, dim of the input]}; rows that are not there may hold
     *     anything finite
     * @param presence 1 where an item has the content and 0 elsewhere, {@code [n, inputs]}
     * @param ids what is known of their ids; empty for items without one
     */
    public record Batch(List<Tensor> contents, Tensor presence, Optional<Ids> ids) {}

    /**
     * Rows of the id table.
     *
     * @param rows {@code [n, dim]}
     * @param presence 1 where the id may be read and 0 elsewhere, {@code [n, 1]}
     */
    public record Ids(Tensor rows, Tensor presence) {}

    /**
     * Items that were made.
     *
     * @param rows {@code [n, dim]}; zeros for an item of which nothing is known
     * @param shares how much each content, and last the id where the batch has ids, gave to the row, not negative
     *     and summing to 1, {@code [n, inputs (+ 1)]}; the concatenation says only who is there
     * @param parts each content as it was projected, and last the id where the batch has ids, {@code [n, dim]}
     */
    public record Fused(Tensor rows, Tensor shares, List<Tensor> parts) {}

    /** {@return the name of the table whose rows it makes} */
    public String table() {
        return table;
    }

    /** {@return the name of the parameter with the ids' rows} */
    public String idName() {
        return table + ".id";
    }

    /** {@return the name of the parameter that the alignment of contents is scaled by, as a logarithm} */
    public String alignmentName() {
        return table + ".alignment";
    }

    /** {@return whether contents are aligned while training} */
    public boolean aligned() {
        return aligned;
    }

    /** {@return the contents in the order of a batch} */
    public List<ContentInput> inputs() {
        return inputs;
    }

    /** {@return the parameters in a fixed order} */
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec(idName(), List.of(items, dim), initializer));
        for (ContentInput input : inputs) {
            String layer = table + "." + input.name();
            specs.add(new ParameterSpec(layer + ".weight", List.of(input.dim(), dim), initializer));
            specs.add(new ParameterSpec(layer + ".bias", List.of(dim), Initializer.constant(0)));
        }
        specs.addAll(fusion.parameters());
        if (aligned) {
            specs.add(new ParameterSpec(alignmentName(), List.of(1), Initializer.constant(ALIGNMENT_SCALE)));
        }
        return List.copyOf(specs);
    }

    /**
     * Makes rows.
     *
     * @param weights where the parameters are
     * @param batch what is known of the items
     * @return the rows
     */
    public Fused rows(Weights weights, Batch batch) {
        checkArgument(
                batch.contents().size() == inputs.size(),
                "contents must be those of %s, given %s",
                inputs,
                batch.contents().size());
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Tensor there = batch.presence().slice(1, i, i + 1L);
            parts.add(project(weights, inputs.get(i), batch.contents().get(i)).mul(there));
        }
        Tensor presence = batch.presence();
        if (batch.ids().isPresent()) {
            Ids ids = batch.ids().get();
            parts.add(ids.rows().mul(ids.presence()));
            presence = presence.concat(1, List.of(ids.presence()));
        }
        FusionLayer.Joined joined = fusion.join(weights, parts, presence);
        Tensor rows = joined.rows().mul(FusionLayer.any(presence)).named(table);
        return new Fused(rows, joined.shares(), List.copyOf(parts));
    }

    private Tensor project(Weights weights, ContentInput input, Tensor vectors) {
        return Layers.linear(weights, table + "." + input.name(), input.normalised(weights, table, vectors));
    }
}
