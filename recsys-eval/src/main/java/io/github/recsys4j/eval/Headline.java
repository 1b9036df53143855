package io.github.recsys4j.eval;

import io.github.recsys4j.eval.metric.Direction;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who wins in one metric, by how much, and whether it may be luck.
 *
 * <p>The model with the best mean wins only if it was compared with every other and each difference is real by its
 * {@link Comparison#verdict()}; otherwise the sentence names those that it cannot be told from. Thread-safety:
 * immutable.
 */
public final class Headline {
    private static final int NAMED = 3;

    private final EvaluationReport report;
    private final String metric;

    Headline(EvaluationReport report, String metric) {
        this.report = report;
        this.metric = metric;
    }

    /** {@return the models that have the metric, the best first, equals in the report's order} */
    public List<ModelResult> ranked() {
        Comparator<ModelResult> ascending = Comparator.comparingDouble(model -> model.metric(metric));
        boolean lower = report.directions().get(metric) == Direction.LOWER_IS_BETTER;
        return report.models().stream()
                .filter(model -> model.figures().containsKey(metric))
                .sorted(lower ? ascending : ascending.reversed())
                .toList();
    }

    /** {@return the best model compared with each other one, seen from the best, best first; empty if none was} */
    public List<Comparison> lead() {
        List<ModelResult> models = ranked();
        return models.stream()
                .skip(1)
                .flatMap(other -> versus(models.get(0).name(), other.name()).stream())
                .toList();
    }

    private Optional<Comparison> versus(String first, String second) {
        return report.comparisons(metric).stream()
                .map(pair -> pair.model().equals(first) ? pair : pair.reversed())
                .filter(pair -> pair.model().equals(first) && pair.other().equals(second))
                .findFirst();
    }

    /** {@return who wins, by how much, and whether it may be luck, as plain text} */
    public String sentence() {
        List<ModelResult> models = ranked();
        if (models.isEmpty()) {
            return metric + " is undefined for every model.";
        }
        ModelResult best = models.get(0);
        String value = Numbers.text(best.metric(metric));
        if (models.size() == 1) {
            return best.name() + " reaches " + metric + " " + value
                    + best.figure(metric)
                            .interval()
                            .map(found -> ", " + Numbers.text(found))
                            .orElse("") + ".";
        }
        ModelResult second = models.get(1);
        List<Comparison> lead = lead();
        if (lead.size() < models.size() - 1) {
            return best.name() + " is best by " + metric + ": " + value + ", before " + second.name() + " with "
                    + Numbers.text(second.metric(metric)) + "; whether that is luck was not tested.";
        }
        List<String> equals = lead.stream()
                .filter(pair -> pair.verdict() == Verdict.NOT_DISTINGUISHABLE)
                .map(Comparison::other)
                .toList();
        return equals.isEmpty()
                ? best.name() + " wins by " + metric + ": " + value + ", " + by(lead.get(0), second)
                        + ". That is hardly luck (" + Numbers.pValue(lead.get(0)) + ")."
                : "No clear winner by " + metric + ": " + best.name() + " has " + value + ", " + by(lead.get(0), second)
                        + ". It cannot be told from " + joined(equals) + ": the lead may be luck ("
                        + Numbers.pValue(leastClear(lead)) + ").";
    }

    private static Comparison leastClear(List<Comparison> lead) {
        return lead.stream()
                .max(Comparator.comparingDouble(pair -> pair.significance().adjustedPValue()))
                .orElseThrow();
    }

    private String by(Comparison pair, ModelResult second) {
        double difference = pair.difference().mean();
        double base = second.metric(metric);
        String share = base == 0 ? "" : String.format(Locale.ROOT, " (%+.1f %%)", 100 * difference / Math.abs(base));
        return Numbers.signed(difference) + share + " against " + second.name() + ", "
                + Numbers.text(pair.difference());
    }

    private static String joined(List<String> names) {
        return names.size() > NAMED
                ? String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more"
                : String.join(", ", names);
    }

    /** {@return the sentence} */
    @Override
    public String toString() {
        return sentence();
    }
}
