package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Compares gradients of a backward pass with central differences, in 64-bit floats. */
final class GradientCheck {
    private static final float STEP = 1f / 8192;

    private GradientCheck() {}

    /** A number computed in a step; backward is what gradients come from. */
    interface Scalar {
        LossComputation.Result of(TorchStep step);
    }

    /** A tensor, reduced here to a number with weights that tell its elements apart. */
    interface Function {
        TorchTensor of(TorchStep step);
    }

    static ParameterSpec normal(String name, Integer... shape) {
        return new ParameterSpec(name, List.of(shape), Initializer.normal(1));
    }

    static void checkTensor(List<ParameterSpec> specs, Function function) {
        check(specs, step -> {
            TorchTensor flat = (TorchTensor) function.of(step).reshape(-1);
            float[] weights = new float[(int) flat.shape().get(0)];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) Math.sin(1 + i);
            }
            TorchTensor sum =
                    (TorchTensor) flat.mul(step.input(weights, weights.length)).sum(0);
            return new LossComputation.Result(sum, TorchTensor.number(sum.array()));
        });
    }

    static void check(List<ParameterSpec> specs, Scalar function) {
        ParameterSet set = ParameterSet.initialize(specs, 11);
        try (TorchSession session = TorchSession.open(OptionalInt.empty(), DataType.FLOAT64)) {
            ParameterSet analytic = gradients(session, set, function);
            for (ParameterSpec spec : specs) {
                for (int i = 0; i < spec.size(); i++) {
                    double expected = difference(session, set, spec.name(), i, function);
                    assertThat((double) analytic.values(spec.name()).get(i))
                            .as("d/d%s[%d]", spec.name(), i)
                            .isCloseTo(expected, within(2e-5 * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    private static ParameterSet gradients(TorchSession session, ParameterSet set, Scalar function) {
        try (TorchParameters parameters = session.parameters(set)) {
            try (TorchStep step = session.train(parameters, 1)) {
                step.backward(function.of(step).backward());
            }
            return parameters.gradients();
        }
    }

    private static double difference(
            TorchSession session, ParameterSet set, String name, int element, Scalar function) {
        float at = set.values(name).get(element);
        double above = value(session, with(set, name, element, at + STEP), function);
        double below = value(session, with(set, name, element, at - STEP), function);
        return (above - below) / ((double) (at + STEP) - (at - STEP));
    }

    private static double value(TorchSession session, ParameterSet set, Scalar function) {
        try (TorchParameters parameters = session.parameters(set);
                TorchStep step = session.train(parameters, 1)) {
            return function.of(step).value();
        }
    }

    private static ParameterSet with(ParameterSet set, String name, int element, float value) {
        Map<String, float[]> values = new HashMap<>();
        for (String other : set.names()) {
            float[] copy = new float[set.spec(other).size()];
            set.values(other).get(copy);
            if (other.equals(name)) {
                copy[element] = value;
            }
            values.put(other, copy);
        }
        return ParameterSet.of(set.specs(), values);
    }
}
