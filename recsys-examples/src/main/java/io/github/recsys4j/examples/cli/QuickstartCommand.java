package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.quickstart.Quickstart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows everything on a made-up shop. */
@Command(
        name = "quickstart",
        header = "Show everything on a made-up shop, without any data.",
        descriptionHeading = "%n",
        description = {
            "Makes up a small shop with drawn pictures and texts whose right recommendations are known, encodes them,"
                    + " trains a model on purchases and contents, exports it to ONNX, compares it with the baselines,"
                    + " saves it, loads it, asks it, and adds new products that have nothing but picture and text."
                    + " Downloads nothing.",
            "Fails if the model does not beat the baselines, misses the right answers, or does not bring new products to"
                    + " those who need them."
        })
final class QuickstartCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where the shop's files and the model go. Default: a temporary folder.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--shoppers", paramLabel = "N", description = "How many people shop. Default: the standard shop's.")
    private Optional<Integer> shoppers = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "How long training lasts. Default: the standard's.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything random. Default: 42.")
    private Optional<Long> seed = Optional.empty();

    QuickstartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = output.isPresent() ? output.get() : Files.createTempDirectory("recsys-quickstart");
        Quickstart.Settings standard = Quickstart.Settings.standard(folder);
        Quickstart.Settings settings = new Quickstart.Settings(
                folder,
                shoppers.orElse(standard.shoppers()),
                epochs.orElse(standard.epochs()),
                seed.orElse(standard.seed()));
        return new Quickstart(console.out(), settings).run() ? 0 : Recsys.FAILED;
    }
}
