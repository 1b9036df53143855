package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.eval.metric.Direction;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers with everything that makes them comparable: protocol, counts, the definition of each metric, and which
 * differences are none.
 *
 * <p>Thread-safety: immutable.
 *
 * @param protocol what was ranked, for whom, under which rules
 * @param definitions the formula of each metric by its label, in the evaluator's order
 * @param models how each recommender did: the one under test first, then those it is compared with
 * @param comparisons each pair of recommenders in each metric that is measured case by case, pair by pair in the
 *     order of the models; empty with one recommender
 */
public record EvaluationReport(
        Protocol protocol, Map<String, String> definitions, List<ModelResult> models, List<Comparison> comparisons) {

    /** The version of {@link #toJson()}'s layout; fields may be added within a version, none changes or goes. */
    public static final int SCHEMA = 1;

    /**
     * Copies the collections.
     *
     * @param protocol what was ranked, for whom, under which rules
     * @param definitions formulas by label
     * @param models at least one result
     * @param comparisons pairs of recommenders by metric
     * @throws IllegalArgumentException if there is no result
     */
    public EvaluationReport {
        checkArgument(!models.isEmpty(), "models must hold at least one result, got none");
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
        models = List.copyOf(models);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * Makes a report without comparisons.
     *
     * @param protocol what was ranked, for whom, under which rules
     * @param definitions formulas by label
     * @param models at least one result
     * @throws IllegalArgumentException if there is no result
     */
    public EvaluationReport(Protocol protocol, Map<String, String> definitions, List<ModelResult> models) {
        this(protocol, definitions, models, List.of());
    }

    /**
     * {@return the first recommender's mean over all cases}
     *
     * <p>Whether there is a number can be asked of {@link ModelResult#figures()}, which lacks a metric that is undefined
     * for every case.
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured, or is undefined for every case; the message says
     *     which
     */
    public double metric(String label) {
        ModelResult first = models.get(0);
        checkArgument(
                first.figures().containsKey(label) || !definitions.containsKey(label),
                "metric \"%s\" is undefined for every case of \"%s\", so it has no mean: no case has what its"
                        + " definition needs (%s)",
                label,
                first.name(),
                definitions.get(label));
        return first.metric(label);
    }

    /**
     * {@return how the recommender of that name did}
     *
     * @param name a recommender's name
     * @throws IllegalArgumentException if no recommender of that name was measured
     */
    public ModelResult model(String name) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("model \"" + name + "\" was not measured; there are "
                        + models.stream().map(ModelResult::name).toList()));
    }

    /** {@return which way each metric is better, by label; a metric that is undefined everywhere is missing} */
    public Map<String, Direction> directions() {
        Map<String, Direction> directions = new LinkedHashMap<>();
        for (ModelResult model : models) {
            model.figures().forEach((label, figure) -> directions.putIfAbsent(label, figure.direction()));
        }
        return Collections.unmodifiableMap(directions);
    }

    /**
     * Puts reports on the same cases together, as of recommenders that do not fit into memory side by side, and
     * compares all of them.
     *
     * @param reports at least one, made with {@link Evaluator.Builder#keepPerCase()}, the model under test first
     * @param confidence level, draws, test and seed
     * @return the first report's protocol and definitions, all models with intervals, and all comparisons
     * @throws IllegalArgumentException if there is no report, or they are not about the same cases and metrics
     * @throws IllegalStateException if a report was made without {@code keepPerCase()}
     */
    public static EvaluationReport join(List<EvaluationReport> reports, Confidence confidence) {
        checkArgument(!reports.isEmpty(), "reports must hold at least one, got none");
        EvaluationReport first = reports.get(0);
        for (EvaluationReport other : reports) {
            checkArgument(
                    other.protocol.equals(first.protocol) && other.definitions.equals(first.definitions),
                    "reports must share protocol and metrics, but those of \"%s\" and \"%s\" differ",
                    first.models.get(0).name(),
                    other.models.get(0).name());
        }
        List<ModelResult> models =
                reports.stream().flatMap(report -> report.models.stream()).toList();
        return new EvaluationReport(first.protocol, first.definitions, models).compared(confidence);
    }

    /** Adds intervals and comparisons to models whose values per case are known. */
    EvaluationReport compared(Confidence confidence) {
        Significance significance = new Significance(models, confidence);
        return new EvaluationReport(protocol, definitions, significance.models(), significance.comparisons());
    }

    EvaluationReport withoutPerCase() {
        return new EvaluationReport(
                protocol,
                definitions,
                models.stream().map(ModelResult::withoutPerCase).toList(),
                comparisons);
    }

    /**
     * {@return the comparisons in that metric, pair by pair in the order of the models}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     */
    public List<Comparison> comparisons(String label) {
        return comparisons.stream().filter(pair -> pair.metric().equals(label)).toList();
    }

    /**
     * {@return who wins in a metric, by how much, and whether it may be luck}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured
     */
    public Headline headline(String label) {
        checkArgument(
                definitions.containsKey(label),
                "metric \"%s\" was not measured; there are %s",
                label,
                definitions.keySet());
        return new Headline(this, label);
    }

    /** {@return who wins in the first metric, or empty where nothing is defined} */
    Optional<Headline> headline() {
        return definitions.keySet().stream().findFirst().map(this::headline);
    }

    /**
     * {@return the report as a JSON object, UTF-8, with {@code schema} ({@value #SCHEMA}), {@code headline} (of the
     * first metric), {@code protocol}, {@code counts}, {@code definitions}, {@code models} and {@code comparisons};
     * what each case scored is not in it}
     */
    public String toJson() {
        return ReportFormats.json(this);
    }

    /**
     * {@return the report as a Markdown page: who wins in the first metric, one table of numbers, the best model
     * against each other one, then protocol, counts and definitions}
     */
    public String toMarkdown() {
        return ReportFormats.markdown(this);
    }

    /**
     * Writes {@link #toJson()}; a crash leaves the old file or the whole new one.
     *
     * @param file where to; its folder must exist
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void writeJson(Path file) {
        AtomicFile.write(file, toJson());
    }

    /**
     * Writes {@link #toMarkdown()}; a crash leaves the old file or the whole new one.
     *
     * @param file where to; its folder must exist
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void writeMarkdown(Path file) {
        AtomicFile.write(file, toMarkdown());
    }

    /**
     * {@return what each case scored as CSV: columns {@code model}, {@code user_id} and one per metric, a row per
     * model and case}
     *
     * @throws IllegalStateException if the evaluator was not asked to keep what each case scored
     */
    public String toPerCaseCsv() {
        return PerCaseCsv.of(this);
    }

    /**
     * Writes what each case scored as CSV, for pandas, R or a spreadsheet: columns {@code model}, {@code user_id} and
     * one per metric, a row per model and case; a crash leaves the old file or the whole new one.
     *
     * @param file where to; its folder must exist
     * @throws IllegalStateException if the evaluator was not asked to keep what each case scored
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void writePerCase(Path file) {
        AtomicFile.write(file, toPerCaseCsv());
    }

    /** {@return the Markdown page} */
    @Override
    public String toString() {
        return toMarkdown();
    }
}
