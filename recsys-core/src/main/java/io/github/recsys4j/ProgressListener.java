package io.github.recsys4j;

import java.util.Map;

/**
 * Hears how a long job gets on. Called from the job's own thread; a listener that throws stops the job.
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * One report.
     *
     * @param stage what is going on, such as {@code "train"} or {@code "load"}
     * @param done units of work finished so far, at least 0
     * @param total units in all, or -1 if unknown
     * @param metrics figures worth showing, such as {@code loss}; may be empty
     */
    record Progress(String stage, long done, long total, Map<String, Double> metrics) {
        /**
         * Copies the metrics.
         *
         * @param stage what is going on
         * @param done units finished
         * @param total units in all, or -1
         * @param metrics figures worth showing
         */
        public Progress {
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * Takes a report.
     *
     * @param progress how far the job is
     */
    void onProgress(Progress progress);

    /** {@return a listener that ignores every report} */
    static ProgressListener none() {
        return progress -> {};
    }
}
