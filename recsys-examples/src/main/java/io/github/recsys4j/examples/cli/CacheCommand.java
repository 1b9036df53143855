package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.io.TextTable;
import io.github.recsys4j.feature.CacheFolder;
import io.github.recsys4j.feature.FeatureCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the cache of vectors, and empties it. */
@Command(
        name = "cache",
        header = "Look at the cache of vectors, or empty it.",
        descriptionHeading = "%n",
        description = {
            "The cache has a folder for each encoder; ENCODER is the name of such a folder, or how it begins.",
            "",
            "Example: recsys cache list",
            "         recsys cache stats image-descriptor",
            "         recsys cache clear --all --cache .recsys-cache"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CacheCommand.ListThem.class, CacheCommand.Stats.class, CacheCommand.Clear.class})
final class CacheCommand implements Runnable {
    private static final double MEGABYTE = 1e6;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list, stats or clear");
    }

    /** What each of these commands needs. */
    abstract static class OnCache implements Callable<Integer> {
        private final Console console;

        @Option(
                names = "--cache",
                paramLabel = "DIR",
                description = "The cache. Default: ${DEFAULT-VALUE}.",
                defaultValue = ".recsys-cache")
        private Path directory = ContentsConfig.STANDARD_CACHE;

        OnCache(Console console) {
            this.console = console;
        }

        Console console() {
            return console;
        }

        Path directory() {
            return directory;
        }

        List<CacheFolder> folders() {
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException(
                        "cache " + directory + " is not there: recsys precompute makes one, or name it with --cache");
            }
            return FeatureCache.list(directory);
        }

        List<CacheFolder> named(String encoder) {
            List<CacheFolder> all = folders();
            List<CacheFolder> found =
                    all.stream().filter(each -> name(each).startsWith(encoder)).toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("cache " + directory + " holds nothing of encoder \"" + encoder
                        + "\"; it has " + all.stream().map(OnCache::name).collect(Collectors.joining(", ")));
            }
            return found;
        }

        static String name(CacheFolder folder) {
            return String.valueOf(folder.path().getFileName());
        }

        static String megabytes(CacheFolder folder) {
            return String.format(Locale.ROOT, "%,.1f", folder.bytes() / MEGABYTE);
        }
    }

    /** One line each. */
    @Command(name = "list", description = "Lists the encoders whose vectors the cache holds.")
    static final class ListThem extends OnCache {
        ListThem(Console console) {
            super(console);
        }

        @Override
        public Integer call() {
            TextTable table = new TextTable(List.of("encoder", "of", "vectors", "dim", "MB"));
            for (CacheFolder each : folders()) {
                table.add(List.of(
                        name(each),
                        each.encoder().modality().name().toLowerCase(Locale.ROOT),
                        String.format(Locale.ROOT, "%,d", each.vectors()),
                        Integer.toString(each.encoder().dim()),
                        megabytes(each)));
            }
            table.lines().forEach(console().out()::println);
            return 0;
        }
    }

    /** Everything about one. */
    @Command(name = "stats", description = "Shows what the cache holds of an encoder.")
    static final class Stats extends OnCache {
        @Parameters(paramLabel = "ENCODER", description = "As list names it.")
        private String encoder = "";

        Stats(Console console) {
            super(console);
        }

        @Override
        public Integer call() {
            for (CacheFolder each : named(encoder)) {
                line("encoder", each.encoder().id());
                line("of", each.encoder().modality().name().toLowerCase(Locale.ROOT));
                line("dim", Integer.toString(each.encoder().dim()));
                line("vectors", String.format(Locale.ROOT, "%,d", each.vectors()));
                line("MB", megabytes(each));
                line("fingerprint", each.encoder().fingerprint());
                line("folder", each.path().toString());
            }
            return 0;
        }

        private void line(String name, String value) {
            console().out().printf("%-12s %s%n", name, value);
        }
    }

    /** Deletes after asking. */
    @Command(name = "clear", description = "Deletes the vectors of an encoder, or all; asks before it does.")
    static final class Clear extends OnCache {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ENCODER", arity = "0..1", description = "As list names it.")
        private String encoder = "";

        @Option(names = "--all", description = "The vectors of all encoders.")
        private boolean all;

        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask.")
        private boolean yes;

        Clear(Console console) {
            super(console);
        }

        @Override
        public Integer call() {
            if (all == !encoder.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "name one encoder, or give --all");
            }
            List<CacheFolder> doomed = all ? folders() : named(encoder);
            String what = String.format(
                    Locale.ROOT,
                    "%,d vectors of %s",
                    doomed.stream().mapToLong(CacheFolder::vectors).sum(),
                    doomed.stream().map(OnCache::name).collect(Collectors.joining(", ")));
            if (!yes && !console().confirm("Delete " + what + " in " + directory() + "?")) {
                console().err().println("recsys: nothing was deleted");
                return Recsys.FAILED;
            }
            doomed.forEach(FeatureCache::clear);
            console().out().println("deleted " + what);
            return 0;
        }
    }
}
