package io.github.recsys4j.model.train;

import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.testing.NetworkFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Holds losses to what published code gave for the same tensors. */
final class PublishedLoss {
    private PublishedLoss() {}

    /** Runs a loss over tensors of a fixture and compares value and gradients. */
    static void check(String scenario, List<String> tensors, GradientCheck.Scalar loss) {
        Map<String, String> inputs = new HashMap<>();
        tensors.forEach(tensor -> inputs.put(tensor, scenario + "/in/" + tensor));
        ParameterSet gradients = gradients(scenario, inputs, Map.of(), loss);
        NetworkFixture fixture = NetworkFixture.load("losses");
        tensors.forEach(tensor -> fixture.assertTensor(scenario + "/grad/" + tensor, values(gradients, tensor)));
    }

    /** Runs a loss over tensors of a fixture and numbers, compares its value and gives the gradients. */
    static ParameterSet gradients(
            String scenario, Map<String, String> tensors, Map<String, Float> numbers, GradientCheck.Scalar loss) {
        NetworkFixture fixture = NetworkFixture.load("losses");
        List<ParameterSpec> specs = new ArrayList<>();
        Map<String, float[]> values = new HashMap<>();
        tensors.forEach((name, tensor) -> {
            List<Integer> shape = fixture.shape(tensor);
            specs.add(new ParameterSpec(name, shape.isEmpty() ? List.of(1) : shape, Initializer.constant(0)));
            values.put(name, fixture.floats(tensor));
        });
        numbers.forEach((name, number) -> {
            specs.add(new ParameterSpec(name, List.of(1), Initializer.constant(0)));
            values.put(name, new float[] {number});
        });
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.of(specs, values))) {
            try (TorchStep step = session.train(parameters, 0)) {
                LossComputation.Result result = loss.of(step);
                fixture.assertScalar(scenario, result.value());
                step.backward(result.backward());
            }
            return parameters.gradients();
        }
    }

    static float[] values(ParameterSet set, String name) {
        float[] values = new float[set.spec(name).size()];
        set.values(name).get(values);
        return values;
    }
}
