package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkState;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.Weights;
import java.nio.ByteBuffer;

/**
 * One forward pass and, in training, one backward pass. Owns every array that the pass makes and frees them when it is
 * closed; parameters only gain their gradients. One step at a time over the same
 * parameters, on the thread that began it.
 *
 * <p>Two managers: what was created from Java memory must outlive the backward pass, since the engine reads it in
 * place; results may be let go as soon as the backward pass begins, since the engine keeps those that it needs.
 */
final class TorchStep implements Weights, AutoCloseable {
    private final TorchSession session;
    private final TorchParameters parameters;
    private final PtNDManager inputs;
    private final PtNDManager results;
    private final boolean training;
    private final DropoutMasks masks;
    private final boolean gradientsBefore;

    private TorchStep(TorchSession session, TorchParameters parameters, long key, boolean training) {
        this.session = session;
        this.parameters = parameters;
        this.inputs = session.newManager();
        this.results = session.newManager();
        this.masks = new DropoutMasks(key, parameters.memory());
        this.gradientsBefore = JniUtils.isGradMode();
        this.training = training;
        JniUtils.setGradMode(training);
    }

    static TorchStep training(TorchSession session, TorchParameters parameters, long key) {
        return new TorchStep(session, parameters, key, true);
    }

    static TorchStep inference(TorchSession session, TorchParameters parameters) {
        return new TorchStep(session, parameters, 0, false);
    }

    @Override
    public TorchTensor get(String name) {
        return new TorchTensor(parameters.value(name), this);
    }

    @Override
    public TorchTensor constant(String name, float[] values, long... shape) {
        return new TorchTensor(parameters.constant(name, values, shape), this);
    }

    /** Floats from Java, row-major; copied. */
    TorchTensor input(float[] values, long... shape) {
        ByteBuffer bytes = parameters.memory().take(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        return new TorchTensor(typed(inputs.create(bytes, new Shape(shape), DataType.FLOAT32)), this);
    }

    /** Indices from Java, row-major; copied. */
    TorchTensor indices(long[] values, long... shape) {
        ByteBuffer bytes = parameters.memory().take(Math.multiplyExact(values.length, Long.BYTES));
        bytes.asLongBuffer().put(values);
        return new TorchTensor(inputs.create(bytes, new Shape(shape), DataType.INT64), this);
    }

    private PtNDArray typed(PtNDArray array) {
        return session.type() == DataType.FLOAT32 ? array : array.toType(session.type(), false);
    }

    boolean isTraining() {
        return training;
    }

    TorchSession session() {
        return session;
    }

    /** The manager of results. */
    PtNDManager manager() {
        return results;
    }

    /** Makes an array, result of any operation, belong to this step. */
    PtNDArray own(NDArray array) {
        PtNDArray result = (PtNDArray) array;
        if (result.getManager() != results) {
            result.attach(results);
        }
        return result;
    }

    TorchTensor wrap(NDArray array) {
        return new TorchTensor(own(array), this);
    }

    PtNDArray number(double value) {
        return session.number(value);
    }

    PtNDArray dropoutMask(Shape shape, double probability) {
        return masks.next(inputs, shape, probability, session.type());
    }

    /** The array behind a tensor of this backend. */
    static PtNDArray array(Tensor tensor) {
        return ((TorchTensor) tensor).array();
    }

    /**
     * Adds the gradient of a number to the parameters' and frees what was computed: tensors of this step cannot be
     * used afterwards.
     *
     * @param loss one element
     */
    void backward(TorchTensor loss) {
        PtNDArray last = loss.array();
        last.attach(inputs);
        results.close();
        backwardWithin(last);
    }

    /** A backward pass through a part that stands on its own; everything stays usable. */
    void backwardWithin(PtNDArray loss) {
        checkState(training, "a step without gradients has no backward pass");
        try (PtNDArray one = JniUtils.onesLike(loss, session.type(), inputs.getDevice(), SparseFormat.DENSE)) {
            JniUtils.backward(loss, one, false, false);
        }
    }

    @Override
    public void close() {
        results.close();
        inputs.close();
        JniUtils.setGradMode(gradientsBefore);
        parameters.memory().reset();
    }
}
