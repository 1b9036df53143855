package io.github.recsys4j.model.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.TrainingException;
import java.util.OptionalInt;

/**
 * The native engine. Two settings of the whole process are touched: {@code ai.djl.offline} is set to true where the
 * host has said nothing, so that the engine neither calls home nor downloads, and the number of native threads where
 * training is told one.
 */
final class Torch {
    private static final String NAME = "PyTorch";
    private static final String OFFLINE_PROPERTY = "ai.djl.offline";
    private static final String OFFLINE_VARIABLE = "DJL_OFFLINE";

    private Torch() {}

    /** Starts the engine, or finds it started; threads empty keeps the process's setting. */
    static Engine start(OptionalInt threads) {
        if (System.getProperty(OFFLINE_PROPERTY) == null && System.getenv(OFFLINE_VARIABLE) == null) {
            System.setProperty(OFFLINE_PROPERTY, "true");
        }
        try {
            Engine engine = Engine.getEngine(NAME);
            threads.ifPresent(JniUtils::setNumThreads);
            return engine;
        } catch (EngineException | IllegalArgumentException | LinkageError e) {
            throw new TrainingException(
                    "cannot start libtorch on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e
                            + "; training needs ai.djl.pytorch:pytorch-engine, pytorch-jni and pytorch-native-cpu for"
                            + " this platform on the class path, in the versions that recsys-models declares",
                    e);
        }
    }
}
