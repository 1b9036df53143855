package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.config.Keys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that is told what to do by a configuration file and by flags, which win over the file. */
abstract class Configured implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "YAML with the sections data, filter, split, contents, user-context, model, training, evaluation and"
                            + " search.")
    private Optional<Path> file = Optional.empty();

    Configured(Console console) {
        this.console = console;
        spec = CommandSpec.create();
    }

    /** The flags of this command that stand for keys. */
    abstract List<Flag> flags();

    /** Does the work; returns the exit status. */
    abstract int run(RunConfig config);

    @Override
    public Integer call() {
        Keys keys = file.isPresent() ? Keys.of(file.get()) : Keys.none();
        return run(RunConfig.read(
                keys.with(Flag.changes(flags(), spec.commandLine().getParseResult()))));
    }

    Console console() {
        return console;
    }
}
