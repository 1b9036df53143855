package io.github.recsys4j.model.runtime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** Models of one operator, put together by hand. */
final class SmallModels {
    private SmallModels() {}

    /** {@code sum = left + right}, both {@code [batch, 2]}. */
    static byte[] add() {
        return model(GraphProto.newBuilder()
                .setName("add")
                .addInput(value("left", DataType.FLOAT))
                .addInput(value("right", DataType.FLOAT))
                .addOutput(value("sum", DataType.FLOAT))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput("left")
                        .addInput("right")
                        .addOutput("sum")));
    }

    /** {@code count = numbers + numbers} on 64-bit integers. */
    static byte[] twice() {
        return model(GraphProto.newBuilder()
                .setName("twice")
                .addInput(value("numbers", DataType.INT64))
                .addOutput(value("doubled", DataType.INT64))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput("numbers")
                        .addInput("numbers")
                        .addOutput("doubled")));
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto value(String name, DataType type) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(2))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
