package io.github.recsys4j.prepare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a step of preparation kept and what it left out.
 *
 * @param step what was prepared, such as {@code images}
 * @param total how many values or files there were
 * @param dropped how many were left out, by reason
 * @param examples up to ten of these
 */
public record PreparationReport(String step, long total, Map<String, Long> dropped, List<String> examples) {
    private static final int EXAMPLES = 10;

    /**
     * Copies the collections; reasons are in the order of the alphabet.
     *
     * @param step what was prepared
     * @param total how many there were
     * @param dropped how many were left out, by reason
     * @param examples some of these
     */
    public PreparationReport {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        examples = List.copyOf(examples);
    }

    /** {@return how many were not left out} */
    public long kept() {
        return total - dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return a collector for reports}
     *
     * @param step what is prepared, such as {@code images}
     */
    public static Collector collecting(String step) {
        return new Collector(step);
    }

    @Override
    public String toString() {
        String reasons = dropped.entrySet().stream()
                .map(entry -> ", " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining());
        return step + ": " + kept() + " of " + total + " kept" + reasons;
    }

    /** Counts what is kept and dropped. Not thread-safe. */
    public static final class Collector {
        private final String step;
        private final Map<String, Long> dropped = new TreeMap<>();
        private final List<String> examples = new ArrayList<>();
        private long total;

        private Collector(String step) {
            this.step = step;
        }

        /** Counts something that is kept. */
        public void keep() {
            total++;
        }

        /**
         * Counts something that is left out.
         *
         * @param reason one of few, such as {@code broken}
         * @param example what it was and what is wrong with it
         */
        public void drop(String reason, String example) {
            total++;
            dropped.merge(reason, 1L, Long::sum);
            if (examples.size() < EXAMPLES) {
                examples.add(example);
            }
        }

        /** {@return the report of what was counted so far} */
        public PreparationReport report() {
            return new PreparationReport(step, total, dropped, examples);
        }
    }
}
