package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.model.export.RecordedRun;
import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both interpreters of a network are equal: each operation, on random shapes and values, computed by libtorch and
 * recorded, then run in ONNX Runtime, gives the same shape and the same numbers within
 * {@code 1e-5 * max(1, max |value|)}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterpretersAgreeTest {
    private static final int REPETITIONS = 12;

    private TorchSession session;
    private TorchParameters nothing;

    /** An operation, and how to draw inputs for it. */
    record Operation(
            String name, Function<SplittableRandom, List<OrtTensor>> inputs, Function<List<Tensor>, Tensor> body) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void open() {
        session = TorchSession.open(OptionalInt.empty());
        nothing = session.parameters(
                ParameterSet.initialize(List.of(new ParameterSpec("unused", List.of(1), Initializer.constant(0))), 0));
    }

    @AfterAll
    void close() {
        session.close();
    }

    private static int size(SplittableRandom random) {
        return 1 + random.nextInt(6);
    }

    private static OrtTensor draw(SplittableRandom random, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextGaussian());
        }
        return OrtTensor.floats(values, shape);
    }

    private static OrtTensor drawIndices(SplittableRandom random, long bound, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return OrtTensor.longs(random.longs(count, 0, bound).toArray(), shape);
    }

    private static List<OrtTensor> cube(SplittableRandom random) {
        return List.of(draw(random, size(random), size(random), size(random)));
    }

    private static Operation unary(String name, UnaryOperator<Tensor> body) {
        return new Operation(name, InterpretersAgreeTest::cube, in -> body.apply(in.get(0)));
    }

    /** Shapes {@code [a, b, c]} and, in turn, the same, {@code [c]}, {@code [b, 1]} and {@code [a, 1, c]}. */
    private static List<OrtTensor> broadcast(SplittableRandom random) {
        int a = size(random);
        int b = size(random);
        int c = size(random);
        long[][] others = {{a, b, c}, {c}, {b, 1}, {a, 1, c}};
        return List.of(draw(random, a, b, c), draw(random, others[random.nextInt(others.length)]));
    }

    private static Operation binary(String name, Function<List<Tensor>, Tensor> body) {
        return new Operation(name, InterpretersAgreeTest::broadcast, body);
    }

    private static OrtTensor awayFromZero(OrtTensor tensor) {
        float[] values = tensor.floats().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += Math.copySign(0.5f, values[i]);
        }
        return OrtTensor.floats(values, tensor.shape());
    }

    static Stream<Operation> operations() {
        List<Operation> all = new ArrayList<>(List.of(
                binary("add", in -> in.get(0).add(in.get(1))),
                binary("sub", in -> in.get(0).sub(in.get(1))),
                binary("mul", in -> in.get(0).mul(in.get(1))),
                new Operation(
                        "div",
                        random -> broadcast(random).stream()
                                .map(InterpretersAgreeTest::awayFromZero)
                                .toList(),
                        in -> in.get(0).div(in.get(1))),
                unary("add number", x -> x.add(-1.25)),
                unary("mul number", x -> x.mul(0.3)),
                unary("softmax last", x -> x.softmax(-1)),
                unary("softmax middle", x -> x.softmax(1)),
                unary("relu", Tensor::relu),
                unary("gelu", Tensor::gelu),
                unary("silu", Tensor::silu),
                unary("sigmoid", Tensor::sigmoid),
                unary("tanh", Tensor::tanh),
                unary("sum", x -> x.sum(1)),
                unary("mean", x -> x.mean(-1)),
                unary("l2Normalize", Tensor::l2Normalize),
                unary("l2Normalize of zeros", x -> x.mul(0).l2Normalize()),
                unary("transpose", x -> x.transpose(2, 0, 1)),
                unary("reshape", x -> x.reshape(0, -1)),
                unary("reshape to four axes", x -> x.reshape(0, 0, 1, -1)),
                unary("slice first", x -> x.slice(0, 0, 1)),
                unary("slice last", x -> x.slice(-1, -1, Long.MAX_VALUE)),
                unary("concat", x -> x.concat(1, List.of(x.mul(2), x))),
                unary("dropout outside training", x -> x.dropout(0.5)),
                unary("named", x -> x.relu().named("here").add(1))));
        all.addAll(List.of(
                new Operation(
                        "matMul",
                        random -> {
                            int inner = size(random);
                            return List.of(
                                    draw(random, 2, 3, size(random), inner), draw(random, 2, 3, inner, size(random)));
                        },
                        in -> in.get(0).matMul(in.get(1))),
                new Operation(
                        "matMul with a matrix",
                        random -> {
                            int inner = size(random);
                            return List.of(draw(random, size(random), 3, inner), draw(random, inner, size(random)));
                        },
                        in -> in.get(0).matMul(in.get(1))),
                new Operation(
                        "linear",
                        random -> {
                            int in = size(random);
                            int out = size(random);
                            return List.of(
                                    draw(random, size(random), size(random), in),
                                    draw(random, in, out),
                                    draw(random, out));
                        },
                        in -> in.get(0).linear(in.get(1), in.get(2))),
                new Operation(
                        "layerNorm",
                        random -> {
                            int dim = 2 + size(random);
                            return List.of(
                                    draw(random, size(random), size(random), dim),
                                    draw(random, dim),
                                    draw(random, dim));
                        },
                        in -> in.get(0).layerNorm(in.get(1), in.get(2), 1e-5)),
                new Operation(
                        "gather",
                        random -> {
                            int rows = size(random);
                            return List.of(
                                    draw(random, rows, size(random)),
                                    drawIndices(random, rows, size(random), size(random)));
                        },
                        in -> in.get(0).gather(in.get(1))),
                new Operation(
                        "last",
                        random -> {
                            int rows = size(random);
                            return List.of(
                                    draw(random, rows, 3), draw(random, size(random), 1 + random.nextInt(rows), 2));
                        },
                        in -> in.get(0).last(0, in.get(1), 1)),
                new Operation(
                        "where",
                        random -> {
                            int rows = size(random);
                            int columns = size(random);
                            float[] condition = new float[rows];
                            for (int i = 0; i < rows; i++) {
                                condition[i] = random.nextInt(2);
                            }
                            return List.of(
                                    draw(random, 2, rows, columns),
                                    OrtTensor.floats(condition, rows, 1),
                                    draw(random, columns));
                        },
                        in -> in.get(0).where(in.get(1), in.get(2)))));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_randomShapesAndValues_sameInBothInterpreters(Operation operation) {
        for (int seed = 0; seed < REPETITIONS; seed++) {
            List<OrtTensor> inputs = operation.inputs().apply(new SplittableRandom(seed));
            OrtTensor recorded = RecordedRun.of(inputs, operation.body());
            try (TorchStep step = session.infer(nothing)) {
                List<Tensor> tensors =
                        inputs.stream().map(input -> tensor(step, input)).toList();
                TorchTensor computed = (TorchTensor) operation.body().apply(tensors);
                assertThat(computed.shape().getShape())
                        .as("shape, seed %s", seed)
                        .isEqualTo(recorded.shape());
                assertThat(computed.rank()).isEqualTo(recorded.shape().length);
                Agreement.assertClose(recorded.floats(), computed.floats());
            }
        }
    }

    private static Tensor tensor(TorchStep step, OrtTensor input) {
        return input.isFloat() ? step.input(input.floats(), input.shape()) : step.indices(input.longs(), input.shape());
    }
}
