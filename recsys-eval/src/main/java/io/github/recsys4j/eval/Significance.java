package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.eval.metric.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Intervals of every mean, and a verdict on every pair of recommenders in every metric. */
final class Significance {
    private final List<ModelResult> models;
    private final List<PerCase> cases;
    private final Confidence confidence;
    private final UserSums users;
    private final Bootstrap bootstrap;

    Significance(List<ModelResult> models, Confidence confidence) {
        this.models = models;
        this.confidence = confidence;
        cases = models.stream().map(Significance::perCase).toList();
        List<String> userIds = cases.get(0).userIds();
        checkArgument(
                cases.stream().allMatch(other -> other.userIds().equals(userIds)),
                "models must be measured on the same cases in the same order to be compared");
        users = new UserSums(userIds);
        bootstrap = new Bootstrap(confidence, users.size());
    }

    private static PerCase perCase(ModelResult model) {
        checkState(
                model.perCase().isPresent(),
                "model \"%s\" has no values per case: build the evaluator with keepPerCase()",
                model.name());
        return model.perCase().get();
    }

    /** The models with an interval beside every mean. */
    List<ModelResult> models() {
        List<UserSums.Column> columns = new ArrayList<>();
        for (int m = 0; m < models.size(); m++) {
            for (String label : labels(m)) {
                columns.add(
                        users.column(cases.get(m).values(label), cases.get(m).weights(label)));
            }
        }
        List<Interval> intervals = bootstrap.intervals(columns);
        List<ModelResult> results = new ArrayList<>();
        int next = 0;
        for (int m = 0; m < models.size(); m++) {
            Map<String, Figure> figures = new LinkedHashMap<>(models.get(m).figures());
            for (String label : labels(m)) {
                Interval interval = intervals.get(next++);
                figures.computeIfPresent(label, (unused, figure) -> figure.with(interval));
            }
            results.add(models.get(m).with(figures));
        }
        return results;
    }

    /** The metrics that are measured case by case and defined for some case. */
    private List<String> labels(int model) {
        return cases.get(model).labels().stream()
                .filter(models.get(model).figures()::containsKey)
                .toList();
    }

    /** Every pair in every metric that both have. */
    List<Comparison> comparisons() {
        List<Pair> pairs = new ArrayList<>();
        for (String label : cases.get(0).labels()) {
            for (int first = 0; first < models.size(); first++) {
                for (int second = first + 1; second < models.size(); second++) {
                    if (labels(first).contains(label) && labels(second).contains(label)) {
                        pairs.add(pair(label, first, second));
                    }
                }
            }
        }
        List<Interval> intervals =
                bootstrap.intervals(pairs.stream().map(Pair::column).toList());
        double[] adjusted = adjusted(pairs);
        return IntStream.range(0, pairs.size())
                .mapToObj(number -> comparison(pairs.get(number), intervals.get(number), adjusted[number]))
                .toList();
    }

    private record Pair(String label, int first, int second, UserSums.Column column, double pValue) {}

    private Pair pair(String label, int first, int second) {
        double[] values = cases.get(first).values(label);
        double[] weights = cases.get(first).weights(label);
        double[] others = cases.get(second).values(label);
        for (int index = 0; index < values.length; index++) {
            weights[index] = Double.isNaN(others[index]) ? 0 : weights[index];
            values[index] -= others[index];
        }
        UserSums.Column column = users.column(values, weights);
        return new Pair(label, first, second, column, PairedTests.pValue(column, confidence));
    }

    /** Holm: among the m pairs of one metric the i-th smallest p-value counts m - i + 1 times. */
    private static double[] adjusted(List<Pair> pairs) {
        double[] adjusted = new double[pairs.size()];
        Map<String, List<Integer>> families = new LinkedHashMap<>();
        for (int number = 0; number < adjusted.length; number++) {
            families.computeIfAbsent(pairs.get(number).label, unused -> new ArrayList<>())
                    .add(number);
        }
        for (List<Integer> family : families.values()) {
            List<Integer> order = family.stream()
                    .sorted(Comparator.comparingDouble(number -> pairs.get(number).pValue))
                    .toList();
            double highest = 0;
            for (int place = 0; place < order.size(); place++) {
                highest = Math.max(highest, Math.min(1, pairs.get(order.get(place)).pValue * (order.size() - place)));
                adjusted[order.get(place)] = highest;
            }
        }
        return adjusted;
    }

    private Comparison comparison(Pair pair, Interval interval, double adjusted) {
        Direction direction = models.get(pair.first).figure(pair.label).direction();
        return new Comparison(
                pair.label,
                models.get(pair.first).name(),
                models.get(pair.second).name(),
                interval,
                new Comparison.Significance(pair.pValue, adjusted, pair.column.numUsers()),
                verdict(interval.mean(), adjusted, direction));
    }

    private Verdict verdict(double difference, double adjusted, Direction direction) {
        if (!(adjusted < 1 - confidence.level())) {
            return Verdict.NOT_DISTINGUISHABLE;
        }
        return switch (direction) {
            case NEUTRAL -> Verdict.DIFFERENT;
            case HIGHER_IS_BETTER -> difference > 0 ? Verdict.BETTER : Verdict.WORSE;
            case LOWER_IS_BETTER -> difference < 0 ? Verdict.BETTER : Verdict.WORSE;
        };
    }
}
