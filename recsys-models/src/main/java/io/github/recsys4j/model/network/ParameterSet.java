package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The values of all parameters of a network, in the order of its declaration: what a trainer produces, a checkpoint
 * stores and an export embeds. Immutable and safe for many threads.
 */
public final class ParameterSet {
    private final Map<String, ParameterSpec> specs = new LinkedHashMap<>();
    private final Map<String, float[]> values = new LinkedHashMap<>();

    private ParameterSet(List<ParameterSpec> specs) {
        for (ParameterSpec spec : specs) {
            checkArgument(this.specs.put(spec.name(), spec) == null, "parameter %s is declared twice", spec.name());
        }
    }

    /**
     * Draws initial values. Each parameter has its own stream, so that adding one does not change the others.
     *
     * @param specs what the network declares
     * @param seed the same seed gives the same values
     * @return the initial values
     */
    public static ParameterSet initialize(List<ParameterSpec> specs, long seed) {
        ParameterSet set = new ParameterSet(specs);
        for (ParameterSpec spec : specs) {
            set.values.put(spec.name(), spec.initializer().draw(spec.size(), seed ^ streamOf(spec.name())));
        }
        return set;
    }

    /**
     * Collects given values.
     *
     * @param specs what the network declares
     * @param values for each name, as many row-major values as its shape says; copied
     * @return the values
     * @throws IllegalArgumentException if a parameter is missing, unknown or of another size
     */
    public static ParameterSet of(List<ParameterSpec> specs, Map<String, float[]> values) {
        ParameterSet set = new ParameterSet(specs);
        for (String name : values.keySet()) {
            checkArgument(set.specs.containsKey(name), "parameter %s is not declared, known are %s", name, set.names());
        }
        for (ParameterSpec spec : specs) {
            float[] given = values.get(spec.name());
            checkArgument(given != null, "parameter %s has no values", spec.name());
            checkArgument(
                    given.length == spec.size(),
                    "parameter %s has %s values, its shape %s needs %s",
                    spec.name(),
                    given.length,
                    spec.shape(),
                    spec.size());
            set.values.put(spec.name(), given.clone());
        }
        return set;
    }

    /** {@return the names in the order of declaration} */
    public List<String> names() {
        return List.copyOf(specs.keySet());
    }

    /** {@return the declarations in their order} */
    public List<ParameterSpec> specs() {
        return List.copyOf(specs.values());
    }

    /**
     * {@return a declaration}
     *
     * @param name a parameter
     * @throws IllegalArgumentException if there is no such parameter
     */
    public ParameterSpec spec(String name) {
        ParameterSpec spec = specs.get(name);
        checkArgument(spec != null, "parameter %s is not declared, known are %s", name, specs.keySet());
        return spec;
    }

    /**
     * {@return a read-only view of a parameter's row-major values, positioned at the first}
     *
     * @param name a parameter
     * @throws IllegalArgumentException if there is no such parameter
     */
    public FloatBuffer values(String name) {
        return FloatBuffer.wrap(values.get(spec(name).name())).asReadOnlyBuffer();
    }

    /** {@return the number of values of all parameters} */
    public long count() {
        return specs.values().stream().mapToLong(ParameterSpec::size).sum();
    }

    private static long streamOf(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() * 0x9E3779B97F4A7C15L;
    }
}
