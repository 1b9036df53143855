package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.eval.metric.Direction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How one recommender did.
 *
 * @param name the recommender's name
 * @param figures its numbers by the metric's label, in the evaluator's order: those measured case by case, then those
 *     of all lists together. A metric that is undefined for every case is missing.
 * @param answeredByPopularity how many cases the recommender answered with its popularity fallback
 * @param perCase what each case scored, where the evaluator was asked to keep it
 */
public record ModelResult(
        String name, Map<String, Figure> figures, int answeredByPopularity, Optional<PerCase> perCase) {

    /**
     * Copies the map in its order.
     *
     * @param name the recommender's name
     * @param figures numbers by label
     * @param answeredByPopularity cases answered by the fallback
     * @param perCase what each case scored
     */
    public ModelResult {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /**
     * Puts together means of metrics where more is better, without intervals.
     *
     * @param name the recommender's name
     * @param metrics means by label
     * @param standardErrors standard errors by label, where there are any
     * @param answeredByPopularity cases answered by the fallback
     */
    public ModelResult(
            String name, Map<String, Double> metrics, Map<String, Double> standardErrors, int answeredByPopularity) {
        this(name, figures(metrics, standardErrors), answeredByPopularity, Optional.empty());
    }

    private static Map<String, Figure> figures(Map<String, Double> metrics, Map<String, Double> standardErrors) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        metrics.forEach((label, mean) -> {
            Double error = standardErrors.get(label);
            OptionalDouble known = error == null ? OptionalDouble.empty() : OptionalDouble.of(error);
            figures.put(label, new Figure(mean, known, Optional.empty(), 0, Direction.HIGHER_IS_BETTER));
        });
        return figures;
    }

    /**
     * {@return these numbers under another name}
     *
     * @param other what the recommender is called in the report
     */
    public ModelResult named(String other) {
        return new ModelResult(other, figures, answeredByPopularity, perCase);
    }

    ModelResult with(Map<String, Figure> others) {
        return new ModelResult(name, others, answeredByPopularity, perCase);
    }

    ModelResult withoutPerCase() {
        return new ModelResult(name, figures, answeredByPopularity, Optional.empty());
    }

    /**
     * {@return its number: the mean over all cases, or the figure of all lists together}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured, or is undefined for every case
     */
    public double metric(String label) {
        return figure(label).value();
    }

    /**
     * {@return its number with standard error and interval}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured, or is undefined for every case
     */
    public Figure figure(String label) {
        Figure figure = figures.get(label);
        checkArgument(
                figure != null,
                "metric \"%s\" was not measured, or is undefined for every case; there are %s",
                label,
                figures.keySet());
        return figure;
    }

    /** {@return the numbers by label} */
    public Map<String, Double> metrics() {
        return present(figure -> Optional.of(figure.value()));
    }

    /** {@return the standard errors of the means, by label; of whole-list metrics there are none} */
    public Map<String, Double> standardErrors() {
        return present(figure -> figure.standardError().isPresent()
                ? Optional.of(figure.standardError().getAsDouble())
                : Optional.empty());
    }

    /** {@return the intervals of the means, by label, where they were asked for} */
    public Map<String, Interval> intervals() {
        return present(Figure::interval);
    }

    private <T> Map<String, T> present(Function<Figure, Optional<T>> part) {
        Map<String, T> parts = new LinkedHashMap<>();
        figures.forEach((label, figure) -> part.apply(figure).ifPresent(value -> parts.put(label, value)));
        return Collections.unmodifiableMap(parts);
    }
}
