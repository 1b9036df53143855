package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * A user tower over a catalogue of item embeddings: everything that is trained together. Items are
 * {@code 0..items-1}; each table has one more row, {@link #pad()}, that stands in padded places of a history, is never
 * read as an item and receives no gradient.
 *
 * <p>The parameters are {@value #INPUTS} {@code [items + 1, dim]}, unless the table is shared {@value #VECTORS} of the
 * same shape, and the tower's. Where items have {@linkplain #withContent contents}, the tables are no parameters but
 * made by an {@link ItemTower} each, from parameters of their own. Immutable and safe for many threads.
 */
public final class SequenceNetwork {
    /** The name of the table that histories are made of. */
    public static final String INPUTS = "items.input";
    /** The name of the table that is retrieved, where it is not shared. */
    public static final String VECTORS = "items.output";
    /** The name of the learned temperature's parameter. */
    public static final String LOG_SCALE = "loss.log_scale";

    private final int items;
    private final boolean shared;
    private final UserTower tower;
    private final Optional<ItemContent> content;
    private final Optional<UserContext> context;
    private final Optional<PairScorer> scorer;
    private final boolean cosine;
    private final OptionalDouble temperature;

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
        this.content = Optional.empty();
        this.context = Optional.empty();
        this.scorer = Optional.empty();
        this.cosine = false;
        this.temperature = OptionalDouble.empty();
    }

    private SequenceNetwork(SequenceNetwork of, Additions additions) {
        this.items = of.items;
        this.shared = of.shared;
        this.tower = of.tower;
        this.content = additions.content();
        this.context = additions.context();
        this.scorer = additions.scorer();
        this.cosine = additions.cosine();
        this.temperature = additions.temperature();
    }

    /** What a network may have beside tables and tower. */
    private record Additions(
            Optional<ItemContent> content,
            Optional<UserContext> context,
            Optional<PairScorer> scorer,
            boolean cosine,
            OptionalDouble temperature) {}

    /**
     * {@return the same that scores pairs by a network instead of an inner product}
     *
     * @param options the scorer's shape
     */
    public SequenceNetwork withPairScorer(PairScorer.Options options) {
        PairScorer value = new PairScorer(tower.dim(), options);
        return new SequenceNetwork(this, new Additions(content, context, Optional.of(value), cosine, temperature));
    }

    /** {@return what scores pairs; empty where it is the inner product} */
    public Optional<PairScorer> pairScorer() {
        return scorer;
    }

    /**
     * {@return the same, with vectors that are retrieved brought to length 1 or left as they are}
     *
     * @param value whether they have length 1
     */
    public SequenceNetwork withUnitVectors(boolean value) {
        return new SequenceNetwork(this, new Additions(content, context, scorer, value, temperature));
    }

    /** {@return whether what is retrieved are vectors of length 1, which histories are not made of} */
    public boolean unitVectors() {
        return cosine;
    }

    /**
     * {@return the same with a parameter more, {@value #LOG_SCALE}: the logarithm of one over the temperature that a
     * loss divides scores by; serving has no use for it}
     *
     * @param initial the temperature to begin with, greater than 0
     */
    public SequenceNetwork withLearnedTemperature(double initial) {
        checkArgument(initial > 0, "temperature must be greater than 0, given %s", initial);
        return new SequenceNetwork(this, new Additions(content, context, scorer, cosine, OptionalDouble.of(initial)));
    }

    /** {@return the temperature that learning begins with; empty where none is learned} */
    public OptionalDouble learnedTemperature() {
        return temperature;
    }

    /**
     * {@return the same over items that are made of ids and contents}
     *
     * @param value what they are made of beside their ids
     */
    public SequenceNetwork withContent(ItemContent value) {
        return new SequenceNetwork(this, new Additions(Optional.of(value), context, scorer, cosine, temperature));
    }

    /**
     * {@return the same with a user vector that also depends on what is known of the user}
     *
     * @param width how many numbers tell it, at least 1; all are 0 for a user of whom nothing is known
     */
    public SequenceNetwork withUserContext(int width) {
        UserContext value = new UserContext(tower.dim(), width);
        return new SequenceNetwork(this, new Additions(content, Optional.of(value), scorer, cosine, temperature));
    }

    /** {@return what reads the user's context, if anything} */
    public Optional<UserContext> userContext() {
        return context;
    }

    /**
     * Lets contexts into user vectors, where the network reads them.
     *
     * @param weights where the parameters are
     * @param users what the tower gave, {@code [n, dim]}
     * @param contexts {@code [n, width]}; asked for only where the network reads them
     * @return {@code [n, dim]}
     */
    public Tensor inContext(Weights weights, Tensor users, Supplier<Tensor> contexts) {
        return context.map(layer -> layer.apply(weights, users, contexts.get())).orElse(users);
    }

    /** {@return what items are made of beside their ids, if anything} */
    public Optional<ItemContent> content() {
        return content;
    }

    /** {@return for each table that is not a parameter, what makes its rows} */
    public List<ItemTower> itemTowers() {
        return content.map(made -> tables().stream()
                        .map(table -> new ItemTower(table, items, tower, made))
                        .toList())
                .orElse(List.of());
    }

    private List<String> tables() {
        return shared ? List.of(INPUTS) : List.of(INPUTS, VECTORS);
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
        List<ParameterSpec> specs = new ArrayList<>();
        itemTowers().forEach(made -> specs.addAll(made.parameters()));
        if (content.isEmpty()) {
            List<Integer> shape = List.of(items + 1, tower.dim());
            tables().forEach(table -> specs.add(new ParameterSpec(table, shape, tower.itemInitializer())));
        }
        specs.addAll(tower.parameters());
        context.ifPresent(layer -> specs.addAll(layer.parameters()));
        scorer.ifPresent(layer -> specs.addAll(layer.parameters()));
        temperature.ifPresent(initial ->
                specs.add(new ParameterSpec(LOG_SCALE, List.of(1), Initializer.constant(-Math.log(initial)))));
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
        Tensor rows = weights.get(vectorsName()).slice(0, 0, items);
        return cosine ? rows.l2Normalize() : rows;
    }
}
