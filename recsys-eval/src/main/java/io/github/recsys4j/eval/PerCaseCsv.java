package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkState;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What each case scored, as CSV; an undefined value is an empty field. */
final class PerCaseCsv {
    private PerCaseCsv() {}

    static String of(EvaluationReport report) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> labels = List.copyOf(perCase(report.models().get(0)).labels());
            List<String> header = new ArrayList<>(List.of("model", "user_id"));
            header.addAll(labels);
            csv.writeRecord(header);
            report.models().forEach(model -> write(csv, model, labels));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory must be writable", e);
        }
        return text.toString();
    }

    private static PerCase perCase(ModelResult model) {
        checkState(
                model.perCase().isPresent(),
                "model \"%s\" has no values per case: build the evaluator with keepPerCase()",
                model.name());
        return model.perCase().get();
    }

    private static void write(CsvWriter csv, ModelResult model, List<String> labels) {
        PerCase cases = perCase(model);
        List<double[]> columns = labels.stream().map(cases::values).toList();
        for (int index = 0; index < cases.size(); index++) {
            List<String> row =
                    new ArrayList<>(List.of(model.name(), cases.userIds().get(index)));
            for (double[] column : columns) {
                row.add(Double.isNaN(column[index]) ? "" : Double.toString(column[index]));
            }
            csv.writeRecord(row);
        }
    }
}
