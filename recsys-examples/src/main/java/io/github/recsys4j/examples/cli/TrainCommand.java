package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.cli.TrainingCurves.Curve;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.examples.config.Yaml;
import io.github.recsys4j.examples.io.AtomicFiles;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.TrainingHistory;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.split.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a model, and leaves everything about the run in one folder. */
@Command(
        name = "train",
        header = "Train a model, export it to ONNX and save it.",
        descriptionHeading = "%n",
        description = {
            "Trains a sequence model on histories and, where they are named, on the items' texts, images, sounds,"
                    + " numbers and categories. Leaves everything in the output folder:",
            "  model/               what evaluate, recommend and your application load",
            "  config.yaml          every setting of this run, to be given as --config again",
            "  metrics.json         loss and validation metrics of each epoch",
            "  training-curves.png  the same as a picture",
            "  contents/            what was learned of the items' texts and columns, for recommend --add-items",
            "  checkpoints/         where --resume goes on after a crash",
            "",
            "Example: recsys train --data prepared --architecture gsasrec --epochs 50 --output run",
            "         recsys train --data shop --text title,description --image-encoder descriptor --output run"
        })
final class TrainCommand extends Configured {
    private static final List<Flag> FLAGS = List.of(
            new Flag(
                    "--architecture",
                    "model.type",
                    "NAME",
                    Flag.oneOf(ModelConfig.RECIPES.keySet()) + " Default: sasrec-softmax."),
            new Flag(
                    "--fusion",
                    "model.item-tower.fusion",
                    "NAME",
                    "How ids and contents become one vector. "
                            + Flag.oneOf(Records.constants(Fusion.class).keySet())
                            + " Default: the architecture's."),
            new Flag(
                    "--id-dropout",
                    "model.item-tower.id-dropout",
                    "X",
                    "Share of items whose id is hidden in a step, so that contents work alone. Default: 0.2."),
            new Flag(
                    "--alignment",
                    "model.item-tower.alignment",
                    "X",
                    "Weight of the CLIP loss that pulls an item's contents together. Default: the architecture's."),
            new Flag(
                    "--user-numbers",
                    "user-context.numbers.columns",
                    "COLUMN,...",
                    "Numeric columns of the users that the model reads beside histories."),
            new Flag(
                    "--user-categories",
                    "user-context.categories.columns",
                    "COLUMN,...",
                    "Categorical columns of the users, likewise."),
            new Flag("--dim", "model.tower.dim", "N", "Length of item and user vectors."),
            new Flag("--max-length", "model.tower.max-length", "N", "How much of a history the model reads."),
            new Flag("--epochs", "training.epochs", "N", "Passes over the users at most. Default: 100."),
            new Flag("--batch-size", "training.batch-size", "N", "Sequences per step. Default: 128."),
            new Flag("--learning-rate", "training.optimizer.learning-rate", "X", "Default: 0.001."),
            new Flag("--patience", "training.patience", "N", "Validations without a gain before the end. Default: 10."),
            new Flag("--metric", "training.metric", "M@K", "What validation chooses the model by. Default: NDCG@10."),
            new Flag(
                    "--max-duration",
                    "training.max-duration",
                    "TIME",
                    "End after the epoch that passes this, such as 1h."),
            new Flag("--seed", "training.seed", "N", "Decides everything random. Default: 42."),
            new Flag("--threads", "training.threads", "N", "Threads of the native engine. Default: all processors."));

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "The folder of the run; must not exist or be empty, unless --resume is given.")
    private Path output = Path.of("");

    @Option(names = "--resume", description = "Go on from the last checkpoint in the output folder.")
    private boolean resume;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "Where the finished model is checked: auto, cpu or cuda:N; training is on the CPU. Default: auto.",
            converter = DeviceConverter.class)
    private Device device = Device.auto();

    TrainCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        return Flag.joined(Flag.DATA, Flag.SPLIT, Flag.CONTENTS, FLAGS);
    }

    @Override
    int run(RunConfig config) {
        config.checkContents();
        Path checkpoints = output.resolve("checkpoints");
        checkOutput(checkpoints);
        TrainingOptions options = config.training().options(checkpoints);
        AtomicReference<TrainingHistory> history = new AtomicReference<>();
        try (MultimodalRecommender model = train(config, options, history)) {
            model.save(output.resolve(ModelFolders.MODEL));
            report(model, Objects.requireNonNull(history.get(), "history"), options.metric());
        }
        return 0;
    }

    private MultimodalRecommender train(
            RunConfig config, TrainingOptions options, AtomicReference<TrainingHistory> history) {
        try (Progress progress = new Progress(console())) {
            Split split = config.openSplit(progress, console().err());
            config.contents().imagesIn(split.train().images());
            AtomicFiles.write(output.resolve("config.yaml"), Yaml.write(config.toMap()));
            ModelBuilding building =
                    new ModelBuilding(config, split.train(), console().err()::println);
            Contents.Encoded contents = building.contents(progress, Optional.of(output.resolve(ModelFolders.CONTENTS)));
            return building.builder(contents)
                    .options(options)
                    .device(device)
                    .listener(progress)
                    .history(history::set)
                    .train(split);
        }
    }

    private void checkOutput(Path checkpoints) {
        if (!resume) {
            if (Files.isDirectory(checkpoints)) {
                throw new IllegalArgumentException(output
                        + " holds checkpoints of an earlier run: add --resume to go on, or choose another --output");
            }
            DatasetFiles.checkEmpty(output);
        } else if (!Files.isDirectory(checkpoints)) {
            console().err().println("recsys: nothing to resume in " + checkpoints + ", training begins anew");
        }
    }

    private void report(MultimodalRecommender model, TrainingHistory history, String metric) {
        RunMetrics metrics = new RunMetrics(model, history, metric);
        AtomicFiles.write(output.resolve("metrics.json"), metrics.toJson());
        Curve loss = Curve.named("training loss");
        Curve validation = Curve.named("validation " + metric);
        for (TrainingHistory.Epoch epoch : history.epochs()) {
            loss.add(epoch.number(), epoch.loss());
            if (epoch.metrics().containsKey(metric)) {
                validation.add(epoch.number(), epoch.metrics().get(metric));
            }
        }
        TrainingCurves.draw(output.resolve("training-curves.png"), model.name(), loss, validation);
        console()
                .out()
                .printf(
                        Locale.ROOT,
                        "%s: %d epochs (%s), epoch %d kept%s%n%s%n",
                        model.name(),
                        history.epochs().size(),
                        history.stopReason(),
                        history.bestEpoch(),
                        history.best(metric)
                                .map(value -> String.format(Locale.ROOT, ", validation %s %.4f", metric, value))
                                .orElse(""),
                        output.resolve(ModelFolders.MODEL));
    }
}
