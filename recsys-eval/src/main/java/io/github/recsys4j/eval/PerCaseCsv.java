package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkState;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** What each case scored, as CSV; an undefined value is an empty field. */
final class PerCaseCsv {
    private PerCaseCsv() {}

    static String of(EvaluationReport report) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().build(text);
        PerCase first = perCase(report.models().get(0));
        List<String> header = new ArrayList<>(List.of("model", "user_id"));
        header.addAll(first.labels());
        csv.writeRecord(header);
        report.models().forEach(model -> write(csv, model, List.copyOf(first.labels())));
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
