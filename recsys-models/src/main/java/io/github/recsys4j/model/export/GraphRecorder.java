package io.github.recsys4j.model.export;

import static com.google.common.base.Preconditions.checkArgument;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Collects the nodes of one graph, in the order in which a network asks for them, which is a topological order.
 *
 * <p>Every operator here is pure, so a call that was made before gives the value it gave then, and a constant that is
 * there already is not stored again. A node that reads a parameter is named after it, such as
 * {@code block0/attention/query/MatMul}; other nodes belong to the next name that the network gives.
 *
 * <p>Not thread-safe.
 */
final class GraphRecorder {
    static final int OPSET = 17;
    static final int IR_VERSION = 8;
    private static final Pattern NUMBERED = Pattern.compile("\\.(?=\\d)");

    private final List<ValueInfoProto> inputs = new ArrayList<>();
    private final List<ValueInfoProto> outputs = new ArrayList<>();
    private final Map<String, GraphValue> parameters = new HashMap<>();
    private final Map<TensorProto, GraphValue> constants = new LinkedHashMap<>();
    private final List<TensorProto> initializers = new ArrayList<>();
    private final Map<GraphNode.Call, GraphNode> calls = new LinkedHashMap<>();
    private int scoped;

    RecordedTensor input(String name, DataType type, List<String> axes) {
        inputs.add(Protos.value(name, type, axes));
        return new RecordedTensor(this, new GraphValue(name), axes.size());
    }

    /** A tensor that is stored under its name. */
    RecordedTensor parameter(TensorProto values) {
        GraphValue value = parameters.computeIfAbsent(values.getName(), name -> {
            initializers.add(values);
            return new GraphValue(name);
        });
        return new RecordedTensor(this, value, values.getDimsCount());
    }

    boolean hasParameter(String name) {
        return parameters.containsKey(name);
    }

    RecordedTensor parameter(String name, int rank) {
        return new RecordedTensor(
                this, Optional.ofNullable(parameters.get(name)).orElseThrow(), rank);
    }

    /** A tensor of which only the values matter. */
    GraphValue constant(String name, TensorProto.Builder values) {
        return constants.computeIfAbsent(values.clearName().build(), key -> {
            String unique = unique("constant/" + name);
            initializers.add(key.toBuilder().setName(unique).build());
            return new GraphValue(unique);
        });
    }

    private String unique(String name) {
        long taken = initializers.stream()
                .filter(other -> other.getName().equals(name) || other.getName().startsWith(name + "_"))
                .count();
        return taken == 0 ? name : name + "_" + (taken + 1);
    }

    GraphValue node(String operator, List<GraphValue> operands, AttributeProto... attributes) {
        GraphNode.Call call = new GraphNode.Call(operator, List.copyOf(operands), List.of(attributes));
        return calls.computeIfAbsent(call, key -> new GraphNode(key, scopeOf(operands)))
                .output();
    }

    private Optional<String> scopeOf(List<GraphValue> operands) {
        return operands.stream()
                .map(GraphValue::name)
                .filter(name -> name.contains(".") && parameters.containsKey(name))
                .findFirst()
                .map(name -> path(name.substring(0, name.lastIndexOf('.'))));
    }

    private static String path(String name) {
        return NUMBERED.matcher(name).replaceAll("").replace('.', '/');
    }

    /** Gives the nodes since the last name that have none this one. */
    void scope(String name) {
        int index = 0;
        for (GraphNode node : calls.values()) {
            if (index++ >= scoped && node.scope().isEmpty()) {
                node.scope(path(name));
            }
        }
        scoped = calls.size();
    }

    void output(String name, RecordedTensor tensor, List<String> axes) {
        checkArgument(tensor.rank() == axes.size(), "output %s has %s axes, got names %s", name, tensor.rank(), axes);
        scope(name);
        GraphValue identity = node("Identity", List.of(tensor.value()));
        scope(name);
        identity.rename(name);
        outputs.add(Protos.value(name, DataType.FLOAT, axes));
    }

    /** Writes the model; the recorder is not to be used afterwards. */
    ByteString toModel(String graphName, Map<String, String> properties) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName(graphName)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllInitializer(initializers);
        Map<String, Integer> used = new HashMap<>();
        for (GraphNode node : calls.values()) {
            String base = node.scope().orElse(graphName) + "/" + node.operator();
            int count = used.merge(base, 1, Integer::sum);
            String name = count == 1 ? base : base + "_" + count;
            if (node.output().name().isEmpty()) {
                node.output().rename(name);
            }
            graph.addNode(node.toProto(name));
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("recsys4j")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph);
        properties.forEach((key, value) -> model.addMetadataProps(Protos.property(key, value)));
        return model.build().toByteString();
    }
}
