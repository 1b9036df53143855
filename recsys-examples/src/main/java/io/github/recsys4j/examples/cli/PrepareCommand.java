package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.examples.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            "With --clean-text, HTML, odd characters and runs of white space are taken out of columns of the items; with"
                    + " --check-images, files that are images of a reasonable size are copied, and the others reported;"
                    + " with --compress-images, large ones become small JPEGs on the way.",
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

    @Option(
            names = "--clean-text",
            paramLabel = "COLUMN,...",
            split = ",",
            description = "Columns of the items to clean, as contents.cleaning says.")
    private List<String> cleanText = List.of();

    @Option(names = "--check-images", description = "Copy the data's images that contents.image-limits let through.")
    private boolean checkImages;

    @Option(
            names = "--compress-images",
            description = "Like --check-images, and make large images small as contents.image-compression says:"
                    + " by default files over 500 kB become JPEGs, and sides over 2048 pixels 1024.")
    private boolean compressImages;

    PrepareCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        return Flag.joined(Flag.DATA, FILTERS);
    }

    @Override
    int run(RunConfig config) {
        try (Progress progress = new Progress(console())) {
            DatasetFiles.checkEmpty(output);
            Dataset dataset = config.filter()
                    .apply(config.data().dataset(progress), console().out());
            ContentCleaning cleaning = new ContentCleaning(console().out()::println);
            dataset = cleaning.clean(dataset, cleanText, config.contents().cleaning());
            if (checkImages || compressImages) {
                Path images = dataset.images()
                        .orElseThrow(() -> new ConfigException((compressImages ? "--compress-images" : "--check-images")
                                + " needs images: put them into the folder"
                                + " images beside the data, or give --set data.images=DIR"));
                cleaning.copyImages(images, output.resolve("images"), copy(config.contents()));
            }
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

    private ImageCopy copy(ContentsConfig contents) {
        return new ImageCopy(
                contents.imageLimits(),
                compressImages ? Optional.of(contents.imageCompression()) : Optional.empty(),
                contents.imageColumn().isPresent());
    }
}
