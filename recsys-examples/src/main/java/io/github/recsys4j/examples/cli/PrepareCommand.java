package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns data of any format into CSV files of ours. */
@Command(
        name = "prepare",
        header = "Turn data of any format into CSV files.",
        descriptionHeading = "%n",
        description = {
            "Reads data of any format, leaves out who and what has too few interactions, and writes"
                    + " interactions.csv, items.csv and users.csv.",
            "",
            "Example: recsys prepare --data ml-1m --format movielens-dat --filter k-core --output prepared"
        })
final class PrepareCommand extends Configured {
    private static final List<Flag> FILTERS = List.of(
            new Flag("--filter", "filter", "TYPE", "none, k-core or single-pass. Default: none."),
            new Flag("--min-per-item", "filter.min-per-item", "N", "Interactions an item must have. Default: 5."),
            new Flag("--min-per-user", "filter.min-per-user", "N", "Interactions a user must have. Default: 5."));

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Where the files go; must not exist or be empty.")
    private Path output = Path.of("");

    PrepareCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        List<Flag> flags = new ArrayList<>(Flag.DATA);
        flags.addAll(FILTERS);
        return flags;
    }

    @Override
    int run(RunConfig config) {
        try (Progress progress = new Progress(console())) {
            DatasetFiles.checkEmpty(output);
            Dataset dataset = config.filter()
                    .apply(config.data().dataset(progress), console().out());
            DatasetFiles.write(dataset, output);
            console()
                    .out()
                    .printf(
                            "%s: %,d interactions of %,d users with %,d items%n",
                            output,
                            dataset.interactions().size(),
                            dataset.users().size(),
                            dataset.items().size());
            return 0;
        }
    }
}
