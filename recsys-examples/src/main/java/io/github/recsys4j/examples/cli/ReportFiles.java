package io.github.recsys4j.examples.cli;

import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.report.Curve;
import io.github.recsys4j.eval.report.HtmlReport;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.io.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The files that an evaluation is asked to leave. */
final class ReportFiles {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write one self-contained page: who wins, tables, charts.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--png", paramLabel = "FILE", description = "Write the charts as a picture.")
    private Optional<Path> png = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the report as Markdown.")
    private Optional<Path> markdown = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--per-case",
            paramLabel = "FILE",
            description = "Write what each case scored as CSV, for pandas, R or a spreadsheet.")
    private Optional<Path> perCase = Optional.empty();

    private Map<String, Path> asked() {
        Map<String, Path> files = new LinkedHashMap<>();
        html.ifPresent(file -> files.put("--html", file));
        png.ifPresent(file -> files.put("--png", file));
        markdown.ifPresent(file -> files.put("--markdown", file));
        json.ifPresent(file -> files.put("--json", file));
        perCase.ifPresent(file -> files.put("--per-case", file));
        return files;
    }

    /** Refuses a place where no file can be, before anything is trained. */
    void check() {
        asked().forEach((option, file) -> {
            if (Files.isDirectory(file)) {
                throw new ConfigException(option + " must be a file, got the folder " + file);
            }
            Path folder = file.toAbsolutePath().getParent();
            while (folder != null && !Files.exists(folder)) {
                folder = folder.getParent();
            }
            if (folder != null && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
                throw new ConfigException(
                        option + " must be a place that can be written, got " + file + ": " + folder + " cannot");
            }
        });
        if (asked().values().stream().distinct().count() < asked().size()) {
            throw new ConfigException("each report needs a file of its own, got " + asked());
        }
    }

    /** Makes every file's content, then writes the files. */
    void write(EvaluationReport report, String metric, List<Curve> training) {
        HtmlReport page = HtmlReport.of(report, metric).withTraining(training);
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        html.ifPresent(file -> contents.put(file, utf8(page.toHtml())));
        png.ifPresent(file -> contents.put(file, page.toPng()));
        markdown.ifPresent(file -> contents.put(file, utf8(report.toMarkdown())));
        json.ifPresent(file -> contents.put(file, utf8(report.toJson())));
        perCase.ifPresent(file -> contents.put(file, utf8(report.toPerCaseCsv())));
        contents.forEach(AtomicFiles::write);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
