package io.github.recsys4j.model.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.github.recsys4j.TrainingException;
import io.github.recsys4j.model.network.ParameterSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to compute gradients in this process, which the engine gives to one at a time, and everything native that
 * a training run holds. Belongs to the thread that opened it, on which the engine computes without gradients but within
 * a {@link TorchStep}; steps over other {@linkplain TorchParameters#replica() replicas} of the parameters may run on
 * other threads. Close it to give everything back.
 */
final class TorchSession implements AutoCloseable {
    private static final AtomicBoolean OPEN = new AtomicBoolean();

    private final PtNDManager manager;
    private final DataType type;
    private final Map<Double, PtNDArray> numbers = new ConcurrentHashMap<>();
    private final GradientCollector collector;
    private final int threadsBefore;
    private final OptionalInt threads;
    private boolean closed;

    private TorchSession(Engine engine, DataType type, OptionalInt threads) {
        this.manager = (PtNDManager) engine.newBaseManager();
        this.type = type;
        this.threadsBefore = JniUtils.getNumThreads();
        this.threads = threads;
        this.collector = engine.newGradientCollector();
        JniUtils.setGradMode(false);
    }

    /**
     * Opens the session in 32-bit floats.
     *
     * @param threads native threads; empty keeps the process's setting
     * @throws TrainingException if another session is open or the engine does not start
     */
    static TorchSession open(OptionalInt threads) {
        return open(threads, DataType.FLOAT32);
    }

    /** Opens the session in another type of floats; 64-bit ones are for checking gradients. */
    static TorchSession open(OptionalInt threads, DataType type) {
        if (!OPEN.compareAndSet(false, true)) {
            throw new TrainingException("another training is running in this JVM; the engine computes gradients for one"
                    + " at a time: train one after the other, or in a process of its own");
        }
        try {
            Engine engine = Torch.start();
            TorchSession session = new TorchSession(engine, type, threads);
            session.keepThreads();
            return session;
        } catch (RuntimeException | Error e) {
            OPEN.set(false);
            throw e;
        }
    }

    /**
     * Sets the calling thread's number of native threads, where it is not what it should be: ND4J, which validation
     * starts, sets OpenMP's number for whoever calls it first, and sums over another number of threads round otherwise.
     */
    private void keepThreads() {
        if (threads.isPresent() && JniUtils.getNumThreads() != threads.getAsInt()) {
            JniUtils.setNumThreads(threads.getAsInt());
        }
    }

    /** The manager of what lives as long as the session. */
    PtNDManager manager() {
        return manager;
    }

    DataType type() {
        return type;
    }

    /** Copies parameters into native memory, with gradients. */
    TorchParameters parameters(ParameterSet values) {
        return new TorchParameters(this, values);
    }

    /**
     * Begins a forward and backward pass with dropout.
     *
     * @param parameters of this session
     * @param key decides what is dropped: derive it from the seed, the step and the part of the batch
     */
    TorchStep train(TorchParameters parameters, long key) {
        keepThreads();
        return TorchStep.training(this, parameters, key);
    }

    /** Begins a computation without gradients and dropout. */
    TorchStep infer(TorchParameters parameters) {
        keepThreads();
        return TorchStep.inference(this, parameters);
    }

    /** Arrays without a step, such as the state of an optimizer; whoever opens the manager closes it. */
    PtNDManager newManager() {
        return (PtNDManager) manager.newSubManager();
    }

    /**
     * A number as an array in native memory. The engine's own operations with Java numbers keep such an array in Java
     * memory that may be collected before the backward pass reads it.
     */
    PtNDArray number(double value) {
        return numbers.computeIfAbsent(value, this::newNumber);
    }

    private PtNDArray newNumber(double value) {
        PtNDArray number = JniUtils.full(manager, new Shape(), value, type, manager.getDevice(), SparseFormat.DENSE);
        NDScope.unregister(number);
        return number;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            collector.close();
            manager.close();
            JniUtils.setNumThreads(threadsBefore);
            OPEN.set(false);
        }
    }
}
