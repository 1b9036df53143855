package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.TrainingException;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TorchSessionTest {
    private static final int ITEMS = 500;
    private static final SequenceNetwork NETWORK =
            new SequenceNetwork(ITEMS, false, new TransformerTower(TowerOptions.gSasRec(64, 50)));
    private static final ParameterSet START = ParameterSet.initialize(NETWORK.parameters(), 1);

    @Test
    void step_otherLibraryChangedTheThreads_runsOnThoseOfTheSession() {
        Engine.getEngine("PyTorch");
        int before = JniUtils.getNumThreads();
        try (TorchSession session = TorchSession.open(OptionalInt.of(1));
                TorchParameters parameters = session.parameters(START)) {
            JniUtils.setNumThreads(3);
            try (TorchStep step = session.train(parameters, 1)) {
                assertThat(step.isTraining()).isTrue();
                assertThat(JniUtils.getNumThreads()).isOne();
            }
            JniUtils.setNumThreads(3);
            try (TorchStep step = session.infer(parameters)) {
                assertThat(step.isTraining()).isFalse();
                assertThat(JniUtils.getNumThreads()).isOne();
            }
        }
        assertThat(JniUtils.getNumThreads()).isEqualTo(before);
    }

    @Test
    void open_whileAnotherIsOpen_saysOneAtATime() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty())) {
            assertThat(session.type()).isEqualTo(DataType.FLOAT32);
            assertThatThrownBy(() -> TorchSession.open(OptionalInt.empty()))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContainingAll("another training is running", "process of its own");
        }
        TorchSession.open(OptionalInt.empty()).close();
    }

    @Test
    void snapshot_ofCopiedParameters_givesThemBack() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(START)) {
            ParameterSet copy = parameters.snapshot();
            assertThat(copy.names()).isEqualTo(START.names());
            for (String name : START.names()) {
                assertThat(copy.values(name)).isEqualTo(START.values(name));
            }
        }
    }

    @Test
    void train_sameKey_dropsTheSame() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(START)) {
            double first = pass(session, parameters, 5, 2);
            assertThat(pass(session, parameters, 5, 2)).isEqualTo(first);
            assertThat(pass(session, parameters, 6, 2)).isNotEqualTo(first);
        }
    }

    @Test
    void dropoutMask_largeShape_dropsItsShareIndependently() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(START);
                TorchStep step = session.train(parameters, 3)) {
            float[] first =
                    step.wrap(step.dropoutMask(new Shape(1000, 1000), 0.3)).floats();
            float[] second =
                    step.wrap(step.dropoutMask(new Shape(1000, 1000), 0.3)).floats();
            int kept = 0;
            int both = 0;
            int neighbours = 0;
            for (int i = 0; i < first.length; i++) {
                assertThat(first[i] == 0 || first[i] == (float) (1 / 0.7)).isTrue();
                kept += first[i] > 0 ? 1 : 0;
                both += first[i] > 0 && second[i] > 0 ? 1 : 0;
                neighbours += i > 0 && first[i] > 0 && first[i - 1] > 0 ? 1 : 0;
            }
            assertThat(kept).isBetween(698_000, 702_000);
            assertThat(both).isBetween(488_000, 492_000);
            assertThat(neighbours).isBetween(488_000, 492_000);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void steps_manyInARow_keepMemoryFlat() throws IOException {
        try (TorchSession session = TorchSession.open(OptionalInt.of(1));
                TorchParameters parameters = session.parameters(START)) {
            for (int i = 0; i < 60; i++) {
                pass(session, parameters, i, 4);
            }
            int arrays = session.manager().getManagedArrays().size();
            long before = resident();
            for (int i = 0; i < 200; i++) {
                pass(session, parameters, i, 4);
            }
            assertThat(session.manager().getManagedArrays()).hasSize(arrays);
            assertThat(parameters.names()).hasSize(START.names().size());
            assertThat(resident() - before).isLessThan(48L << 20);
        }
    }

    /** A step of gBCE with its gradient; about 10 MB of arrays each. */
    private static double pass(TorchSession session, TorchParameters parameters, long key, int batch) {
        SplittableRandom random = new SplittableRandom(key);
        int positions = batch * 50;
        try (TorchStep step = session.train(parameters, key)) {
            Tensor inputs = NETWORK.inputs(
                    step, step.indices(random.longs(positions, 0, ITEMS).toArray(), batch, 50));
            Tensor mask = step.input(new float[positions], batch, 50).add(1);
            TorchTensor hidden =
                    (TorchTensor) NETWORK.tower().hidden(step, inputs, mask).reshape(-1, 64);
            Targets targets = Targets.perPosition(
                    new SplittableRandom(1).ints(positions, 0, ITEMS).toArray(),
                    new SplittableRandom(2).ints(positions * 32L, 0, ITEMS).toArray(),
                    32);
            LossComputation.Result result = new LossComputation(Loss.gbce(0.75), ITEMS)
                    .compute(hidden, (TorchTensor) NETWORK.vectors(step), targets, 1.0 / positions);
            step.backward(result.backward());
            return result.value();
        }
    }

    /** Resident memory outside the Java heap, whose pages fill at the collector's leisure: it lies below 64 GiB. */
    private static long resident() throws IOException {
        long kibibytes = 0;
        boolean counts = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            int dash = line.indexOf('-');
            if (dash > 0 && line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                counts = Long.compareUnsigned(Long.parseUnsignedLong(line.substring(0, dash), 16), 64L << 30) >= 0;
            } else if (counts && line.startsWith("Rss:")) {
                kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kibibytes << 10;
    }
}
