package io.github.recsys4j.examples.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.recsys4j.eval.Numbers;
import io.github.recsys4j.eval.report.SearchReport;
import io.github.recsys4j.eval.search.Search;
import io.github.recsys4j.eval.search.SearchResult;
import io.github.recsys4j.eval.search.SearchSpace;
import io.github.recsys4j.eval.search.Trial;
import io.github.recsys4j.eval.search.TrialResult;
import io.github.recsys4j.eval.search.Workers;
import io.github.recsys4j.examples.config.Yaml;
import io.github.recsys4j.examples.io.AtomicFiles;
import io.github.recsys4j.examples.io.TextTable;
import io.github.recsys4j.split.Split;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks for good settings of a model or a baseline, and leaves them as a configuration. */
@Command(
        name = "search",
        header = "Look for good settings of a model or a baseline.",
        descriptionHeading = "%n",
        description = {
            "Tries settings on the validation cases, and leaves everything in the output folder:",
            "  best.yaml      the best settings, for recsys train --config, or evaluate --config for a baseline",
            "  search.html    the course, each parameter against the score, the best trials",
            "  search.md, search.png and search.json    the same to paste, to show and to read by programs",
            "  journal.jsonl  every trial as it ended; --resume goes on from it after a crash",
            "  config.yaml    what every trial starts from",
            "",
            "Example: recsys search --data parts --architecture gsasrec --trials 30 --epochs 20 --output found",
            "         recsys search --data parts --over ease --trials 20 --output found",
            "",
            "The section search of --config has the space, which is the preset's where it is left out:",
            "  search:",
            "    strategy: {type: halving, configurations: 27, smallest: 2, largest: 54, reduction: 3}",
            "    budget: epochs             # or data: per cent of the users",
            "    jobs: 2                    # trials at once, each in a process of its own",
            "    memory: 4g                 # heap of each",
            "    space:",
            "      model.tower.dim: [32, 64, 128]",
            "      training.optimizer: [adam, sgd]",
            "      training.optimizer.learning-rate: {low: 0.0001, high: 0.01, scale: log}",
            "      training.optimizer.beta1: {low: 0.8, high: 0.99, when: {training.optimizer: adam}}",
            "    forbid: [{model.tower.dim: 128, training.optimizer: sgd}]"
        })
final class SearchCommand extends Configured {
    private static final int SHOWN = 5;
    private static final String JOURNAL = "journal.jsonl";

    private static final List<Flag> FLAGS = List.of(
            new Flag(
                    "--over",
                    "search.over",
                    "NAME",
                    "What is tuned. " + Flag.oneOf(SearchConfig.subjects()) + " Default: model."),
            new Flag(
                    "--strategy",
                    "search.strategy",
                    "NAME",
                    Flag.oneOf(SearchConfig.STRATEGIES.keySet()) + " Default: tpe."),
            new Flag("--trials", "search.strategy.trials", "N", "How many trials tpe and random make. Default: 30."),
            new Flag(
                    "--jobs",
                    "search.jobs",
                    "N",
                    "Trials at once, each in a process of its own. Default: 1, in this one."),
            new Flag("--memory", "search.memory", "SIZE", "Heap of each process, such as 4g."),
            new Flag(
                    "--timeout",
                    "search.timeout",
                    "TIME",
                    "A trial that takes longer has failed, such as 1h; runs trials in processes."),
            new Flag("--metric", "search.metric", "M@K", "What is made large. Default: NDCG@10."),
            new Flag(
                    "--architecture",
                    "model.type",
                    "NAME",
                    Flag.oneOf(ModelConfig.RECIPES.keySet()) + " Default: sasrec-softmax."),
            new Flag("--epochs", "training.epochs", "N", "Passes over the users at most. Default: 100."),
            new Flag("--seed", "search.seed", "N", "Decides everything random. Default: 42."));

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "The folder of the search; must not exist or be empty, unless --resume is given.")
    private Path output = Path.of("");

    @Option(names = "--resume", description = "Go on from the journal in the output folder.")
    private boolean resume;

    SearchCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        return Flag.joined(Flag.DATA, Flag.SPLIT, Flag.CONTENTS, FLAGS);
    }

    @Override
    int run(RunConfig config) {
        SearchConfig settings = config.search();
        settings.checkMemory(physicalMemory());
        checkOutput();
        Found found = find(config);
        write(found, settings);
        return print(found.result(), settings);
    }

    private record Found(SearchTrials trials, SearchResult result) {}

    private Found find(RunConfig config) {
        SearchConfig settings = config.search();
        SearchSpace space = settings.space(config.model().architecture());
        try (Progress progress = new Progress(console())) {
            Split split = config.openSplit(progress, console().err());
            config.contents().imagesIn(split.train().images());
            SearchTrials trials = new SearchTrials(config, split, console().err()::println);
            trials.check(space);
            AtomicFiles.write(output.resolve("config.yaml"), Yaml.write(config.toMap()));
            Search search = Search.of(space, settings.strategy().strategy())
                    .seed(settings.seed())
                    .journal(output.resolve(JOURNAL))
                    .subject(subject(config, split))
                    .listener(progress);
            return new Found(trials, inProcesses(settings) ? search.run(workers(settings)) : search.run(trials));
        }
    }

    private static long physicalMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private void checkOutput() {
        boolean begun = Files.isRegularFile(output.resolve(JOURNAL));
        if (begun && !resume) {
            throw new IllegalArgumentException(
                    output + " holds an earlier search: add --resume to go on, or choose another --output");
        }
        if (!begun && !resume) {
            DatasetFiles.checkEmpty(output);
        } else if (!begun) {
            console().err().println("recsys: nothing to resume in " + output + ", the search begins anew");
        }
    }

    /** What must be the same for a search to be resumed: the data and everything that every trial starts from. */
    private static Map<String, String> subject(RunConfig config, Split split) {
        Map<String, Object> base = new LinkedHashMap<>(config.toMap());
        base.remove("search");
        CRC32C checksum = new CRC32C();
        checksum.update(Yaml.write(base).getBytes(StandardCharsets.UTF_8));
        Map<String, String> subject = new LinkedHashMap<>();
        subject.put("over", config.search().over());
        subject.put("metric", config.search().metric());
        subject.put("budget", config.search().budget().toString());
        subject.put("split", split.report().protocol());
        subject.put(
                "interactions", Integer.toString(split.train().interactions().size()));
        subject.put("cases", Integer.toString(split.validation().size()));
        subject.put("settings of config.yaml", "%08x".formatted(checksum.getValue()));
        return subject;
    }

    private static boolean inProcesses(SearchConfig settings) {
        return settings.jobs() > 1 || settings.timeout().isPresent();
    }

    private Workers workers(SearchConfig settings) {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true"));
        settings.memory().ifPresent(size -> options.add("-Xmx" + size));
        Workers workers = Workers.of(
                        Recsys.class,
                        "search-worker",
                        "--config",
                        output.resolve("config.yaml").toString())
                .jobs(settings.jobs())
                .jvmOptions(options.toArray(String[]::new));
        return settings.timeout().map(workers::timeout).orElse(workers);
    }

    private void write(Found found, SearchConfig settings) {
        SearchResult result = found.result();
        SearchReport report = SearchReport.of(result, settings.metric());
        AtomicFiles.write(output.resolve("search.json"), result.toJson());
        AtomicFiles.write(output.resolve("search.md"), report.toMarkdown());
        AtomicFiles.write(output.resolve("search.html"), report.toHtml());
        AtomicFiles.write(output.resolve("search.png"), report.toPng());
        result.best()
                .ifPresent(best -> AtomicFiles.write(
                        output.resolve("best.yaml"), Yaml.write(bestConfig(best.trial(), found.trials(), settings))));
    }

    /** The whole configuration with the best settings, without the section of the search. */
    private static Map<String, Object> bestConfig(Trial best, SearchTrials trials, SearchConfig settings) {
        Map<String, Object> map = new LinkedHashMap<>(trials.config(best).toMap());
        map.remove("search");
        if (!settings.isModel() && map.get("evaluation") instanceof Map<?, ?> evaluation) {
            Map<Object, Object> measured = new LinkedHashMap<>(evaluation);
            measured.put("models", List.of(settings.over()));
            map.put("evaluation", measured);
        }
        return map;
    }

    private int print(SearchResult result, SearchConfig settings) {
        List<TrialResult> best = result.ranked().stream().limit(SHOWN).toList();
        TextTable table = new TextTable(List.of("trial", settings.metric(), "seconds"));
        best.forEach(trial -> table.add(row(trial)));
        List<String> lines = table.lines();
        console().out().println(lines.get(0) + "  settings");
        for (int i = 0; i < best.size(); i++) {
            console()
                    .out()
                    .println(lines.get(i + 1) + "  " + best.get(i).trial().settings());
        }
        console().out().println(result.sentence());
        if (result.best().isEmpty()) {
            return Recsys.FAILED;
        }
        String next = settings.isModel() ? "recsys train -o RUN --config " : "recsys evaluate --config ";
        console().out().println("Next: " + next + output.resolve("best.yaml"));
        return 0;
    }

    private static List<String> row(TrialResult trial) {
        return List.of(
                Integer.toString(trial.trial().number() + 1),
                Numbers.text(trial.score().orElseThrow()),
                String.format(Locale.ROOT, "%.1f", trial.seconds()));
    }
}
