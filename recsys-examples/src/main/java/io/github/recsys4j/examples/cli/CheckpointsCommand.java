package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.io.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the checkpoints of a training run. */
@Command(
        name = "checkpoints",
        header = "Look at the checkpoints of a training run.",
        descriptionHeading = "%n",
        description = "Example: recsys checkpoints list run",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CheckpointsCommand.ListThem.class, CheckpointsCommand.Info.class})
final class CheckpointsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list or info");
    }

    /** One line each. */
    @Command(name = "list", description = "Lists a run's checkpoints, oldest first.")
    static final class ListThem implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "DIR", description = "The folder of a training run, or of its checkpoints.")
        private Path folder = Path.of("");

        ListThem(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            TextTable table =
                    new TextTable(List.of("checkpoint", "epoch", "step", "best epoch", "best", "MB", "written"));
            for (CheckpointFile each : CheckpointFile.all(folder)) {
                table.add(List.of(
                        each.name(),
                        Integer.toString(each.epoch()),
                        Long.toString(each.step()),
                        each.bestEpoch() == 0 ? "-" : Integer.toString(each.bestEpoch()),
                        each.bestEpoch() == 0 ? "-" : String.format(Locale.ROOT, "%.4f", each.bestMetric()),
                        String.format(Locale.ROOT, "%.1f", each.bytes() / 1e6),
                        each.written().toString()));
            }
            table.lines().forEach(console.out()::println);
            return 0;
        }
    }

    /** Everything about one. */
    @Command(name = "info", description = "Shows what a checkpoint holds.")
    static final class Info implements Callable<Integer> {
        private final Console console;

        @Parameters(
                paramLabel = "DIR",
                description = "A checkpoint, or the folder of a run or of its checkpoints, whose newest one is shown.")
        private Path folder = Path.of("");

        @Option(names = "--json", description = "Print as JSON.")
        private boolean json;

        Info(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            CheckpointFile checkpoint = CheckpointFile.newest(folder);
            if (json) {
                console.out().println(checkpoint.toJson());
                return 0;
            }
            for (Map.Entry<String, String> each : checkpoint.facts().entrySet()) {
                console.out().printf("%-14s %s%n", each.getKey(), each.getValue());
            }
            return 0;
        }
    }
}
