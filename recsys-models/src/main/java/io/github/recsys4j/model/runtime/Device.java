package io.github.recsys4j.model.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Locale;

/**
 * Where a model runs. Naming a device costs nothing: it is looked for when the first model is loaded on it.
 *
 * <p>CUDA needs the artifact {@code com.microsoft.onnxruntime:onnxruntime_gpu} in place of {@code onnxruntime},
 * and CUDA 12 with cuDNN 9 on the machine.
 *
 * <p>Thread-safety: immutable.
 */
public final class Device {
    private static final Device AUTO = new Device(Kind.AUTO, 0);
    private static final Device CPU = new Device(Kind.CPU, 0);

    /** What a device is. */
    enum Kind {
        AUTO,
        CPU,
        CUDA
    }

    private final Kind kind;
    private final int index;

    private Device(Kind kind, int index) {
        this.kind = kind;
        this.index = index;
    }

    /**
     * {@return the first CUDA device if it works, else the CPU; what is missing is logged once per process}
     */
    public static Device auto() {
        return AUTO;
    }

    /** {@return the CPU} */
    public static Device cpu() {
        return CPU;
    }

    /**
     * Asks for a CUDA device and nothing else: loading a model fails where it is not there.
     *
     * @param index which device, from 0, as {@code nvidia-smi} numbers them
     * @return the device
     * @throws IllegalArgumentException if the index is negative
     */
    public static Device cuda(int index) {
        checkArgument(index >= 0, "index of a CUDA device must be at least 0, got %s: count them from 0", index);
        return new Device(Kind.CUDA, index);
    }

    Kind kind() {
        return kind;
    }

    int index() {
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Device that && kind == that.kind && index == that.index;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + index;
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.CUDA ? name + ":" + index : name;
    }
}
