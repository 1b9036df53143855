package io.github.recsys4j.model.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import com.google.common.base.Throwables;
import io.github.recsys4j.TrainingException;

/**
 * The native engine. One setting of the whole process is touched: {@code ai.djl.offline} is set to true where the host
 * has said nothing, so that the engine neither calls home nor downloads.
 */
final class Torch {
    private static final String NAME = "PyTorch";
    private static final String OFFLINE_PROPERTY = "ai.djl.offline";
    private static final String OFFLINE_VARIABLE = "DJL_OFFLINE";

    private Torch() {}

    /** Starts the engine, or finds it started. */
    static Engine start() {
        if (System.getProperty(OFFLINE_PROPERTY) == null && System.getenv(OFFLINE_VARIABLE) == null) {
            System.setProperty(OFFLINE_PROPERTY, "true");
        }
        try {
            return Engine.getEngine(NAME);
        } catch (EngineException | IllegalArgumentException | LinkageError e) {
            throw new TrainingException(
                    "cannot start libtorch on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + Throwables.getRootCause(e)
                            + "; training needs ai.djl.pytorch:pytorch-engine, pytorch-jni and pytorch-native-cpu for"
                            + " this platform on the class path, in the versions that recsys-models declares, and a"
                            + " writable folder to unpack libtorch into, " + Utils.getEngineCacheDir()
                            + ": name another one with -DENGINE_CACHE_DIR=FOLDER",
                    e);
        }
    }
}
