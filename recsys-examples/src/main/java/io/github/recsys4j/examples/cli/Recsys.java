package io.github.recsys4j.examples.cli;

import io.github.recsys4j.RecsysException;
import io.github.recsys4j.examples.config.ConfigException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code recsys} command: prepares data, splits it, encodes contents, trains, searches settings,
 * evaluates and recommends.
 *
 * <p>Exit status 0: done; 1: it failed, and one line on the error stream says why; 2: the arguments or the
 * configuration are wrong. {@code --verbose} adds the stack trace and the log.
 */
@Command(
        name = "recsys",
        description = "Trains a recommender on histories, texts, images and more in the JVM, measures it, and asks it.",
        versionProvider = Recsys.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QuickstartCommand.class,
            PrepareCommand.class,
            SplitCommand.class,
            PrecomputeCommand.class,
            CacheCommand.class,
            TrainCommand.class,
            SearchCommand.class,
            SearchWorkerCommand.class,
            EvaluateCommand.class,
            RecommendCommand.class,
            CheckpointsCommand.class
        },
        footerHeading = "%nExit status:%n",
        footer = {"  0  done", "  1  it failed; one line on stderr says why", "  2  wrong arguments or configuration"})
@SuppressWarnings("UnusedVariable") // picocli sets --help and --version
public final class Recsys implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_ARGUMENTS = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the log, and the stack trace of a failure.")
    private boolean verbose;

    private Recsys() {
        spec = CommandSpec.create();
    }

    /**
     * Runs a command and ends the JVM with its exit status.
     *
     * @param arguments as on the command line
     */
    public static void main(String... arguments) {
        if (Arrays.asList(arguments).contains("--verbose")) {
            System.setProperty("recsys.log", "INFO");
            System.setProperty("recsys.log.native", "WARN");
        }
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs a command, writing to the console given, and returns the exit status. */
    static int run(Console console, String... arguments) {
        CommandLine line = new CommandLine(new Recsys(), new ConsoleFactory(console))
                .setOut(console.out())
                .setErr(console.err())
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Recsys::wrongArguments)
                .setExecutionExceptionHandler(Recsys::failed);
        line.getSubcommands().values().forEach(Recsys::addFlags);
        int status = line.execute(arguments);
        console.out().flush();
        console.err().flush();
        return status;
    }

    private static void addFlags(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (command.getCommand() instanceof Configured configured) {
            configured.flags().forEach(flag -> spec.addOption(flag.option()));
            spec.addOption(Flag.set());
            spec.usageMessage().abbreviateSynopsis(true);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: try recsys --help");
    }

    private static int wrongArguments(ParameterException e, String... arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("recsys: " + oneLine(e));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return WRONG_ARGUMENTS;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        err.println("recsys: " + oneLine(e));
        if (isVerbose(line)) {
            e.printStackTrace(err);
        }
        return e instanceof ConfigException ? WRONG_ARGUMENTS : FAILED;
    }

    private static boolean isVerbose(CommandLine line) {
        CommandLine top = line;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return ((Recsys) top.getCommand()).verbose;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        boolean known = e instanceof RecsysException
                || e instanceof IllegalArgumentException
                || e instanceof UncheckedIOException
                || e instanceof ParameterException;
        String text = known ? message : e.getClass().getSimpleName() + ": " + message;
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    /** Tells the version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Recsys.class.getPackage().getImplementationVersion();
            return new String[] {"recsys " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
