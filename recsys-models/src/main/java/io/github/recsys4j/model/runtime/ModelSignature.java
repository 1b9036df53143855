package io.github.recsys4j.model.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a model takes and gives, and the check that says in words what is wrong with an input. */
final class ModelSignature {
    private final String model;
    private final Map<String, Axes> inputs;
    private final List<String> outputs;

    private ModelSignature(String model, Map<String, Axes> inputs, List<String> outputs) {
        this.model = model;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** A type and one size per axis: a number, or a name where the size is the caller's. */
    private record Axes(String type, List<String> sizes) {
        static Axes of(TensorInfo info) {
            String type = info.type == OnnxJavaType.FLOAT
                    ? "float32"
                    : info.type == OnnxJavaType.INT64 ? "int64" : info.type.toString();
            long[] shape = info.getShape();
            String[] names = info.getDimensionNames();
            return new Axes(
                    type,
                    IntStream.range(0, shape.length)
                            .mapToObj(axis -> shape[axis] >= 0 ? Long.toString(shape[axis]) : symbol(names, axis))
                            .toList());
        }

        private static String symbol(String[] names, int axis) {
            return names[axis].isEmpty() ? "?" : names[axis];
        }

        boolean matches(OrtTensor tensor, Map<String, Long> bound) {
            long[] shape = tensor.shape();
            return tensor.isFloat() == type.equals("float32")
                    && shape.length == sizes.size()
                    && IntStream.range(0, shape.length).allMatch(axis -> matches(sizes.get(axis), shape[axis], bound));
        }

        private static boolean matches(String size, long given, Map<String, Long> bound) {
            if (size.equals("?")) {
                return true;
            }
            return Character.isDigit(size.charAt(0))
                    ? size.equals(Long.toString(given))
                    : bound.computeIfAbsent(size, name -> given) == given;
        }

        @Override
        public String toString() {
            return type + " " + sizes;
        }
    }

    static ModelSignature of(String model, OrtSession session) throws OrtException {
        Map<String, Axes> inputs = new LinkedHashMap<>();
        for (NodeInfo input : session.getInputInfo().values()) {
            if (input.getInfo() instanceof TensorInfo info) {
                inputs.put(input.getName(), Axes.of(info));
            }
        }
        return new ModelSignature(
                model, inputs, List.copyOf(session.getOutputInfo().keySet()));
    }

    List<String> inputNames() {
        return List.copyOf(inputs.keySet());
    }

    List<String> outputNames() {
        return outputs;
    }

    long[] inputShape(String name) {
        checkKnown(name);
        return Optional.ofNullable(inputs.get(name)).orElseThrow().sizes().stream()
                .mapToLong(size -> Character.isDigit(size.charAt(0)) ? Long.parseLong(size) : -1)
                .toArray();
    }

    void check(Map<String, OrtTensor> given, String output) {
        checkArgument(
                outputs.contains(output),
                "Model %s has no output named \"%s\": its outputs are %s",
                model,
                output,
                outputs);
        given.keySet().forEach(this::checkKnown);
        Map<String, Long> bound = new HashMap<>();
        inputs.forEach((name, axes) -> {
            OrtTensor tensor = given.get(name);
            checkArgument(tensor != null, "Model %s misses its input \"%s\": its inputs are %s", model, name, this);
            checkArgument(
                    axes.matches(tensor, bound),
                    "Input \"%s\" of model %s must be %s%s, got %s",
                    name,
                    model,
                    axes,
                    bound.isEmpty() ? "" : " where " + bound,
                    tensor);
        });
    }

    private void checkKnown(String name) {
        checkArgument(
                inputs.containsKey(name), "Model %s has no input named \"%s\": its inputs are %s", model, name, this);
    }

    @Override
    public String toString() {
        return inputs.entrySet().stream()
                .map(input -> input.getKey() + " " + input.getValue())
                .collect(Collectors.joining(" and "));
    }
}
