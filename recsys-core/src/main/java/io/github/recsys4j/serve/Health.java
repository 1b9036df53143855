package io.github.recsys4j.serve;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether serving works, and what of it does not.
 *
 * @param troubles one sentence for each thing that is degraded; empty where nothing is
 */
public record Health(List<String> troubles) {

    /**
     * Copies the troubles.
     *
     * @param troubles what is degraded
     */
    public Health {
        troubles = List.copyOf(troubles);
    }

    /** {@return whether nothing is degraded} */
    public boolean isWhole() {
        return troubles.isEmpty();
    }

    /**
     * {@return the health of both}
     *
     * @param other another part
     */
    public Health and(Health other) {
        List<String> all = new ArrayList<>(troubles);
        all.addAll(other.troubles);
        return new Health(all);
    }
}
