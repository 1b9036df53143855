package io.github.recsys4j.eval.search;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.split.HeldOut;
import java.util.function.Function;

/** What a search makes as large as it can; negate what is to be made small, such as a loss. */
@FunctionalInterface
public interface Objective {

    /**
     * Measures one trial.
     *
     * @param trial settings, budget and seed
     * @return how good they are, higher is better; a number that is not finite counts as a failure
     */
    double measure(Trial trial);

    /**
     * Trains a recommender for each trial, measures it, and closes it.
     *
     * @param trainer trains with the trial's settings, budget and seed
     * @param evaluator how to measure
     * @param validation what to measure on: never the test cases, which a search would be fitted to
     * @param metric the label of one of the evaluator's metrics, such as {@code NDCG@10}
     * @return the objective
     */
    static Objective validating(
            Function<? super Trial, ? extends Recommender> trainer,
            Evaluator evaluator,
            HeldOut validation,
            String metric) {
        return trial -> {
            try (Recommender recommender = trainer.apply(trial)) {
                EvaluationReport report = evaluator.evaluate(recommender, validation);
                return report.metric(metric);
            }
        };
    }
}
