package io.github.recsys4j.model.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.recsys4j.model.network.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Records the mean of stored token vectors as an ONNX model: {@value #IDS}, int64 {@code [batch, tokens]}, and
 * {@value #MASK}, float32 {@code [batch, tokens]}, 1 for a token and 0 for padding, give {@value #EMBEDDING}, float32
 * {@code [batch, dim]}. A row without tokens gives zeros.
 *
 * <p>Thread-safety: no state.
 */
public final class TokenMeanExporter {
    /** The input with the tokens. */
    public static final String IDS = "ids";
    /** The input that tells tokens from padding. */
    public static final String MASK = "mask";
    /** The output. */
    public static final String EMBEDDING = "embedding";

    private static final double SMALLEST_COUNT = 1e-9;

    private TokenMeanExporter() {}

    /**
     * Writes the graph down.
     *
     * @param table one row per token, row-major {@code [tokens, dim]}
     * @param dim floats in a row
     * @param normalized whether the mean is brought to length 1
     * @return the bytes of an ONNX file
     */
    public static byte[] export(FloatBuffer table, int dim, boolean normalized) {
        GraphRecorder graph = new GraphRecorder();
        Tensor ids = graph.input(IDS, DataType.INT64, List.of("batch", "tokens"));
        Tensor mask = graph.input(MASK, DataType.FLOAT, List.of("batch", "tokens"));
        long rows = table.remaining() / dim;
        Tensor vectors = graph.parameter(Protos.floats(table, List.of(rows, (long) dim))
                        .setName("token_vectors")
                        .build())
                .gather(ids);
        Tensor column = mask.reshape(0, 0, 1);
        Tensor sum = vectors.mul(column).sum(1);
        Tensor mean = sum.div(column.sum(1).add(SMALLEST_COUNT)).reshape(0, dim);
        Tensor result = normalized ? mean.l2Normalize() : mean;
        graph.output(EMBEDDING, (RecordedTensor) result, List.of("batch", Integer.toString(dim)));
        return graph.toModel("token_mean", Map.of()).toByteArray();
    }
}
