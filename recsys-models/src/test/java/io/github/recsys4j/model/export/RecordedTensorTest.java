package io.github.recsys4j.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Each operation on numbers small enough to check by hand. */
class RecordedTensorTest {
    private static final Offset<Float> CLOSE = within(1e-6f);

    private static OrtTensor floats(float[] values, long... shape) {
        return OrtTensor.floats(values, shape);
    }

    private static OrtTensor unary(OrtTensor x, UnaryOperator<Tensor> operation) {
        return RecordedRun.of(List.of(x), inputs -> operation.apply(inputs.get(0)));
    }

    private static final OrtTensor ROW = floats(new float[] {-1, 0, 2}, 1, 3);
    private static final OrtTensor TABLE = floats(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

    @Test
    void arithmetic_broadcasts() {
        OrtTensor column = floats(new float[] {10, 20}, 2, 1);
        OrtTensor sum = RecordedRun.of(List.of(ROW, column), in -> in.get(0).add(in.get(1)));
        assertThat(sum.shape()).containsExactly(2, 3);
        assertThat(sum.floats()).containsExactly(9, 10, 12, 19, 20, 22);
        assertThat(RecordedRun.of(List.of(ROW, column), in -> in.get(1).sub(in.get(0)))
                        .floats())
                .containsExactly(11, 10, 8, 21, 20, 18);
        assertThat(RecordedRun.of(List.of(ROW, column), in -> in.get(0).div(in.get(1)))
                        .floats())
                .containsExactly(-0.1f, 0, 0.2f, -0.05f, 0, 0.1f);
        assertThat(unary(ROW, x -> x.add(1).mul(-2)).floats()).containsExactly(new float[] {0, -2, -6}, CLOSE);
    }

    @Test
    void matrixProducts_ofTableAndTransposed_giveGramMatrix() {
        OrtTensor gram = unary(TABLE, x -> x.matMul(x.transpose(1, 0)));
        assertThat(gram.floats()).containsExactly(5, 11, 17, 11, 25, 39, 17, 39, 61);
        OrtTensor bias = floats(new float[] {100, 200, 300}, 3);
        assertThat(RecordedRun.of(
                                List.of(TABLE, bias),
                                in -> in.get(0).linear(in.get(0).transpose(1, 0), in.get(1)))
                        .floats())
                .containsExactly(105, 211, 317, 111, 225, 339, 117, 239, 361);
    }

    @Test
    void activations_ofSmallNumbers_areTheirFormulas() {
        assertThat(unary(ROW, Tensor::relu).floats()).containsExactly(0, 0, 2);
        assertThat(unary(ROW, Tensor::sigmoid).floats())
                .containsExactly(new float[] {0.26894143f, 0.5f, 0.8807971f}, CLOSE);
        assertThat(unary(ROW, Tensor::silu).floats()).containsExactly(new float[] {-0.26894143f, 0, 1.7615942f}, CLOSE);
        assertThat(unary(ROW, Tensor::gelu).floats()).containsExactly(new float[] {-0.158655f, 0, 1.9545f}, CLOSE);
        assertThat(unary(ROW, Tensor::tanh).floats()).containsExactly(new float[] {-0.7615942f, 0, 0.9640276f}, CLOSE);
        assertThat(unary(ROW, x -> x.softmax(-1)).floats())
                .containsExactly(new float[] {0.04201007f, 0.11419519f, 0.8437947f}, CLOSE);
    }

    @Test
    void normalisations_useTheLastAxis() {
        OrtTensor scale = floats(new float[] {1, 10}, 2);
        OrtTensor shift = floats(new float[] {0, 1}, 2);
        OrtTensor normed =
                RecordedRun.of(List.of(TABLE, scale, shift), in -> in.get(0).layerNorm(in.get(1), in.get(2), 1e-12));
        assertThat(normed.floats()).containsExactly(new float[] {-1, 11, -1, 11, -1, 11}, within(1e-4f));
        OrtTensor unit = unary(floats(new float[] {3, 4, 0, 0}, 2, 2), Tensor::l2Normalize);
        assertThat(unit.floats()).containsExactly(new float[] {0.6f, 0.8f, 0, 0}, CLOSE);
    }

    @Test
    void reductions_keepTheAxis() {
        OrtTensor sum = unary(TABLE, x -> x.sum(0));
        assertThat(sum.shape()).containsExactly(1, 2);
        assertThat(sum.floats()).containsExactly(9, 12);
        assertThat(unary(TABLE, x -> x.mean(-1)).floats()).containsExactly(1.5f, 3.5f, 5.5f);
    }

    @Test
    void cuts_countFromEitherEnd() {
        assertThat(unary(TABLE, x -> x.slice(0, -1, Long.MAX_VALUE)).floats()).containsExactly(5, 6);
        assertThat(unary(TABLE, x -> x.slice(0, 0, -1)).floats()).containsExactly(1, 2, 3, 4);
        assertThat(unary(TABLE, x -> x.slice(1, 1, 2)).floats()).containsExactly(2, 4, 6);
        OrtTensor two = floats(new float[2], 2);
        assertThat(RecordedRun.of(List.of(TABLE, two), in -> in.get(0).last(0, in.get(1), 0))
                        .floats())
                .containsExactly(3, 4, 5, 6);
        OrtTensor none = floats(new float[0], 0);
        assertThat(RecordedRun.of(List.of(TABLE, none), in -> in.get(0).last(0, in.get(1), 0))
                        .shape())
                .containsExactly(0, 2);
    }

    @Test
    void shapes_areRearranged() {
        OrtTensor cube = unary(TABLE, x -> x.reshape(0, 1, -1));
        assertThat(cube.shape()).containsExactly(3, 1, 2);
        assertThat(unary(TABLE, x -> x.concat(-1, List.of(x.mul(10)))).floats())
                .containsExactly(1, 2, 10, 20, 3, 4, 30, 40, 5, 6, 50, 60);
        assertThat(unary(TABLE, x -> x.transpose(1, 0)).floats()).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void gather_takesRows() {
        OrtTensor rows = OrtTensor.longs(new long[] {2, 0, 2, 1}, 2, 2);
        OrtTensor taken = RecordedRun.of(List.of(TABLE, rows), in -> in.get(0).gather(in.get(1)));
        assertThat(taken.shape()).containsExactly(2, 2, 2);
        assertThat(taken.floats()).containsExactly(5, 6, 1, 2, 5, 6, 3, 4);
    }

    @Test
    void where_broadcastsAllThree() {
        OrtTensor condition = floats(new float[] {1, 0, 1}, 3, 1);
        OrtTensor other = floats(new float[] {-1}, 1);
        assertThat(RecordedRun.of(
                                List.of(TABLE, condition, other),
                                in -> in.get(0).where(in.get(1), in.get(2)))
                        .floats())
                .containsExactly(1, 2, -1, -1, 5, 6);
    }

    @Test
    void dropout_isTheTensorItself() {
        Tensor input = new GraphRecorder().input("x", DataType.FLOAT, List.of("batch"));
        assertThat(input.dropout(0.5)).isSameAs(input);
        assertThat(input.named("scope")).isSameAs(input);
    }

    @Test
    void sameCall_isRecordedOnce() {
        Tensor input = new GraphRecorder().input("x", DataType.FLOAT, List.of("batch"));
        assertThat(input.relu()).isEqualTo(input.relu()).hasSameHashCodeAs(input.relu());
        assertThat(input.add(1)).isEqualTo(input.add(1)).isNotEqualTo(input.add(2));
    }

    @Test
    void axis_outOfRange_saysTheRange() {
        Tensor input = new GraphRecorder().input("x", DataType.FLOAT, List.of("batch", "2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.sum(2))
                .withMessage("axis must be in [-2, 2), got 2");
    }

    @Test
    void transpose_notAPermutation_isRefused() {
        Tensor input = new GraphRecorder().input("x", DataType.FLOAT, List.of("batch", "2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.transpose(0, 0))
                .withMessage("order must be a permutation of 2 axes, got [0, 0]");
    }

    @Test
    void reshape_twoInferredSizes_isRefused() {
        Tensor input = new GraphRecorder().input("x", DataType.FLOAT, List.of("batch"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.reshape(-1, -1))
                .withMessage("shape may have one -1, got [-1, -1]");
    }

    @Test
    void operand_ofAnotherGraph_isRefused() {
        Tensor one = new GraphRecorder().input("x", DataType.FLOAT, List.of("batch"));
        Tensor other = new GraphRecorder().input("x", DataType.FLOAT, List.of("batch"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.add(other))
                .withMessageContaining("a recorded tensor takes tensors of its own graph");
    }
}
