package io.github.recsys4j.examples.cli;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.ModelResult;
import io.github.recsys4j.eval.Protocol;
import io.github.recsys4j.examples.io.AtomicFiles;
import io.github.recsys4j.examples.io.TextTable;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures baselines and trained models on held-out interactions. */
@Command(
        name = "evaluate",
        header = "Measure baselines and models on what was held back.",
        descriptionHeading = "%n",
        description = {
            "Trains baselines on the training part, and measures them and trained models on held-out"
                    + " interactions: every item competes, seen items are filtered, ties go to the lower id.",
            "",
            "Example: recsys evaluate --format gsasrec --data ml-1m-gsasrec --part validation"
                    + " --models popularity,markov,item-knn,ease,model --json report.json"
        })
final class EvaluateCommand extends Configured {
    private static final List<Flag> FLAGS = List.of(
            new Flag(
                    "--models",
                    "evaluation.models",
                    "A,B,...",
                    "Baselines (random, popularity, markov, item-knn, ease) and model folders, in the order of the"
                            + " report. Default: popularity,markov,item-knn,ease."),
            new Flag(
                    "--metrics",
                    "evaluation.metrics",
                    "M@K,...",
                    "NDCG, Recall, HitRate, MRR, MAP, Precision or F1 with"
                            + " a cut-off. Default: the standard ones at 10, and Recall@1."),
            new Flag(
                    "--include-seen", "evaluation.include-seen", "", "Let items of the history be recommended again."));

    /** Which cases. */
    enum Part {
        VALIDATION,
        TEST
    }

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "validation or test. Default: ${DEFAULT-VALUE}.",
            defaultValue = "test")
    private Part part = Part.TEST;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Where models run: auto, cpu or cuda:N. Default: auto.",
            converter = DeviceConverter.class)
    private Device device = Device.auto();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the report as Markdown.")
    private Optional<Path> markdown = Optional.empty();

    EvaluateCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        List<Flag> flags = new ArrayList<>(Flag.DATA);
        flags.addAll(Flag.SPLIT);
        flags.addAll(FLAGS);
        return flags;
    }

    @Override
    int run(RunConfig config) {
        config.evaluation().checkModels();
        EvaluationReport report = evaluate(config);
        json.ifPresent(file -> AtomicFiles.write(file, report.toJson()));
        markdown.ifPresent(file -> AtomicFiles.write(file, report.toMarkdown()));
        print(report);
        return 0;
    }

    private EvaluationReport evaluate(RunConfig config) {
        try (Progress progress = new Progress(console())) {
            Split split = config.openSplit(progress, console().err());
            return evaluate(config.evaluation(), split, progress);
        }
    }

    private EvaluationReport evaluate(EvaluationConfig config, Split split, Progress progress) {
        Evaluator.Builder builder = Evaluator.builder()
                .metrics(config.metrics().stream().map(MetricNames::metric).toList())
                .progress(progress);
        Evaluator evaluator = (config.includeSeen() ? builder.includeSeen() : builder).build();
        HeldOut cases = part == Part.TEST ? split.test() : split.validation();
        List<EvaluationReport> reports = new ArrayList<>();
        List<ModelResult> models = new ArrayList<>();
        for (String name : config.models()) {
            try (Recommender recommender = config.open(name, split, device)) {
                EvaluationReport report = evaluator.evaluate(recommender, cases);
                models.add(named(name, report.models().get(0)));
                reports.add(report);
            }
        }
        return new EvaluationReport(
                protocol(reports.get(0).protocol(), split), reports.get(0).definitions(), models);
    }

    /** A model folder is called what the user called it, so that two models of one kind can be told apart. */
    private static ModelResult named(String name, ModelResult result) {
        return new ModelResult(name, result.metrics(), result.standardErrors(), result.answeredByPopularity());
    }

    private Protocol protocol(Protocol rules, Split split) {
        return new Protocol(
                split.report().protocol() + ", " + part.name().toLowerCase(Locale.ROOT) + " cases",
                rules.candidates(),
                rules.seen(),
                rules.ties(),
                rules.averaging(),
                rules.counts());
    }

    private void print(EvaluationReport report) {
        List<String> labels = List.copyOf(report.definitions().keySet());
        List<String> headers = new ArrayList<>(List.of("model"));
        headers.addAll(labels);
        TextTable table = new TextTable(headers);
        for (ModelResult model : report.models()) {
            List<String> cells = new ArrayList<>(List.of(model.name()));
            labels.forEach(label -> cells.add(String.format(Locale.ROOT, "%.4f", model.metric(label))));
            table.add(cells);
        }
        Protocol protocol = report.protocol();
        console()
                .out()
                .println(protocol.split() + ": " + protocol.counts().cases() + " cases, " + protocol.candidates() + ", "
                        + protocol.seen() + ", ties " + protocol.ties());
        table.lines().forEach(console().out()::println);
    }
}
