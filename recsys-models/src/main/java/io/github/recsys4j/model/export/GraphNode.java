package io.github.recsys4j.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/** One operator with its operands; what it is called is decided by the scope it turns out to belong to. */
final class GraphNode {
    private final Call call;
    private final GraphValue output = new GraphValue("");
    private Optional<String> scope;

    /** What is computed, apart from names: equal calls have equal results. */
    record Call(String operator, List<GraphValue> inputs, List<AttributeProto> attributes) {}

    GraphNode(Call call, Optional<String> scope) {
        this.call = call;
        this.scope = scope;
    }

    GraphValue output() {
        return output;
    }

    String operator() {
        return call.operator();
    }

    Optional<String> scope() {
        return scope;
    }

    void scope(String path) {
        scope = Optional.of(path);
    }

    NodeProto toProto(String name) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(name)
                .setOpType(call.operator())
                .addAllAttribute(call.attributes())
                .addOutput(output.name());
        call.inputs().forEach(input -> node.addInput(input.name()));
        return node.build();
    }
}
