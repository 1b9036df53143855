package io.github.recsys4j.model.export;

import static com.google.common.base.Preconditions.checkArgument;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.recsys4j.model.network.ContentInput;
import io.github.recsys4j.model.network.ItemTower;
import io.github.recsys4j.model.network.PairScorer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.UserTower;
import io.github.recsys4j.model.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns trained towers into ONNX models of operator set 17.
 *
 * <p>A user tower takes {@value #INPUTS}, float32 {@code [batch, length, dim]}, the vectors of a history's items, oldest
 * first, and {@value #MASK}, float32 {@code [batch, length]}, 1 for an item and 0 for padding on the left. It gives
 * {@value #USER_VECTOR}, float32 {@code [batch, dim]}. Batch and length are free, length up to the tower's longest
 * history. Item tables are not part of it: whoever runs it looks the vectors up, so a new item needs no new model.
 *
 * <p>Thread-safety: no state.
 */
public final class OnnxExporter {
    /** The input with the vectors of the histories' items. */
    public static final String INPUTS = "inputs";
    /** The input that tells items from padding. */
    public static final String MASK = "mask";
    /** The user tower's input with what is known of the users, where the model reads it. */
    public static final String CONTEXT = "context";
    /** The ranker's output. */
    public static final String SCORE = "score";
    /** The output with the users' vectors. */
    public static final String USER_VECTOR = "user_vector";

    /** The item tower's input that tells which contents an item has. */
    public static final String PRESENCE = "presence";
    /** The item tower's output that histories are made of. */
    public static final String ITEM_INPUT = "item_input";
    /** The item tower's output that is retrieved, where that is another one. */
    public static final String ITEM_VECTOR = "item_vector";
    /** The item tower's output that says how much each content gave to an item. */
    public static final String SHARES = "shares";

    private OnnxExporter() {}

    /**
     * Writes a user tower down.
     *
     * @param tower the network
     * @param parameters its trained values; parameters that the tower does not read are left out
     * @return the bytes of an ONNX file
     * @throws IllegalArgumentException if a parameter of the tower has no values
     */
    public static byte[] userTower(UserTower tower, ParameterSet parameters) {
        return userTower(tower, Optional.empty(), parameters);
    }

    /**
     * Writes the user tower of a network down, with {@value #CONTEXT}, float32 {@code [batch, width]}, as a further
     * input where the network reads one.
     *
     * @param network the network
     * @param parameters its trained values; parameters that the user's side does not read are left out
     * @return the bytes of an ONNX file
     * @throws IllegalArgumentException if a parameter has no values
     */
    public static byte[] userTower(SequenceNetwork network, ParameterSet parameters) {
        return userTower(network.tower(), Optional.of(network), parameters);
    }

    private static byte[] userTower(UserTower tower, Optional<SequenceNetwork> network, ParameterSet parameters) {
        String dim = Integer.toString(tower.dim());
        GraphRecorder graph = new GraphRecorder();
        Tensor inputs = graph.input(INPUTS, DataType.FLOAT, List.of("batch", "length", dim));
        Tensor mask = graph.input(MASK, DataType.FLOAT, List.of("batch", "length"));
        Weights weights = new StoredWeights(graph, parameters);
        Tensor user = tower.userVector(weights, inputs, mask);
        Tensor told = network.map(whole -> whole.inContext(weights, user, () -> context(graph, whole)))
                .orElse(user);
        graph.output(USER_VECTOR, (RecordedTensor) told, List.of("batch", dim));
        return graph.toModel("user_tower", Map.of("max_length", Integer.toString(tower.maxLength())))
                .toByteArray();
    }

    private static Tensor context(GraphRecorder graph, SequenceNetwork network) {
        int width = network.userContext().orElseThrow().width();
        return graph.input(CONTEXT, DataType.FLOAT, List.of("batch", Integer.toString(width)));
    }

    /**
     * Writes the item towers of a network down as one model for new items, which have contents and no id. It takes for
     * each content its vectors, float32 {@code [items, dim]}, by the name of its modality in lower case, and
     * {@value #PRESENCE}, float32 {@code [items, contents]}, 1 where an item has the content; rows that are not there
     * are to be finite and are not looked at. It gives {@value #ITEM_INPUT}, {@value #ITEM_VECTOR} where what
     * is retrieved is something else, float32 {@code [items, dim]}, and {@value #SHARES}, float32 {@code [items, contents]}.
     *
     * @param network a network whose items have contents
     * @param parameters its trained values; only those of the towers are taken
     * @return the bytes of an ONNX file
     * @throws IllegalArgumentException if the network's items have no contents, or a parameter has no values
     */
    public static byte[] itemTower(SequenceNetwork network, ParameterSet parameters) {
        List<ContentInput> inputs = network.content()
                .orElseThrow(() -> new IllegalArgumentException(
                        "network must have contents to have an item tower: set them with withContent"))
                .inputs();
        String dim = Integer.toString(network.tower().dim());
        String contents = Integer.toString(inputs.size());
        GraphRecorder graph = new GraphRecorder();
        List<Tensor> read = inputs.stream()
                .map(input -> (Tensor)
                        graph.input(input.name(), DataType.FLOAT, List.of("items", Integer.toString(input.dim()))))
                .toList();
        Tensor presence = graph.input(PRESENCE, DataType.FLOAT, List.of("items", contents));
        ItemTower.Batch batch = new ItemTower.Batch(read, presence, Optional.empty());
        for (ItemTower tower : network.itemTowers()) {
            ItemTower.Fused fused = tower.rows(new StoredWeights(graph, parameters), batch);
            if (tower.table().equals(SequenceNetwork.INPUTS)) {
                graph.output(ITEM_INPUT, (RecordedTensor) fused.rows(), List.of("items", dim));
            }
            if (tower.table().equals(network.vectorsName())) {
                if (!network.sharedTable() || network.unitVectors()) {
                    Tensor vectors = network.unitVectors() ? fused.rows().l2Normalize() : fused.rows();
                    graph.output(ITEM_VECTOR, (RecordedTensor) vectors, List.of("items", dim));
                }
                graph.output(SHARES, (RecordedTensor) fused.shares(), List.of("items", contents));
            }
        }
        return graph.toModel("item_tower", Map.of()).toByteArray();
    }

    /**
     * Writes the scorer of pairs down: {@value #USER_VECTOR} and {@value #ITEM_VECTOR}, float32 {@code [users, dim]} and
     * {@code [items, dim]}, as many of both or one of either, to {@value #SCORE}, float32 {@code [pairs]}.
     *
     * @param network a network that scores pairs
     * @param parameters its trained values
     * @return the bytes of an ONNX file
     * @throws IllegalArgumentException if the network scores by inner product, or a parameter has no values
     */
    public static byte[] ranker(SequenceNetwork network, ParameterSet parameters) {
        PairScorer scorer = network.pairScorer()
                .orElseThrow(() -> new IllegalArgumentException(
                        "network must score pairs to have a ranker: set it with withPairScorer"));
        String dim = Integer.toString(network.tower().dim());
        GraphRecorder graph = new GraphRecorder();
        Tensor users = graph.input(USER_VECTOR, DataType.FLOAT, List.of("users", dim));
        Tensor items = graph.input(ITEM_VECTOR, DataType.FLOAT, List.of("items", dim));
        Tensor scores = scorer.scores(new StoredWeights(graph, parameters), users, items);
        graph.output(SCORE, (RecordedTensor) scores.reshape(-1), List.of("pairs"));
        return graph.toModel("ranker", Map.of()).toByteArray();
    }

    /** Parameters become initializers when the network asks for them. */
    record StoredWeights(GraphRecorder graph, ParameterSet parameters) implements Weights {
        @Override
        public Tensor get(String name) {
            ParameterSpec spec = parameters.spec(name);
            List<Long> shape = spec.shape().stream().map(Integer::longValue).toList();
            return graph.hasParameter(name)
                    ? graph.parameter(name, shape.size())
                    : graph.parameter(stored(name, parameters.values(name), shape));
        }

        private static TensorProto stored(String name, FloatBuffer values, List<Long> shape) {
            return Protos.floats(values, shape).setName(name).build();
        }

        @Override
        public Tensor constant(String name, float[] values, long... shape) {
            long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            checkArgument(size == values.length, "constant %s must have %s values, got %s", name, size, values.length);
            List<Long> axes = Arrays.stream(shape).boxed().toList();
            return new RecordedTensor(
                    graph, graph.constant(name, Protos.floats(FloatBuffer.wrap(values), axes)), axes.size());
        }
    }
}
