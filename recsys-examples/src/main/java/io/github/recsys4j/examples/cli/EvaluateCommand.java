package io.github.recsys4j.examples.cli;

import io.github.recsys4j.eval.Comparison;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Headline;
import io.github.recsys4j.eval.ModelResult;
import io.github.recsys4j.eval.Numbers;
import io.github.recsys4j.eval.Protocol;
import io.github.recsys4j.examples.io.TextTable;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.split.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures baselines and trained models on held-out interactions. */
@Command(
        name = "evaluate",
        header = "Measure baselines and models on what was held back, and say which is best.",
        descriptionHeading = "%n",
        description = {
            "Trains baselines on the training part, and measures them and trained models on held-out"
                    + " interactions. Unless --candidates says otherwise every item competes; seen items are filtered,"
                    + " ties go to the lower id. Every pair is tested, and the answer says whether the best is best by"
                    + " luck.",
            "",
            "Example: recsys evaluate --data parts --models popularity,ease,run --html report.html",
            "         recsys evaluate --data parts --models ease,run --task cold-users --metrics NDCG@10,AUC",
            "",
            "Settings of a kind are keys: --set evaluation.task.most=3, --set evaluation.candidates.count=1000,"
                    + " --set evaluation.confidence.level=0.99, --set evaluation.groups.users=gender."
        })
final class EvaluateCommand extends Configured {
    private static final int WIDTH = 110;

    private static final List<Flag> FLAGS = List.of(
            new Flag(
                    "--models",
                    "evaluation.models",
                    "A,B,...",
                    "Baselines (" + String.join(", ", BaselineConfig.NAMES)
                            + ") and model folders, in the order of the report. Default: popularity,markov,item-knn,ease."),
            new Flag(
                    "--metrics",
                    "evaluation.metrics",
                    "M@K,...",
                    "The first decides who wins. " + String.join(", ", MetricNames.known()) + ", "
                            + String.join(", ", MetricNames.whole())
                            + "; accuracy@K and beyond-accuracy@K stand for several. Default: accuracy@10 and what the"
                            + " charts show."),
            new Flag(
                    "--task",
                    "evaluation.task",
                    "TASK",
                    "What is asked. " + Flag.oneOf(EvaluationConfig.TASKS.keySet()) + " Default: all."),
            new Flag(
                    "--candidates",
                    "evaluation.candidates",
                    "KIND",
                    "Which items compete. " + Flag.oneOf(EvaluationConfig.CANDIDATES.keySet()) + " Default: full."),
            new Flag(
                    "--include-seen", "evaluation.include-seen", "", "Let items of the history be recommended again."));

    @Option(
            names = "--part",
            paramLabel = "PART",
            description =
                    "validation, test or a further group of the split, such as cold-item. Default: ${DEFAULT-VALUE}.",
            defaultValue = "test")
    private String part = "test";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Where models run: auto, cpu or cuda:N. Default: auto.",
            converter = DeviceConverter.class)
    private Device device = Device.auto();

    @Mixin
    private ReportFiles files = new ReportFiles();

    EvaluateCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        return Flag.joined(Flag.DATA, Flag.SPLIT, FLAGS);
    }

    @Override
    int run(RunConfig config) {
        EvaluationConfig evaluation = config.evaluation();
        evaluation.checkModels();
        files.check();
        EvaluationReport report = evaluate(config);
        String metric = List.copyOf(report.definitions().keySet()).get(0);
        files.write(report, metric, RunCurves.of(evaluation.models()));
        print(report, report.headline(metric));
        return 0;
    }

    private EvaluationReport evaluate(RunConfig config) {
        try (Progress progress = new Progress(console())) {
            Split split = config.openSplit(progress, console().err());
            return new EvaluationRun(config, split, part).measure(device, progress);
        }
    }

    private void print(EvaluationReport report, Headline headline) {
        Protocol protocol = report.protocol();
        console()
                .out()
                .println(protocol.split() + ": " + protocol.counts().cases() + " cases, " + protocol.candidates() + ", "
                        + protocol.seen() + ", ties " + protocol.ties());
        List<String> labels = List.copyOf(report.definitions().keySet());
        for (int first = 0; first < labels.size(); ) {
            int end = fitting(report, labels, first);
            table(report, labels.subList(first, end)).lines().forEach(console().out()::println);
            first = end;
        }
        printLead(headline.lead());
        console().out().println();
        console().out().println(headline.sentence());
    }

    /** As many metrics as stand beside each other on a screen, at least one. */
    private static int fitting(EvaluationReport report, List<String> labels, int first) {
        int end = first + 1;
        while (end < labels.size() && width(report, labels.subList(first, end + 1)) <= WIDTH) {
            end++;
        }
        return end;
    }

    private static int width(EvaluationReport report, List<String> labels) {
        return table(report, labels).lines().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static TextTable table(EvaluationReport report, List<String> labels) {
        List<String> headers = new ArrayList<>(List.of("model"));
        headers.addAll(labels);
        TextTable table = new TextTable(headers);
        for (ModelResult model : report.models()) {
            List<String> cells = new ArrayList<>(List.of(model.name()));
            labels.forEach(label ->
                    cells.add(model.figures().containsKey(label) ? Numbers.text(model.metric(label)) : "undefined"));
            table.add(cells);
        }
        return table;
    }

    private void printLead(List<Comparison> lead) {
        if (lead.isEmpty()) {
            return;
        }
        Comparison first = lead.get(0);
        TextTable table =
                new TextTable(List.of(first.model() + " against", first.metric(), "interval", "adjusted", ""));
        for (Comparison pair : lead) {
            String interval = String.format(
                    Locale.ROOT,
                    "%s to %s",
                    Numbers.signed(pair.difference().low()),
                    Numbers.signed(pair.difference().high()));
            String difference = Numbers.signed(pair.difference().mean());
            table.add(List.of(
                    pair.other(),
                    difference,
                    interval,
                    Numbers.pValue(pair),
                    pair.verdict().words()));
        }
        console().out().println();
        table.lines().forEach(console().out()::println);
    }
}
