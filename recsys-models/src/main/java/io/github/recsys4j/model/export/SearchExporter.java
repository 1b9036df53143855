package io.github.recsys4j.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The ONNX graph of an exact search: {@value #QUERIES} float32 {@code [batch, dim]} times the vectors, plus {@value #MASK} float32 of
 * {@code [1 or batch, 1 or items]}, of which the {@value #COUNT} largest, int64 {@code [1]}, give {@value #SCORES} and
 * {@value #ITEMS}, both {@code [batch, count]}.
 *
 * <p>Thread-safety: no state.
 */
public final class SearchExporter {
    /** The input with the queries. */
    public static final String QUERIES = "queries";
    /** The input that is added to products: negative infinity keeps an item out. */
    public static final String MASK = "mask";
    /** The input that says how many are wanted. */
    public static final String COUNT = "count";
    /** The output with scores, the largest first. */
    public static final String SCORES = "scores";
    /** The output with item indices. */
    public static final String ITEMS = "items";

    private static final String VECTORS = "vectors";
    private static final String PRODUCTS = "products";
    private static final String MASKED = "masked";
    private static final int OPSET = 17;
    private static final int IR = 8;

    private SearchExporter() {}

    /**
     * Writes the graph down, with the vectors in it.
     *
     * @param vectors shape {@code [items, dim]}, row-major, less than 2 GiB
     * @param dim the width of a vector
     * @return the bytes of an ONNX file
     */
    public static byte[] export(float[] vectors, int dim) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("search")
                .addInitializer(tensor(vectors, dim))
                .addInput(value(QUERIES, DataType.FLOAT, "batch", Integer.toString(dim)))
                .addInput(value(MASK, DataType.FLOAT, "masks", "masked_items"))
                .addInput(value(COUNT, DataType.INT64, "1"))
                .addOutput(value(SCORES, DataType.FLOAT, "batch", COUNT))
                .addOutput(value(ITEMS, DataType.INT64, "batch", COUNT))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Gemm")
                        .addAttribute(integer("transB", 1))
                        .addInput(QUERIES)
                        .addInput(VECTORS)
                        .addOutput(PRODUCTS))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput(PRODUCTS)
                        .addInput(MASK)
                        .addOutput(MASKED))
                .addNode(NodeProto.newBuilder()
                        .setOpType("TopK")
                        .addAttribute(integer("axis", 1))
                        .addInput(MASKED)
                        .addInput(COUNT)
                        .addOutput(SCORES)
                        .addOutput(ITEMS));
        return ModelProto.newBuilder()
                .setIrVersion(IR)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static TensorProto tensor(float[] vectors, int dim) {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vectors);
        return TensorProto.newBuilder()
                .setName(VECTORS)
                .setDataType(DataType.FLOAT.getNumber())
                .addDims(vectors.length / dim)
                .addDims(dim)
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static ValueInfoProto value(String name, DataType type, String... axes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        Arrays.stream(axes).forEach(axis -> shape.addDim(axis(axis)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    private static TensorShapeProto.Dimension axis(String axis) {
        return Character.isDigit(axis.charAt(0))
                ? TensorShapeProto.Dimension.newBuilder()
                        .setDimValue(Long.parseLong(axis))
                        .build()
                : TensorShapeProto.Dimension.newBuilder().setDimParam(axis).build();
    }
}
