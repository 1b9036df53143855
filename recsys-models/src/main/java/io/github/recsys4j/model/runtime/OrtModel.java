package io.github.recsys4j.model.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.recsys4j.InferenceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model, loaded and ready to run.
 *
 * <p>Owns its native session: {@link #close()} waits for the runs in flight, then releases it; a second call is
 * harmless and a later run throws {@link IllegalStateException}.
 *
 * <p>Thread-safety: safe for many threads, which run side by side.
 */
public final class OrtModel implements AutoCloseable {
    private final String name;
    private final OrtEnvironment environment;
    private final Device device;
    private final ModelSignature signature;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable OrtSession session;

    private OrtModel(String name, OrtEnvironment environment, Device device, OrtSession session) throws OrtException {
        this.name = name;
        this.environment = environment;
        this.device = device;
        this.session = session;
        signature = ModelSignature.of(name, session);
    }

    /** Opens a session with options. */
    @FunctionalInterface
    private interface Opening {
        OrtSession open(OrtEnvironment environment, SessionOptions options) throws OrtException;
    }

    /**
     * Loads a model file.
     *
     * @param path an ONNX file
     * @param options where and how it runs
     * @return the model, to be closed by the caller
     * @throws InferenceException if the file is not a model ONNX Runtime can run, the device is not there, or the
     *     class path holds ONNX Runtime not exactly once
     */
    public static OrtModel load(Path path, OrtOptions options) {
        return open(
                path.toString(),
                options,
                (environment, settings) -> environment.createSession(path.toString(), settings));
    }

    /**
     * Loads a model from memory.
     *
     * @param name what error messages call it
     * @param onnx the bytes of an ONNX file
     * @param options where and how it runs
     * @return the model, to be closed by the caller
     * @throws InferenceException if the bytes are not a model ONNX Runtime can run, the device is not there, or the
     *     class path holds ONNX Runtime not exactly once
     */
    public static OrtModel of(String name, byte[] onnx, OrtOptions options) {
        return open(name, options, (environment, settings) -> environment.createSession(onnx, settings));
    }

    private static OrtModel open(String name, OrtOptions options, Opening opening) {
        OrtEnvironment environment = OrtLibrary.environment();
        try (SessionOptions settings = new SessionOptions()) {
            Device device = OrtLibrary.use(options.device(), settings);
            configure(settings, options);
            return new OrtModel(name, environment, device, opening.open(environment, settings));
        } catch (OrtException e) {
            throw new InferenceException(
                    "Model " + name + " could not be loaded: " + e.getMessage()
                            + ". It must be an ONNX file of opset 13 to 26 whose operators ONNX Runtime knows",
                    e);
        }
    }

    private static void configure(SessionOptions settings, OrtOptions options) throws OrtException {
        settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        settings.setIntraOpNumThreads(options.threads());
        settings.setInterOpNumThreads(1);
        // Threads that spin while they wait would take a shared host's cores.
        settings.addConfigEntry("session.intra_op.allow_spinning", "0");
        settings.setMemoryPatternOptimization(false);
    }

    /** {@return the version of ONNX Runtime on the class path} */
    public static String runtimeVersion() {
        return OrtLibrary.environment().getVersion();
    }

    /** {@return the device it runs on, with {@link Device#auto()} decided} */
    public Device device() {
        return device;
    }

    /** {@return the names of the inputs, in the model's order} */
    public List<String> inputs() {
        return signature.inputNames();
    }

    /** {@return the names of the outputs, in the model's order} */
    public List<String> outputs() {
        return signature.outputNames();
    }

    /**
     * Gives the shape of an input.
     *
     * @param name one of {@link #inputs()}
     * @return one size per axis, -1 where it is the caller's
     * @throws IllegalArgumentException if the model has no such input
     */
    public long[] inputShape(String name) {
        return signature.inputShape(name);
    }

    /**
     * Runs the model once.
     *
     * @param inputs one tensor for each of {@link #inputs()}
     * @param output which of {@link #outputs()} to compute
     * @return that output
     * @throws IllegalArgumentException if an input is missing, unknown or of another type or shape, or the output is
     *     unknown
     * @throws InferenceException if the run fails
     * @throws IllegalStateException if the model is closed
     */
    public OrtTensor run(Map<String, OrtTensor> inputs, String output) {
        return run(inputs, List.of(output)).get(0);
    }

    /** Runs the model once for several outputs, in their order. */
    List<OrtTensor> run(Map<String, OrtTensor> inputs, List<String> outputs) {
        outputs.forEach(output -> signature.check(inputs, output));
        lock.readLock().lock();
        try {
            return run(openSession(), inputs, outputs);
        } finally {
            lock.readLock().unlock();
        }
    }

    private OrtSession openSession() {
        if (session == null) {
            throw new IllegalStateException("Model " + name + " is closed: load it again");
        }
        return session;
    }

    private List<OrtTensor> run(OrtSession running, Map<String, OrtTensor> inputs, List<String> outputs) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, OrtTensor> input : inputs.entrySet()) {
                tensors.put(input.getKey(), toNative(input.getValue()));
            }
            try (OrtSession.Result result = running.run(tensors, new LinkedHashSet<>(outputs))) {
                List<OrtTensor> values = new ArrayList<>();
                for (String output : outputs) {
                    values.add(
                            fromNative(output, (OnnxTensor) result.get(output).orElseThrow()));
                }
                return values;
            }
        } catch (OrtException e) {
            throw new InferenceException("Model " + name + " failed on inputs " + inputs + ": " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor toNative(OrtTensor tensor) throws OrtException {
        return tensor.isFloat()
                ? OnnxTensor.createTensor(environment, tensor.floatBuffer(), tensor.shape())
                : OnnxTensor.createTensor(environment, tensor.longBuffer(), tensor.shape());
    }

    private OrtTensor fromNative(String output, OnnxTensor tensor) {
        OnnxJavaType type = tensor.getInfo().type;
        long[] shape = tensor.getInfo().getShape();
        return switch (type) {
            case FLOAT -> OrtTensor.floats(tensor.getFloatBuffer(), shape);
            case INT64 -> OrtTensor.longs(tensor.getLongBuffer().array(), shape);
            default ->
                throw new InferenceException("Output \"" + output + "\" of model " + name + " is " + type
                        + "; float32 and int64 can be read: cast it when the model is exported");
        };
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (session != null) {
                session.close();
                session = null;
            }
        } catch (OrtException e) {
            throw new InferenceException("Model " + name + " could not be closed: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "OrtModel[" + name + " on " + device + ", " + signature + "]";
    }
}
