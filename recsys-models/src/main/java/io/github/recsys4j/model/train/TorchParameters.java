package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a network in native memory, each with a gradient that backward passes add to. Belongs to its
 * session's thread and lives until the session or this is closed.
 */
final class TorchParameters implements AutoCloseable {
    private final PtNDManager manager;
    private final TorchSession session;
    private final List<ParameterSpec> specs;
    private final Map<String, PtNDArray> values = new LinkedHashMap<>();
    private final Map<String, PtNDArray> constants = new HashMap<>();
    private final DirectMemory memory = new DirectMemory();

    private TorchParameters(TorchParameters of) {
        this.session = of.session;
        this.manager = session.newManager();
        this.specs = of.specs;
        for (Map.Entry<String, PtNDArray> entry : of.values.entrySet()) {
            PtNDArray value = JniUtils.detachGradient(entry.getValue());
            value.attach(manager);
            value.setRequiresGradient(true);
            values.put(entry.getKey(), value);
        }
    }

    TorchParameters(TorchSession session, ParameterSet set) {
        this.session = session;
        this.manager = session.newManager();
        this.specs = set.specs();
        for (ParameterSpec spec : specs) {
            PtNDArray value = create(set.values(spec.name()), shape(spec));
            value.setRequiresGradient(true);
            values.put(spec.name(), value);
        }
    }

    /**
     * The same parameters, in the same memory, with gradients of their own: for passes on another thread. Changing a
     * value in place changes it in every replica.
     */
    TorchParameters replica() {
        return new TorchParameters(this);
    }

    /** Memory for one pass at a time. */
    DirectMemory memory() {
        return memory;
    }

    /** Adds a replica's gradients to these and sets the replica's to 0. */
    void takeGradients(TorchParameters replica) {
        for (String name : values.keySet()) {
            try (PtNDArray sum = gradient(name);
                    PtNDArray more = replica.gradient(name)) {
                JniUtils.addi(sum, more);
            }
        }
        replica.zeroGradients();
    }

    private static Shape shape(ParameterSpec spec) {
        return new Shape(spec.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    /** Copies into memory of the engine: what is created from a buffer stays in Java's. */
    private PtNDArray create(FloatBuffer from, Shape shape) {
        float[] copy = new float[from.remaining()];
        from.get(copy);
        return create(copy, shape);
    }

    private PtNDArray create(float[] from, Shape shape) {
        try (NDArray inJava = manager.create(from, shape);
                NDArray typed = inJava.toType(session.type(), false)) {
            PtNDArray copy = (PtNDArray) typed.duplicate();
            copy.attach(manager);
            return copy;
        }
    }

    /** The names in the order of declaration. */
    List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** A parameter, owned by this. An operation on it leaves its result here, unless the result is attached elsewhere. */
    PtNDArray value(String name) {
        PtNDArray value = values.get(name);
        checkArgument(value != null, "parameter %s is not declared, known are %s", name, values.keySet());
        return value;
    }

    /** A parameter's gradient in place, as a new handle that the caller closes. */
    PtNDArray gradient(String name) {
        return value(name).getGradient();
    }

    /** Sets all gradients to 0. */
    void zeroGradients() {
        values.values().forEach(JniUtils::zeroGrad);
    }

    PtNDArray constant(String name, float[] from, long[] shape) {
        return constants.computeIfAbsent(name, n -> create(from, new Shape(shape)));
    }

    /** Copies the values out. */
    ParameterSet snapshot() {
        Map<String, float[]> copies = new HashMap<>();
        values.forEach((name, value) -> copies.put(name, floats(value)));
        return ParameterSet.of(specs, copies);
    }

    /** Copies the gradients out. */
    ParameterSet gradients() {
        Map<String, float[]> copies = new HashMap<>();
        for (String name : values.keySet()) {
            try (NDArray gradient = gradient(name)) {
                copies.put(name, floats(gradient));
            }
        }
        return ParameterSet.of(specs, copies);
    }

    private static float[] floats(NDArray array) {
        try (NDArray typed = array.toType(DataType.FLOAT32, true)) {
            return typed.toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
