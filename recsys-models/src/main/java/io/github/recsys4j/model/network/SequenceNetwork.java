package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;

/**
 * A user tower over a catalogue of item embeddings: everything that is trained together. Items are
 * {@code 0..items-1}; each table has one more row, {@link #pad()}, that stands in padded places of a history, is never
 * read as an item and receives no gradient.
 *
 * <p>The parameters are {@value #INPUTS} {@code [items + 1, dim]}, unless the table is shared {@value #VECTORS} of the
 * same shape, and the tower's. Immutable and safe for many threads.
 */
public final class SequenceNetwork {
    /** The name of the table that histories are made of. */
    public static final String INPUTS = "items.input";
    /** The name of the table that is retrieved, where it is not shared. */
    public static final String VECTORS = "items.output";

    private final int items;
    private final boolean shared;
    private final UserTower tower;

    /**
     * Puts a tower on a catalogue.
     *
     * @param items the number of items, at least 1
     * @param sharedTable whether histories are made of the same vectors that are retrieved
     * @param tower the user tower
     */
    public SequenceNetwork(int items, boolean sharedTable, UserTower tower) {
        checkArgument(items >= 1, "items must be at least 1, given %s", items);
        this.items = items;
        this.shared = sharedTable;
        this.tower = tower;
    }

    /** {@return the number of items} */
    public int items() {
        return items;
    }

    /** {@return the row of padded places} */
    public int pad() {
        return items;
    }

    /** {@return whether histories are made of the same vectors that are retrieved} */
    public boolean sharedTable() {
        return shared;
    }

    /** {@return the user tower} */
    public UserTower tower() {
        return tower;
    }

    /** {@return the name of the table that is retrieved} */
    public String vectorsName() {
        return shared ? INPUTS : VECTORS;
    }

    /** {@return the tables' parameters, then the tower's} */
    public List<ParameterSpec> parameters() {
        List<Integer> shape = List.of(items + 1, tower.dim());
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec(INPUTS, shape, tower.itemInitializer()));
        if (!shared) {
            specs.add(new ParameterSpec(VECTORS, shape, tower.itemInitializer()));
        }
        specs.addAll(tower.parameters());
        return List.copyOf(specs);
    }

    /**
     * {@return the vectors of a history, {@code [batch, length, dim]}}
     *
     * @param weights where the parameters are
     * @param ids item rows, {@link #pad()} at padded places, {@code [batch, length]}
     */
    public Tensor inputs(Weights weights, Tensor ids) {
        return weights.get(INPUTS).gather(ids);
    }

    /**
     * {@return the vectors of all items, without the padding row, {@code [items, dim]}}
     *
     * @param weights where the parameters are
     */
    public Tensor vectors(Weights weights) {
        return weights.get(vectorsName()).slice(0, 0, items);
    }
}
