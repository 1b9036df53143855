package io.github.recsys4j.examples.cli;

import com.google.common.primitives.Ints;
import io.github.recsys4j.data.NearestName;
import io.github.recsys4j.eval.metric.Auc;
import io.github.recsys4j.eval.metric.AverageRank;
import io.github.recsys4j.eval.metric.BeyondAccuracy;
import io.github.recsys4j.eval.metric.F1;
import io.github.recsys4j.eval.metric.GroupedAuc;
import io.github.recsys4j.eval.metric.HitRate;
import io.github.recsys4j.eval.metric.ListMetric;
import io.github.recsys4j.eval.metric.MeanAveragePrecision;
import io.github.recsys4j.eval.metric.MeanReciprocalRank;
import io.github.recsys4j.eval.metric.MedianRank;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Metrics;
import io.github.recsys4j.eval.metric.Ndcg;
import io.github.recsys4j.eval.metric.Precision;
import io.github.recsys4j.eval.metric.RPrecision;
import io.github.recsys4j.eval.metric.Recall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Metrics by the label they have in reports: {@code NDCG@10}, {@code Coverage@10}, {@code AUC}. */
final class MetricNames {
    private static final Map<String, OfCases> CASES = new LinkedHashMap<>();
    private static final Map<String, OfLists> LISTS = new LinkedHashMap<>();
    private static final Map<String, Metric> WHOLE = new LinkedHashMap<>();

    /** What stands for several names at once. */
    private static final Map<String, List<String>> SETS = new LinkedHashMap<>();

    static {
        CASES.put("NDCG", (k, data) -> new Ndcg(k));
        CASES.put("Recall", (k, data) -> new Recall(k));
        CASES.put("HitRate", (k, data) -> new HitRate(k));
        CASES.put("MRR", (k, data) -> new MeanReciprocalRank(k));
        CASES.put("MAP", (k, data) -> new MeanAveragePrecision(k));
        CASES.put("Precision", (k, data) -> new Precision(k));
        CASES.put("F1", (k, data) -> new F1(k));
        SETS.put("accuracy", List.copyOf(CASES.keySet()));
        CASES.put("RPrecision", (k, data) -> new RPrecision(k));
        for (Metric metric : List.of(new Auc(), new GroupedAuc(), new AverageRank(), new MedianRank())) {
            WHOLE.put(metric.label(), metric);
        }
        putBeyondAccuracy();
    }

    private static void putBeyondAccuracy() {
        LISTS.put("Coverage", (k, data) -> BeyondAccuracy.coverage(k));
        LISTS.put("DistinctShare", (k, data) -> BeyondAccuracy.distinctShare(k));
        LISTS.put("Gini", (k, data) -> BeyondAccuracy.gini(k));
        LISTS.put("Entropy", (k, data) -> BeyondAccuracy.entropy(k));
        LISTS.put("Personalisation", (k, data) -> BeyondAccuracy.personalisation(k));
        LISTS.put("PopularityRankDeviation", (k, data) -> spread(k, data, 0));
        LISTS.put("PopularityRankMin", (k, data) -> spread(k, data, 1));
        LISTS.put("PopularityRankMax", (k, data) -> spread(k, data, 2));
        CASES.put("Popularity", (k, data) -> BeyondAccuracy.meanPopularity(k, data.popularity()));
        CASES.put("PopularityRank", (k, data) -> BeyondAccuracy.popularityRank(k, data.popularity()));
        CASES.put(
                "LongTailShare", (k, data) -> BeyondAccuracy.longTailShare(k, data.popularity(), BeyondAccuracy.HEAD));
        CASES.put("SelfInformation", (k, data) -> BeyondAccuracy.selfInformation(k, data.popularity()));
        CASES.put("InverseItemFrequency", (k, data) -> BeyondAccuracy.inverseItemFrequency(k, data.popularity()));
        CASES.put(
                "Serendipity",
                (k, data) -> BeyondAccuracy.serendipity(
                        k, data.popularity(), data.settings().expectedItems()));
        CASES.put("UnseenShare", (k, data) -> BeyondAccuracy.unseenShare(k));
        SETS.put(
                "beyond-accuracy",
                Stream.concat(
                                LISTS.keySet().stream(),
                                CASES.keySet().stream().dropWhile(name -> !name.equals("Popularity")))
                        .toList());
        CASES.put(
                "Freshness",
                (k, data) -> BeyondAccuracy.freshness(
                        k, data.times(), data.settings().freshWindow()));
        CASES.put("TemporalDiversity", (k, data) -> BeyondAccuracy.temporalDiversity(k, data.times()));
        CASES.put("CategoryDiversity", (k, data) -> BeyondAccuracy.categoryDiversity(k, data.categories()));
        CASES.put("IntraListSimilarity", (k, data) -> BeyondAccuracy.intraListSimilarity(k, data.vectors()));
        CASES.put("IntraListDistance", (k, data) -> BeyondAccuracy.intraListDistance(k, data.vectors()));
        CASES.put("HistorySimilarity", (k, data) -> BeyondAccuracy.historySimilarity(k, data.vectors()));
    }

    private static ListMetric spread(int k, MetricData data, int which) {
        return BeyondAccuracy.popularityRankSpread(k, data.popularity()).get(which);
    }

    private interface OfCases {
        Metric at(int k, MetricData data);
    }

    private interface OfLists {
        ListMetric at(int k, MetricData data);
    }

    /** Metrics that were named, in the order of their names. */
    record Chosen(List<Metric> metrics, List<ListMetric> listMetrics) {}

    private MetricNames() {}

    /** Every name, as help texts show it. */
    static List<String> known() {
        return Stream.of(CASES.keySet(), LISTS.keySet())
                .flatMap(names -> names.stream().map(name -> name + "@K"))
                .toList();
    }

    /** The names without a cut-off. */
    static List<String> whole() {
        return List.copyOf(WHOLE.keySet());
    }

    /** The labels of a list, in which sets are replaced by what is in them, each once. */
    static List<String> expand(List<String> labels) {
        return labels.stream()
                .map(MetricNames::canonical)
                .flatMap(MetricNames::parts)
                .distinct()
                .toList();
    }

    private static Stream<String> parts(String label) {
        List<String> names = SETS.getOrDefault(name(label), List.of());
        return names.isEmpty()
                ? Stream.of(label)
                : names.stream().map(name -> name + label.substring(label.indexOf('@')));
    }

    private static String name(String label) {
        int at = label.indexOf('@');
        return at < 0 ? label : label.substring(0, at);
    }

    private static int cutoff(String label) {
        int at = label.indexOf('@');
        Integer k = at < 0 ? null : Ints.tryParse(label.substring(at + 1));
        if (k == null || k < 1) {
            throw new IllegalArgumentException(
                    "metric must be a name, @ and a cut-off of at least 1, such as NDCG@10, got \"" + label + "\"");
        }
        return k;
    }

    /** The label as reports write it, whatever its case. */
    private static String canonical(String label) {
        Optional<String> alone = WHOLE.keySet().stream()
                .filter(name -> name.equalsIgnoreCase(label))
                .findFirst();
        if (alone.isPresent()) {
            return alone.get();
        }
        List<String> names = Stream.of(CASES, LISTS, SETS)
                .flatMap(map -> map.keySet().stream())
                .toList();
        return names.stream()
                        .filter(name -> name.equalsIgnoreCase(name(label)))
                        .findFirst()
                        .orElseThrow(() -> unknown(label, names))
                + "@" + cutoff(label);
    }

    private static IllegalArgumentException unknown(String label, List<String> names) {
        List<String> all =
                Stream.concat(names.stream(), WHOLE.keySet().stream()).toList();
        return new IllegalArgumentException("metric must be one of " + String.join("@K, ", names) + "@K, "
                + String.join(", ", WHOLE.keySet()) + ", got \"" + label + "\""
                + NearestName.of(name(label), all)
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse(""));
    }

    /** Makes the metrics that expanded labels name. */
    static Chosen choose(List<String> labels, MetricData data) {
        List<Metric> metrics = new ArrayList<>();
        List<ListMetric> listMetrics = new ArrayList<>();
        for (String label : labels) {
            String name = name(label);
            if (WHOLE.containsKey(label)) {
                metrics.add(WHOLE.get(label));
            } else if (CASES.containsKey(name)) {
                metrics.add(CASES.get(name).at(cutoff(label), data));
            } else {
                listMetrics.add(Objects.requireNonNull(LISTS.get(name), label).at(cutoff(label), data));
            }
        }
        return new Chosen(metrics, listMetrics);
    }

    /** Finds a metric that training may choose a model by, such as {@code NDCG@10}, in upper or lower case. */
    static Metric accuracy(String label) {
        List<Metric> known = Metrics.at(cutoff(label));
        return known.stream()
                .filter(metric -> metric.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("metric must be one of "
                        + known.stream().map(Metric::label).toList() + ", got \"" + label + "\""));
    }

    /** Gives the labels that reports have when nobody chooses: the standard ones, more cut-offs, and what for. */
    static List<String> standard() {
        return Stream.concat(
                        Metrics.standard().stream().map(Metric::label),
                        Stream.of("NDCG@1", "NDCG@5", "NDCG@20", "NDCG@50", "Popularity@10", "Coverage@10"))
                .toList();
    }
}
