package io.github.recsys4j.model.export;

import static com.google.common.base.Preconditions.checkArgument;
import static io.github.recsys4j.model.export.Protos.attribute;
import static io.github.recsys4j.model.export.Protos.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.recsys4j.model.network.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that is only written down: each call becomes the ONNX operator, or the few operators, that compute it.
 *
 * <p>Dropout is the identity, as it is when a model is served. Equal tensors are the same value of the same graph.
 */
final class RecordedTensor implements Tensor {
    private static final double SMALLEST_LENGTH = 1e-12;

    private final GraphRecorder graph;
    private final GraphValue value;
    private final int rank;

    RecordedTensor(GraphRecorder graph, GraphValue value, int rank) {
        this.graph = graph;
        this.value = value;
        this.rank = rank;
    }

    GraphValue value() {
        return value;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public Tensor add(Tensor other) {
        return binary("Add", other);
    }

    @Override
    public Tensor sub(Tensor other) {
        return binary("Sub", other);
    }

    @Override
    public Tensor mul(Tensor other) {
        return binary("Mul", other);
    }

    @Override
    public Tensor div(Tensor other) {
        return binary("Div", other);
    }

    @Override
    public Tensor add(double number) {
        return same("Add", scalar(number));
    }

    @Override
    public Tensor mul(double number) {
        return same("Mul", scalar(number));
    }

    @Override
    public Tensor matMul(Tensor other) {
        return binary("MatMul", other);
    }

    @Override
    public Tensor linear(Tensor weight, Tensor bias) {
        RecordedTensor product = same("MatMul", recorded(weight).value);
        return product.same("Add", recorded(bias).value);
    }

    @Override
    public Tensor gather(Tensor indices) {
        List<GraphValue> operands = List.of(value, recorded(indices).value);
        return node("Gather", rank - 1 + indices.rank(), operands, attribute("axis", 0L));
    }

    @Override
    public Tensor softmax(int axis) {
        return node("Softmax", rank, List.of(value), attribute("axis", (long) axis(axis)));
    }

    @Override
    public Tensor layerNorm(Tensor gamma, Tensor beta, double epsilon) {
        List<GraphValue> operands = List.of(value, recorded(gamma).value, recorded(beta).value);
        return node("LayerNormalization", rank, operands, attribute("axis", -1L), attribute("epsilon", epsilon));
    }

    @Override
    public Tensor relu() {
        return same("Relu");
    }

    @Override
    public Tensor gelu() {
        RecordedTensor scaled = same("Mul", scalar(Math.sqrt(0.5)));
        RecordedTensor doubled = scaled.same("Erf").same("Add", scalar(1));
        return binary("Mul", doubled).mul(0.5);
    }

    @Override
    public Tensor silu() {
        return binary("Mul", sigmoid());
    }

    @Override
    public Tensor sigmoid() {
        return same("Sigmoid");
    }

    @Override
    public Tensor tanh() {
        return same("Tanh");
    }

    @Override
    public Tensor concat(int axis, List<Tensor> others) {
        List<GraphValue> operands = new ArrayList<>(List.of(value));
        others.forEach(other -> operands.add(recorded(other).value));
        return node("Concat", rank, operands, attribute("axis", (long) axis(axis)));
    }

    @Override
    public Tensor slice(int axis, long start, long end) {
        return sliced(axis(axis), longs(start), longs(end));
    }

    @Override
    public Tensor last(int axis, Tensor sized, int sizedAxis) {
        int cut = axis(axis);
        GraphValue size = size(cut);
        RecordedTensor other = recorded(sized);
        GraphValue start = graph.node("Sub", List.of(size, other.size(other.axis(sizedAxis))));
        return sliced(cut, start, size);
    }

    private Tensor sliced(int axis, GraphValue start, GraphValue end) {
        return node("Slice", rank, List.of(value, start, end, longs(axis)));
    }

    private GraphValue size(int axis) {
        return graph.node("Shape", List.of(value), attribute("start", (long) axis), attribute("end", axis + 1L));
    }

    @Override
    public Tensor reshape(long... shape) {
        checkArgument(
                Arrays.stream(shape).filter(size -> size == -1).count() <= 1,
                "shape may have one -1, got %s",
                Arrays.toString(shape));
        return node("Reshape", shape.length, List.of(value, longs(shape)));
    }

    @Override
    public Tensor transpose(int... order) {
        checkArgument(
                order.length == rank && Arrays.stream(order).sorted().distinct().count() == rank,
                "order must be a permutation of %s axes, got %s",
                rank,
                Arrays.toString(order));
        return node("Transpose", rank, List.of(value), integers("perm", order));
    }

    @Override
    public Tensor where(Tensor condition, Tensor other) {
        RecordedTensor test = recorded(condition);
        GraphValue truth = graph.node("Cast", List.of(test.value), attribute("to", (long) DataType.BOOL.getNumber()));
        int broadcast = Math.max(rank, Math.max(test.rank, other.rank()));
        return node("Where", broadcast, List.of(truth, value, recorded(other).value));
    }

    @Override
    public Tensor sum(int axis) {
        return node("ReduceSum", rank, List.of(value, longs(axis(axis))), attribute("keepdims", 1L));
    }

    @Override
    public Tensor mean(int axis) {
        return node("ReduceMean", rank, List.of(value), integers("axes", axis(axis)), attribute("keepdims", 1L));
    }

    @Override
    public Tensor l2Normalize() {
        RecordedTensor length =
                node("ReduceL2", rank, List.of(value), integers("axes", rank - 1), attribute("keepdims", 1L));
        return binary("Div", length.same("Max", scalar(SMALLEST_LENGTH)));
    }

    @Override
    public Tensor dropout(double probability) {
        return this;
    }

    @Override
    public Tensor named(String name) {
        graph.scope(name);
        return this;
    }

    private RecordedTensor binary(String operator, Tensor other) {
        RecordedTensor second = recorded(other);
        return node(operator, Math.max(rank, second.rank), List.of(value, second.value));
    }

    private RecordedTensor same(String operator, GraphValue... more) {
        List<GraphValue> operands = new ArrayList<>(List.of(value));
        operands.addAll(List.of(more));
        return node(operator, rank, operands);
    }

    private RecordedTensor node(String operator, int ofRank, List<GraphValue> operands, AttributeProto... attributes) {
        return new RecordedTensor(graph, graph.node(operator, operands, attributes), ofRank);
    }

    private GraphValue scalar(double number) {
        FloatBuffer single = FloatBuffer.wrap(new float[] {(float) number});
        return graph.constant(Float.toString((float) number), Protos.floats(single, List.of()));
    }

    private GraphValue longs(long... values) {
        return graph.constant("axes", Protos.longs(values));
    }

    private int axis(int axis) {
        checkArgument(axis >= -rank && axis < rank, "axis must be in [-%s, %s), got %s", rank, rank, axis);
        return axis < 0 ? axis + rank : axis;
    }

    private RecordedTensor recorded(Tensor other) {
        checkArgument(
                other instanceof RecordedTensor tensor && tensor.graph == graph,
                "a recorded tensor takes tensors of its own graph, got %s",
                other);
        return (RecordedTensor) other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedTensor that && value == that.value && rank == that.rank;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(value);
    }

    @Override
    public String toString() {
        return "RecordedTensor[" + value + ", " + rank + " axes]";
    }
}
