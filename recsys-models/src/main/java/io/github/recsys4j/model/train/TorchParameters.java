package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
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
    private final Map<String, PtNDArray> derived = new LinkedHashMap<>();
    private final Map<String, PtNDArray> constants = new HashMap<>();
    private final DirectMemory memory = new DirectMemory();

    private TorchParameters(TorchParameters of) {
        this.session = of.session;
        this.manager = session.newManager();
        this.specs = of.specs;
        of.values.forEach((name, value) -> values.put(name, shared(value)));
        of.derived.forEach((name, value) -> derived.put(name, shared(value)));
    }

    private PtNDArray shared(PtNDArray value) {
        PtNDArray same = JniUtils.detachGradient(value);
        same.attach(manager);
        return withGradient(same);
    }

    /**
     * Asks for a gradient and lets a first backward pass make one of zeros: before that, the engine hands out zeros of its
     * own at each call, and what is added to those is lost.
     */
    private PtNDArray withGradient(PtNDArray value) {
        value.setRequiresGradient(true);
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try (PtNDArray sum = JniUtils.sum(value);
                PtNDArray one = JniUtils.onesLike(sum, session.type(), sum.getDevice(), SparseFormat.DENSE)) {
            JniUtils.backward(sum, one, false, false);
        } finally {
            JniUtils.setGradMode(before);
        }
        JniUtils.zeroGrad(value);
        return value;
    }

    TorchParameters(TorchSession session, ParameterSet set) {
        this.session = session;
        this.manager = session.newManager();
        this.specs = set.specs();
        for (ParameterSpec spec : specs) {
            values.put(spec.name(), withGradient(create(set.values(spec.name()), shape(spec))));
        }
    }

    /**
     * The same parameters, in the same memory, with gradients of their own: for passes on another thread. Changing a
     * value in place changes it in every replica.
     */
    TorchParameters replica() {
        return new TorchParameters(this);
    }

    /**
     * Adds a table that is read as a parameter is but computed from parameters, and collects gradients to hand on.
     * Replicas made afterwards have it too.
     */
    void derive(String name, long... shape) {
        Shape sizes = new Shape(shape);
        PtNDArray table = create(new float[Math.toIntExact(sizes.size())], sizes);
        derived.put(name, withGradient(table));
    }

    /** Overwrites a derived table, in every replica. */
    void overwrite(String name, PtNDArray rows) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            PtNDArray table = value(name);
            JniUtils.subi(table, table);
            JniUtils.addi(table, rows);
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** Memory for one pass at a time. */
    DirectMemory memory() {
        return memory;
    }

    /** Adds a replica's gradients to these and sets the replica's to 0. */
    void takeGradients(TorchParameters replica) {
        values.keySet().forEach(name -> takeGradient(replica, name));
        derived.keySet().forEach(name -> takeGradient(replica, name));
        replica.zeroGradients();
    }

    private void takeGradient(TorchParameters replica, String name) {
        try (PtNDArray sum = gradient(name);
                PtNDArray more = replica.gradient(name)) {
            JniUtils.addi(sum, more);
        }
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

    /** A parameter or derived table, owned by this. An operation on it leaves its result here, unless the result is attached elsewhere. */
    PtNDArray value(String name) {
        PtNDArray value = values.containsKey(name) ? values.get(name) : derived.get(name);
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
        derived.values().forEach(JniUtils::zeroGrad);
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

    /** Copies a parameter or derived table out. */
    float[] floats(String name) {
        return floats(value(name));
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
