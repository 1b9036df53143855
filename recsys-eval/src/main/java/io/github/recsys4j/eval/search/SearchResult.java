package io.github.recsys4j.eval.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything a search found out.
 *
 * <p>The best score is the best of many on the same validation cases, so it flatters: measure the best settings once
 * on test cases before quoting a number. Thread-safety: immutable.
 *
 * @param strategy how the settings were chosen, in words
 * @param space where from, one line per parameter
 * @param seed what every choice was derived from
 * @param jobs how many trials ran at once
 * @param trials every trial, by number
 */
public record SearchResult(String strategy, List<String> space, long seed, int jobs, List<TrialResult> trials) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Copies the lists.
     *
     * @param strategy how the settings were chosen
     * @param space where from
     * @param seed what every choice was derived from
     * @param jobs how many trials ran at once
     * @param trials every trial, by number
     */
    public SearchResult {
        space = List.copyOf(space);
        trials = List.copyOf(trials);
    }

    /**
     * {@return the trial with the highest score of those with the largest budget at which any succeeded, the earlier
     * of equals; empty if every trial failed}
     */
    public Optional<TrialResult> best() {
        return ranked().stream().findFirst();
    }

    /** {@return the trials that succeeded with the largest budget, best first, equal scores by number} */
    public List<TrialResult> ranked() {
        OptionalInt largest = trials.stream()
                .filter(result -> result.score().isPresent())
                .mapToInt(result -> result.trial().budget())
                .max();
        return trials.stream()
                .filter(result -> result.score().isPresent() && result.trial().budget() == largest.orElseThrow())
                .sorted(Comparator.comparingDouble(TrialResult::rank).reversed())
                .toList();
    }

    /** {@return how many trials failed} */
    public int failures() {
        return (int) trials.stream().filter(result -> result.score().isEmpty()).count();
    }

    /** {@return the result as a JSON object, UTF-8, whose {@code schema} and {@code version} say how to read it} */
    public String toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "recsys4j search").put("version", 1);
        root.put("strategy", strategy).put("seed", seed).put("jobs", jobs);
        space.forEach(root.putArray("space")::add);
        best().ifPresent(best -> root.set("best", TrialJson.write(best)));
        ArrayNode all = root.putArray("trials");
        trials.forEach(result -> all.add(TrialJson.write(result)));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts must be writable as JSON", e);
        }
    }

    /** {@return the best settings, in a sentence} */
    public String sentence() {
        return best().map(result -> String.format(
                        Locale.ROOT,
                        "Best of %d trials: %.4f with %s.",
                        trials.size(),
                        result.rank(),
                        result.trial().settings()))
                .orElseGet(() -> "All " + trials.size() + " trials failed; the first because: "
                        + trials.get(0).error());
    }
}
