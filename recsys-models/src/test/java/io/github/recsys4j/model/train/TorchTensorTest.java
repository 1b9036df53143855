package io.github.recsys4j.model.train;

import static io.github.recsys4j.model.train.GradientCheck.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.Tensor;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorchTensorTest {
    private static final List<ParameterSpec> X = List.of(normal("x", 2, 3, 4));

    static Stream<Named<UnaryOperator<Tensor>>> unary() {
        return Stream.of(
                Named.of("add number", x -> x.add(1.5)),
                Named.of("mul number", x -> x.mul(-2.5)),
                Named.of("softmax last", x -> x.softmax(-1)),
                Named.of("softmax first", x -> x.softmax(0)),
                Named.of("relu", Tensor::relu),
                Named.of("gelu", Tensor::gelu),
                Named.of("silu", Tensor::silu),
                Named.of("sigmoid", Tensor::sigmoid),
                Named.of("tanh", Tensor::tanh),
                Named.of("slice", x -> x.slice(1, 1, 3)),
                Named.of("slice from end", x -> x.slice(-1, -2, Long.MAX_VALUE)),
                Named.of("last", x -> x.last(2, x, 0)),
                Named.of("reshape", x -> x.reshape(0, -1)),
                Named.of("transpose", x -> x.transpose(2, 0, 1)),
                Named.of("sum", x -> x.sum(1)),
                Named.of("mean", x -> x.mean(-1)),
                Named.of("l2Normalize", Tensor::l2Normalize),
                Named.of("dropout", x -> x.dropout(0.3)),
                Named.of("concat", x -> x.concat(1, List.of(x.mul(2), x.slice(1, 0, 1)))),
                Named.of("named", x -> x.named("here")));
    }

    @ParameterizedTest
    @MethodSource("unary")
    void gradient_ofOneTensor_equalsDifferences(UnaryOperator<Tensor> operation) {
        GradientCheck.checkTensor(X, step -> (TorchTensor) operation.apply(step.get("x")));
    }

    static Stream<Named<BiFunction<Tensor, Tensor, Tensor>>> binary() {
        return Stream.of(
                Named.of("add", Tensor::add),
                Named.of("sub", Tensor::sub),
                Named.of("mul", Tensor::mul),
                Named.of("div", (x, y) -> x.div(y.mul(y).add(0.5))));
    }

    @ParameterizedTest
    @MethodSource("binary")
    void gradient_ofTwoBroadcastTensors_equalsDifferences(BiFunction<Tensor, Tensor, Tensor> operation) {
        List<ParameterSpec> specs = List.of(normal("x", 2, 1, 3), normal("y", 4, 1));
        GradientCheck.checkTensor(specs, step -> (TorchTensor) operation.apply(step.get("x"), step.get("y")));
    }

    @Test
    void gradient_ofProducts_equalsDifferences() {
        List<ParameterSpec> matrices = List.of(normal("x", 2, 3, 4), normal("y", 4, 2));
        GradientCheck.checkTensor(matrices, step -> (TorchTensor) step.get("x").matMul(step.get("y")));
        List<ParameterSpec> batches = List.of(normal("x", 2, 1, 3, 4), normal("y", 2, 4, 2));
        GradientCheck.checkTensor(batches, step -> (TorchTensor) step.get("x").matMul(step.get("y")));
        List<ParameterSpec> linear = List.of(normal("x", 2, 3, 4), normal("w", 4, 5), normal("b", 5));
        GradientCheck.checkTensor(linear, step -> (TorchTensor) step.get("x").linear(step.get("w"), step.get("b")));
    }

    @Test
    void gradient_ofLayerNorm_equalsDifferences() {
        List<ParameterSpec> specs = List.of(normal("x", 2, 5), normal("gamma", 5), normal("beta", 5));
        GradientCheck.checkTensor(
                specs, step -> (TorchTensor) step.get("x").layerNorm(step.get("gamma"), step.get("beta"), 1e-5));
    }

    @Test
    void gradient_ofGather_addsUpRepeatedRows() {
        GradientCheck.checkTensor(List.of(normal("table", 4, 3)), step ->
                (TorchTensor) step.get("table").gather(step.indices(new long[] {3, 1, 1, 0}, 2, 2)));
        GradientCheck.checkTensor(List.of(normal("table", 4, 2, 2)), step ->
                (TorchTensor) step.get("table").gather(step.indices(new long[] {2, 2, 0}, 3)));
    }

    @Test
    void gradient_ofWhere_equalsDifferences() {
        List<ParameterSpec> specs = List.of(normal("x", 2, 1, 3), normal("y", 4, 1));
        GradientCheck.checkTensor(specs, step -> (TorchTensor) step.get("x")
                .where(step.input(new float[] {1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0}, 4, 3), step.get("y")));
    }

    @Test
    void operations_onGivenNumbers_giveKnownResults() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.initialize(X, 1));
                TorchStep step = session.infer(parameters)) {
            Tensor x = step.input(new float[] {-1, 0, 2, 3}, 2, 2);
            assertThat(floats(x.relu())).containsExactly(0, 0, 2, 3);
            assertThat(floats(x.silu()))
                    .containsExactly(new float[] {-0.26894143f, 0, 1.7615942f, 2.8577223f}, within(1e-6f));
            assertThat(floats(x.gelu()))
                    .containsExactly(new float[] {-0.15865526f, 0, 1.9544997f, 2.9959502f}, within(1e-6f));
            assertThat(floats(x.sum(0))).containsExactly(1, 3);
            assertThat(x.sum(0).rank()).isEqualTo(2);
            assertThat(floats(x.mean(1))).containsExactly(-0.5f, 2.5f);
            assertThat(floats(x.transpose(1, 0))).containsExactly(-1, 2, 0, 3);
            assertThat(floats(x.dropout(0.9))).containsExactly(-1, 0, 2, 3);
            assertThat(floats(x.mul(0).l2Normalize())).containsExactly(new float[4], within(0f));
            assertThat(floats(x.where(step.input(new float[] {1, 0}, 2, 1), step.input(new float[] {7, 8}, 2))))
                    .containsExactly(-1, 0, 7, 8);
            assertThat(floats(x.last(1, step.input(new float[1], 1, 1), 0))).containsExactly(0, 3);
        }
    }

    @Test
    void last_longerThanTheTable_saysBothLengths() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.initialize(X, 1));
                TorchStep step = session.infer(parameters)) {
            Tensor table = step.input(new float[6], 3, 2);
            Tensor long4 = step.input(new float[4], 4);
            assertThatThrownBy(() -> table.last(0, long4, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a length of 4 is more than the 3 that are there");
        }
    }

    @Test
    void get_unknownParameter_saysWhichAreKnown() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.initialize(X, 1));
                TorchStep step = session.infer(parameters)) {
            assertThatThrownBy(() -> step.get("y"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("parameter y is not declared, known are [x]");
            assertThatThrownBy(() -> step.backward(step.get("x"))).isInstanceOf(IllegalStateException.class);
        }
    }

    private static float[] floats(Tensor tensor) {
        return ((TorchTensor) tensor).floats();
    }
}
