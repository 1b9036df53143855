package io.github.recsys4j.examples.cli;

import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.SplitFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds interactions back and writes the parts. */
@Command(
        name = "split",
        header = "Hold interactions back and write the parts.",
        descriptionHeading = "%n",
        description = {
            "Reads data, holds interactions back for validation and test, and writes the parts into a folder"
                    + " that train and evaluate take as --data.",
            "",
            "Example: recsys split --data prepared --split global-time --set split.ratios.test=0.2 --output parts"
        })
final class SplitCommand extends Configured {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Where the parts go; must not exist or be empty.")
    private Path output = Path.of("");

    SplitCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        return Flag.joined(Flag.DATA, Flag.SPLIT);
    }

    @Override
    int run(RunConfig config) {
        try (Progress progress = new Progress(console())) {
            DatasetFiles.checkEmpty(output);
            Split split = config.split()
                    .splitter()
                    .split(config.filter()
                            .apply(config.data().dataset(progress), console().out()));
            SplitFolder.write(split, output);
            console().out().print(split.report());
            return 0;
        }
    }
}
