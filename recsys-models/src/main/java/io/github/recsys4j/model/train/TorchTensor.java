package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.model.network.Tensor;
import java.util.List;

/**
 * A tensor that is computed at once by libtorch, with gradients where its step collects them. The array belongs to the
 * step and is gone when that is closed.
 */
record TorchTensor(PtNDArray array, TorchStep step) implements Tensor {
    private static final double SHORTEST = 1e-12;

    @Override
    public int rank() {
        return array.getShape().dimension();
    }

    /** The sizes. */
    Shape shape() {
        return array.getShape();
    }

    /** The elements, row-major. */
    float[] floats() {
        PtNDArray typed = step.own(step.own(array.stopGradient()).toType(DataType.FLOAT32, true));
        return typed.toFloatArray();
    }

    @Override
    public Tensor add(Tensor other) {
        return step.wrap(array.add(array(other)));
    }

    @Override
    public Tensor sub(Tensor other) {
        return step.wrap(array.sub(array(other)));
    }

    @Override
    public Tensor mul(Tensor other) {
        return step.wrap(array.mul(array(other)));
    }

    @Override
    public Tensor div(Tensor other) {
        return step.wrap(array.div(array(other)));
    }

    @Override
    public Tensor add(double value) {
        return step.wrap(array.add(step.number(value)));
    }

    @Override
    public Tensor mul(double value) {
        return scaled(value);
    }

    @Override
    public Tensor matMul(Tensor other) {
        return step.wrap(JniUtils.matmul(array, array(other)));
    }

    @Override
    public Tensor linear(Tensor weight, Tensor bias) {
        PtNDArray transposed = step.own(JniUtils.transpose(array(weight), 0, 1));
        return step.wrap(JniUtils.linear(array, transposed, array(bias)));
    }

    @Override
    public Tensor gather(Tensor indices) {
        PtNDArray rows = array(indices);
        if (rank() == 2) {
            return step.wrap(JniUtils.embedding(rows, array, false));
        }
        PtNDArray table =
                step.own(JniUtils.reshape(array, new long[] {array.getShape().get(0), -1}));
        PtNDArray taken = step.own(JniUtils.embedding(rows, table, false));
        return step.wrap(JniUtils.reshape(taken, gathered(rows.getShape())));
    }

    private long[] gathered(Shape rows) {
        Shape row = array.getShape().slice(1);
        return rows.addAll(row).getShape();
    }

    @Override
    public Tensor softmax(int axis) {
        return step.wrap(JniUtils.softmax(array, fromStart(axis), array.getDataType()));
    }

    @Override
    public Tensor layerNorm(Tensor gamma, Tensor beta, double epsilon) {
        Shape last = new Shape(array.getShape().get(rank() - 1));
        return step.wrap(JniUtils.layerNorm(array, last, array(gamma), array(beta), epsilon));
    }

    @Override
    public Tensor relu() {
        return step.wrap(JniUtils.relu(array));
    }

    @Override
    public Tensor gelu() {
        return step.wrap(JniUtils.gelu(array));
    }

    @Override
    public Tensor silu() {
        return mul(sigmoid());
    }

    @Override
    public Tensor sigmoid() {
        return step.wrap(JniUtils.sigmoid(array));
    }

    @Override
    public Tensor tanh() {
        return step.wrap(JniUtils.tanh(array));
    }

    @Override
    public Tensor concat(int axis, List<Tensor> others) {
        PtNDArray[] all = new PtNDArray[others.size() + 1];
        all[0] = array;
        for (int i = 0; i < others.size(); i++) {
            all[i + 1] = array(others.get(i));
        }
        return step.wrap(JniUtils.cat(all, fromStart(axis)));
    }

    @Override
    public Tensor slice(int axis, long start, long end) {
        return step.wrap(JniUtils.slice(array, fromStart(axis), start, end, 1));
    }

    @Override
    public Tensor last(int axis, Tensor sized, int sizedAxis) {
        TorchTensor other = (TorchTensor) sized;
        long wanted = other.shape().get(other.fromStart(sizedAxis));
        long size = array.getShape().get(fromStart(axis));
        checkArgument(wanted <= size, "a length of %s is more than the %s that are there", wanted, size);
        return slice(axis, size - wanted, size);
    }

    @Override
    public Tensor reshape(long... shape) {
        long[] sizes = shape.clone();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = sizes[i] == 0 ? array.getShape().get(i) : sizes[i];
        }
        return step.wrap(JniUtils.reshape(array, sizes));
    }

    @Override
    public Tensor transpose(int... order) {
        long[] axes = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            axes[i] = order[i];
        }
        return step.wrap(JniUtils.permute(array, axes));
    }

    @Override
    public Tensor where(Tensor condition, Tensor other) {
        PtNDArray zero = step.number(0);
        PtNDArray holds = step.own(JniUtils.neq(array(condition), zero));
        return step.wrap(JniUtils.where(holds, array, array(other)));
    }

    @Override
    public Tensor sum(int axis) {
        return step.wrap(JniUtils.sum(array, new long[] {fromStart(axis)}, true));
    }

    @Override
    public Tensor mean(int axis) {
        return step.wrap(JniUtils.mean(array, fromStart(axis), true));
    }

    @Override
    public Tensor l2Normalize() {
        return step.wrap(JniUtils.normalize(array, 2, rank() - 1L, SHORTEST));
    }

    @Override
    public Tensor dropout(double probability) {
        if (probability == 0 || !step.isTraining()) {
            return this;
        }
        return step.wrap(array.mul(step.dropoutMask(array.getShape(), probability)));
    }

    @Override
    public Tensor named(String name) {
        return this;
    }

    private int fromStart(int axis) {
        return axis < 0 ? axis + rank() : axis;
    }

    private static PtNDArray array(Tensor tensor) {
        return TorchStep.array(tensor);
    }

    TorchTensor scaled(double factor) {
        return step.wrap(array.mul(step.number(factor)));
    }

    /** The only element of an array. */
    static double number(PtNDArray array) {
        try (NDArray alone = array.stopGradient();
                NDArray typed = alone.toType(DataType.FLOAT64, false)) {
            return typed.getDouble();
        }
    }

    /** An array of this step filled with one number. */
    static PtNDArray filled(TorchStep step, Shape shape, double value) {
        return JniUtils.full(
                step.manager(),
                shape,
                value,
                step.session().type(),
                step.manager().getDevice(),
                SparseFormat.DENSE);
    }
}
