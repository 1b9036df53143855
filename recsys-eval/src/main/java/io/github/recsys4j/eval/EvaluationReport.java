package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers with everything that makes them comparable: protocol, counts, and the definition of each metric.
 *
 * <p>Thread-safety: immutable.
 *
 * @param protocol what was ranked, for whom, under which rules
 * @param definitions the formula of each metric by its label, in the evaluator's order
 * @param models how each recommender did: the one under test first, then those it is compared with
 */
public record EvaluationReport(Protocol protocol, Map<String, String> definitions, List<ModelResult> models) {

    /**
     * Copies the collections.
     *
     * @param protocol what was ranked, for whom, under which rules
     * @param definitions formulas by label
     * @param models at least one result
     * @throws IllegalArgumentException if there is no result
     */
    public EvaluationReport {
        checkArgument(!models.isEmpty(), "models must hold at least one result, got none");
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
        models = List.copyOf(models);
    }

    /**
     * {@return the first recommender's mean over all cases}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured
     */
    public double metric(String label) {
        return models.get(0).metric(label);
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

    /** {@return the report as a JSON object, UTF-8, with {@code protocol}, {@code definitions} and {@code models}} */
    public String toJson() {
        return ReportFormats.json(this);
    }

    /** {@return the report as a Markdown page: one table of numbers, then protocol, counts and definitions} */
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

    /** {@return the Markdown page} */
    @Override
    public String toString() {
        return toMarkdown();
    }
}
