package io.github.recsys4j.feature;

import java.util.List;

/**
 * What a run of precomputing came to.
 *
 * @param contents how many contents there were
 * @param encoded how many vectors were computed; the others were stored already, or repeat a content
 * @param broken how many contents could not be read or encoded; they have no vector
 * @param examples up to ten of these, with the reason
 */
public record PrecomputeReport(long contents, long encoded, long broken, List<String> examples) {

    /**
     * Copies the examples.
     *
     * @param contents how many there were
     * @param encoded how many were computed
     * @param broken how many have no vector
     * @param examples some of these
     */
    public PrecomputeReport {
        examples = List.copyOf(examples);
    }

    @Override
    public String toString() {
        return contents + " contents: " + encoded + " encoded, " + (contents - encoded - broken) + " known, " + broken
                + " broken";
    }
}
