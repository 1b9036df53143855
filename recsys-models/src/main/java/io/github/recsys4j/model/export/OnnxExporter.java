package io.github.recsys4j.model.export;

import static com.google.common.base.Preconditions.checkArgument;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.UserTower;
import io.github.recsys4j.model.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Turns a trained user tower into an ONNX model of operator set 17.
 *
 * <p>The model takes {@value #INPUTS}, float32 {@code [batch, length, dim]}, the vectors of a history's items, oldest
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
    /** The output with the users' vectors. */
    public static final String USER_VECTOR = "user_vector";

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
        String dim = Integer.toString(tower.dim());
        GraphRecorder graph = new GraphRecorder();
        Tensor inputs = graph.input(INPUTS, DataType.FLOAT, List.of("batch", "length", dim));
        Tensor mask = graph.input(MASK, DataType.FLOAT, List.of("batch", "length"));
        Tensor user = tower.userVector(new StoredWeights(graph, parameters), inputs, mask);
        graph.output(USER_VECTOR, (RecordedTensor) user, List.of("batch", dim));
        return graph.toModel("user_tower", Map.of("max_length", Integer.toString(tower.maxLength())))
                .toByteArray();
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
