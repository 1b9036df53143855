package io.github.recsys4j.model.train;

import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import java.util.List;
import java.util.Map;

/**
 * A run as it lies on disk.
 *
 * @param fingerprint the settings and data of the run, in words and digests
 * @param state where the run is
 * @param tensors groups of named row-major values: {@code parameters}, {@code optimizer}, {@code best}
 */
record Checkpoint(String fingerprint, RunState state, Map<String, Map<String, float[]>> tensors) {
    static final String PARAMETERS = "parameters";
    static final String OPTIMIZER = "optimizer";
    static final String BEST = "best";

    Map<String, float[]> group(String name) {
        return tensors.getOrDefault(name, Map.of());
    }

    ParameterSet set(String name, List<ParameterSpec> specs) {
        return ParameterSet.of(specs, group(name));
    }
}
