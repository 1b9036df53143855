package io.github.recsys4j.model.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The curves of a run: what each epoch cost and gained.
 *
 * <p>Thread-safety: immutable.
 *
 * @param epochs one entry per finished epoch, in order
 * @param bestEpoch the number, from 1, of the epoch whose parameters were kept
 * @param stopReason why training ended, in words
 */
public record TrainingHistory(List<Epoch> epochs, int bestEpoch, String stopReason) {

    /**
     * One epoch.
     *
     * @param number from 1
     * @param steps optimizer steps since the start of the run
     * @param loss mean training loss per position
     * @param learningRate of the epoch's last step
     * @param seconds spent since the start of the run, validation included; of a resumed run the sum of its parts
     * @param metrics validation metrics; empty where the epoch was not validated
     */
    public record Epoch(
            int number, long steps, double loss, double learningRate, double seconds, Map<String, Double> metrics) {
        /**
         * Copies the metrics.
         *
         * @param number from 1
         * @param steps steps since the start
         * @param loss mean training loss
         * @param learningRate of the last step
         * @param seconds since the start
         * @param metrics validation metrics
         */
        public Epoch {
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * Copies the epochs.
     *
     * @param epochs one entry per finished epoch
     * @param bestEpoch the epoch whose parameters were kept
     * @param stopReason why training ended
     */
    public TrainingHistory {
        epochs = List.copyOf(epochs);
    }

    /**
     * {@return the kept epoch's value of a metric; empty if it was not validated}
     *
     * @param metric a label such as {@code NDCG@10}
     */
    public Optional<Double> best(String metric) {
        return epochs.stream()
                .filter(epoch -> epoch.number() == bestEpoch)
                .findFirst()
                .flatMap(epoch -> Optional.ofNullable(epoch.metrics().get(metric)));
    }
}
