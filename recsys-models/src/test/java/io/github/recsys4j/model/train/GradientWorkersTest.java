package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GradientWorkersTest {
    private static final TransformerTower TOWER = new TransformerTower(TowerOptions.gSasRec(8, 10));
    private static final ParameterSet START = ParameterSet.initialize(TOWER.parameters(), 1);

    /** Sequences of equal length whose user vectors are summed. */
    private record Sequences(TorchSession session, int number) implements GradientWorkers.Part {
        @Override
        public long cost() {
            return 3L + number;
        }

        @Override
        public double addGradients(TorchParameters replica) {
            try (TorchStep step = session.train(replica, number)) {
                int length = 3 + number;
                Tensor user = TOWER.hidden(step, step.input(noise(2 * length * 8, number), 2, length, 8), ones(step));
                TorchTensor sum = (TorchTensor)
                        user.mul(step.input(noise(8, 100), 8)).reshape(-1).sum(0);
                double value = sum.floats()[0];
                step.backward(sum);
                return value;
            }
        }

        private Tensor ones(TorchStep step) {
            return step.input(new float[2 * (3 + number)], 2, 3 + number).add(1);
        }
    }

    private static float[] noise(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static ParameterSet gradients(int workers) {
        try (TorchSession session = TorchSession.open(OptionalInt.of(1));
                TorchParameters parameters = session.parameters(START);
                GradientWorkers work = new GradientWorkers(parameters, workers)) {
            List<Sequences> parts = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                parts.add(new Sequences(session, i));
            }
            work.run(parts);
            return parameters.gradients();
        }
    }

    @Test
    void run_anyNumberOfWorkers_givesTheSameGradients() {
        ParameterSet alone = gradients(1);
        ParameterSet three = gradients(3);
        ParameterSet again = gradients(3);
        for (String name : alone.names()) {
            float[] expected = values(alone, name);
            assertThat(values(three, name)).as(name).containsExactly(expected, within(1e-4f));
            assertThat(values(again, name)).as(name).containsExactly(values(three, name));
        }
        assertThat(values(alone, "norm.weight")).isNotEqualTo(new float[8]);
    }

    private static float[] values(ParameterSet set, String name) {
        float[] values = new float[set.spec(name).size()];
        set.values(name).get(values);
        return values;
    }

    @Test
    void replica_valueChangedInPlace_seesIt() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(START);
                TorchParameters replica = parameters.replica()) {
            parameters.value("norm.bias").addi(session.number(2));
            assertThat(values(replica.snapshot(), "norm.bias")).containsOnly(2);
        }
    }

    @Test
    void run_partFails_throwsItsFailure() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(START);
                GradientWorkers work = new GradientWorkers(parameters, 2)) {
            List<GradientWorkers.Part> parts = List.of(failing("first"), failing("second"));
            assertThatThrownBy(() -> work.run(parts)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static GradientWorkers.Part failing(String message) {
        return new GradientWorkers.Part() {
            @Override
            public long cost() {
                return 1;
            }

            @Override
            public double addGradients(TorchParameters replica) {
                throw new IllegalArgumentException(message);
            }
        };
    }
}
