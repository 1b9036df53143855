package io.github.recsys4j.model.train;

import ai.djl.ndarray.NDArray;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import io.github.recsys4j.model.testing.NetworkFixture;
import io.github.recsys4j.model.testing.PublishedLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three steps of Adam on the published network, batch and gBCE loss end at the published parameters. */
class AdamStepsConformanceTest {
    private static final int ITEMS = 50;
    private static final int NEGATIVES = 4;
    private static final double LEARNING_RATE = 1e-3;

    @ParameterizedTest
    @CsvSource({"gsasrec-h1, 1, false", "gsasrec-h2, 2, false", "gsasrec-h2-tied, 2, true"})
    void step_threeTimesOnThePublishedBatch_endsAtThePublishedParameters(String folder, int heads, boolean shared) {
        NetworkFixture fixture = NetworkFixture.load(folder);
        SequenceNetwork network = new SequenceNetwork(
                ITEMS,
                shared,
                new TransformerTower(
                        TowerOptions.gSasRec(16, 12).withHeads(heads).withDropout(0)));
        try (TorchSession session = TorchSession.open(OptionalInt.of(1));
                TorchParameters parameters =
                        session.parameters(PublishedLayout.GSASREC.read(fixture, "param/", network))) {
            TorchOptimizer adam = TorchOptimizer.of(Optimizer.adam(), session.manager());
            for (int step = 0; step < 3; step++) {
                fixture.assertScalar(
                        "loss_t0.75_before_step_" + step, addGradients(fixture, network, session, parameters));
                update(adam, parameters);
            }
            fixture.assertScalar("loss_t0.75_before_step_3", addGradients(fixture, network, session, parameters));
            PublishedLayout.GSASREC.assertAll(fixture, "t0.75/adam3/", parameters.snapshot());
        }
    }

    private static double addGradients(
            NetworkFixture fixture, SequenceNetwork network, TorchSession session, TorchParameters parameters) {
        long[] ids = PublishedLayout.GSASREC.rows(fixture.longs("input/model_input"), ITEMS);
        long[] labels = PublishedLayout.GSASREC.rows(fixture.longs("input/labels"), ITEMS);
        int[] places = TowerConformanceTest.realPlaces(ids);
        Targets targets = Targets.perPosition(
                TowerConformanceTest.at(labels, places),
                TowerConformanceTest.gSasRecNegatives(fixture, places),
                NEGATIVES);
        parameters.zeroGradients();
        try (TorchStep step = session.train(parameters, 0)) {
            Tensor hidden = TowerConformanceTest.hidden(step, network, ids, ids);
            LossComputation.Result result = new LossComputation(Loss.gbce(0.75), ITEMS)
                    .compute(
                            TowerConformanceTest.pack(step, hidden, places),
                            (TorchTensor) network.vectors(step),
                            targets,
                            1.0 / places.length);
            step.backward(result.backward());
            return result.value();
        }
    }

    private static void update(TorchOptimizer adam, TorchParameters parameters) {
        Map<String, NDArray> values = new LinkedHashMap<>();
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (String name : parameters.names()) {
            values.put(name, parameters.value(name));
            gradients.put(name, parameters.gradient(name));
        }
        adam.step(values, gradients, LEARNING_RATE);
        gradients.values().forEach(NDArray::close);
    }
}
