package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.NearestName;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.Protocol;
import io.github.recsys4j.eval.metric.GroupMetrics;
import io.github.recsys4j.eval.metric.ItemVectors;
import io.github.recsys4j.eval.metric.ListMetric;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.SplitReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures models one after the other on the cases that a configuration asks for, and compares them. */
final class EvaluationRun {
    private final RunConfig config;
    private final EvaluationConfig evaluation;
    private final Split split;
    private final String part;

    /** Which cases: validation, test, or a further group of the split. */
    EvaluationRun(RunConfig config, Split split, String part) {
        this.config = config;
        this.split = split;
        this.part = part.toLowerCase(Locale.ROOT);
        evaluation = config.evaluation();
    }

    EvaluationReport measure(Device device, Progress progress) {
        HeldOut cases = evaluation.task().of(split, cases());
        Evaluator evaluator = evaluator(cases, progress);
        List<EvaluationReport> reports = new ArrayList<>();
        for (String name : evaluation.models()) {
            try (Recommender recommender = evaluation.open(name, split, device)) {
                reports.add(named(name, evaluator.evaluate(recommender, cases)));
            }
        }
        return EvaluationReport.join(reports, evaluation.confidence());
    }

    private HeldOut cases() {
        if (part.equals(SplitReport.VALIDATION)) {
            return split.validation();
        }
        if (part.equals(SplitReport.TEST)) {
            return split.test();
        }
        List<String> known = new ArrayList<>(List.of(SplitReport.VALIDATION, SplitReport.TEST));
        known.addAll(split.groups().keySet());
        if (!known.contains(part)) {
            throw new ConfigException("--part must be one of " + String.join(", ", known) + ", got \"" + part + "\""
                    + NearestName.of(part, known)
                            .map(near -> "; did you mean \"" + near + "\"?")
                            .orElse(""));
        }
        return split.group(part);
    }

    private Evaluator evaluator(HeldOut cases, Progress progress) {
        MetricData data = new MetricData(split.train(), evaluation.beyond(), this::itemVectors);
        MetricNames.Chosen chosen = MetricNames.choose(evaluation.metrics(), data);
        List<ListMetric> listMetrics = new ArrayList<>(chosen.listMetrics());
        listMetrics.addAll(groupMetrics(chosen.metrics(), data));
        if (chosen.metrics().isEmpty()) {
            throw new ConfigException(
                    "evaluation.metrics must hold one that is measured case by case, such as NDCG@10, got "
                            + evaluation.metrics());
        }
        Evaluator.Builder builder = Evaluator.builder()
                .metrics(chosen.metrics())
                .listMetrics(listMetrics)
                .candidates(evaluation.candidates().of(split, cases))
                .confidence(evaluation.confidence())
                .keepPerCase()
                .progress(progress);
        return (evaluation.includeSeen() ? builder.includeSeen() : builder).build();
    }

    /** By group: the first metric that has a cut-off, and what is shown to and of each group. */
    private List<ListMetric> groupMetrics(List<Metric> metrics, MetricData data) {
        List<ListMetric> chosen = new ArrayList<>();
        metrics.stream()
                .filter(metric -> metric.k() != Metric.WHOLE)
                .findFirst()
                .ifPresent(metric -> {
                    String users = evaluation.groups().users();
                    if (!users.isEmpty()) {
                        chosen.addAll(GroupMetrics.accuracyByUsers(metric, data.userGroups(users)));
                        chosen.addAll(GroupMetrics.exposureByUsers(metric.k(), data.userGroups(users)));
                    }
                    String items = evaluation.groups().items();
                    if (!items.isEmpty()) {
                        chosen.addAll(GroupMetrics.accuracyByProviders(metric.k(), data.itemGroups(items)));
                        chosen.addAll(GroupMetrics.exposureByProviders(metric.k(), data.itemGroups(items)));
                    }
                });
        return chosen;
    }

    /** All contents of an item side by side, each kind at length 1, so that no kind outweighs another. */
    private ItemVectors itemVectors() {
        Dataset train = split.train();
        if (config.contents().isEmpty()) {
            throw new ConfigException("IntraListSimilarity, IntraListDistance and HistorySimilarity compare what items"
                    + " are made of: add the section contents, or leave them out of evaluation.metrics");
        }
        config.contents().imagesIn(train.images());
        int[] counts = train.interactions().itemCounts(train.items().size());
        try (Contents contents = Contents.fit(config.contents(), train, item -> counts[item] > 0)) {
            return sideBySide(contents.encode(train, ProgressListener.none(), line -> {}));
        }
    }

    private static ItemVectors sideBySide(List<FeatureMatrix> matrices) {
        int dim = matrices.stream().mapToInt(FeatureMatrix::dim).sum();
        int rows = matrices.get(0).rows();
        float[] vectors = new float[Math.multiplyExact(rows, dim)];
        int offset = 0;
        for (FeatureMatrix matrix : matrices) {
            for (int item = 0; item < rows; item++) {
                if (matrix.present(item)) {
                    copy(matrix.row(item), vectors, item * dim + offset);
                }
            }
            offset += matrix.dim();
        }
        return ItemVectors.of(vectors, dim);
    }

    private static void copy(float[] row, float[] vectors, int offset) {
        double squares = 0;
        for (float value : row) {
            squares += (double) value * value;
        }
        float length = squares > 0 ? (float) Math.sqrt(squares) : 1;
        for (int d = 0; d < row.length; d++) {
            vectors[offset + d] = row[d] / length;
        }
    }

    /** A model folder is called what the user called it, so that two models of one kind can be told apart. */
    private EvaluationReport named(String name, EvaluationReport report) {
        return new EvaluationReport(
                protocol(report.protocol()),
                report.definitions(),
                List.of(report.models().get(0).named(name)));
    }

    private Protocol protocol(Protocol rules) {
        String task = evaluation.task() instanceof TaskConfig.All ? "" : ", " + evaluation.task();
        return new Protocol(
                split.report().protocol() + ", " + part + " cases" + task,
                rules.candidates(),
                rules.seen(),
                rules.ties(),
                rules.averaging(),
                rules.counts());
    }
}
