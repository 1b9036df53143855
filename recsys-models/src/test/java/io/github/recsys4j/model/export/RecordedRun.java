package io.github.recsys4j.model.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Records a computation on given inputs, of which only the ranks are used, and runs the graph in ONNX Runtime. */
public final class RecordedRun {
    private RecordedRun() {}

    /**
     * Records and runs.
     *
     * @param inputs the inputs, {@code in0}, {@code in1} and so on in the graph
     * @param computation what is recorded
     * @return the computation's result
     */
    public static OrtTensor of(List<OrtTensor> inputs, Function<List<Tensor>, Tensor> computation) {
        GraphRecorder graph = new GraphRecorder();
        Map<String, OrtTensor> named = new LinkedHashMap<>();
        List<Tensor> recorded = IntStream.range(0, inputs.size())
                .mapToObj(i -> {
                    OrtTensor input = inputs.get(i);
                    named.put("in" + i, input);
                    DataType type = input.isFloat() ? DataType.FLOAT : DataType.INT64;
                    return (Tensor) graph.input("in" + i, type, axes("in" + i, input.shape().length));
                })
                .toList();
        RecordedTensor result = (RecordedTensor) computation.apply(recorded);
        graph.output("out", result, axes("out", result.rank()));
        byte[] model = graph.toModel("test", Map.of()).toByteArray();
        try (OrtModel ort = OrtModel.of("test", model, OrtOptions.on(Device.cpu()))) {
            return ort.run(named, "out");
        }
    }

    private static List<String> axes(String name, int rank) {
        return IntStream.range(0, rank).mapToObj(axis -> name + "_axis" + axis).toList();
    }
}
