package io.github.recsys4j.examples.cli;

import com.google.common.base.Splitter;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.examples.io.AtomicFiles;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.runtime.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a trained model. */
@Command(
        name = "recommend",
        header = "Ask a model for recommendations.",
        descriptionHeading = "%n",
        description = {
            "Loads a model and recommends items: for users it knows, or for any history. A model that was trained with"
                    + " contents says why, and takes items that it was not trained with.",
            "",
            "Example: recsys recommend --model run --users 17 23 --k 5",
            "         recsys recommend --model run --history 260,1196,1210 --why",
            "         recsys recommend --model run --add-items new.csv --images new-images --users 17 --save grown"
        })
final class RecommendCommand implements Callable<Integer> {
    private static final Splitter COMMAS = Splitter.on(',').trimResults().omitEmptyStrings();

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A model folder, or the folder of a training run.")
    private Path model = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Who who = new Who();

    @Option(
            names = {"-k", "--k"},
            paramLabel = "N",
            description = "How many items. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int k = RecommendationRequest.DEFAULT_K;

    @Option(names = "--include-seen", description = "Let items of the history be recommended again.")
    private boolean includeSeen;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides the sample of users. Default: ${DEFAULT-VALUE}.",
            defaultValue = "42")
    private long seed;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Where the model runs: auto, cpu or cuda:N. Default: auto.",
            converter = DeviceConverter.class)
    private Device device = Device.auto();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the answers as JSON instead of printing them.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--why",
            description = "Say how much each content and the id made of a recommended item; for models with contents.")
    private boolean why;

    @Option(
            names = "--add-items",
            paramLabel = "FILE",
            description = "CSV of new items with item_id and the columns of the training data; they are recommended at"
                    + " once. Needs the folder of the training run.")
    private Optional<Path> newItems = Optional.empty();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The images of the new items. Default: the folder of the training data.")
    private Optional<Path> newImages = Optional.empty();

    @Option(names = "--save", paramLabel = "DIR", description = "Save the model with the new items.")
    private Optional<Path> save = Optional.empty();

    RecommendCommand(Console console) {
        this.console = console;
    }

    /** Exactly one of these. */
    static final class Who {
        @Option(names = "--users", paramLabel = "ID", arity = "1..*", description = "User ids.")
        private List<String> users = List.of();

        @Option(names = "--user-file", paramLabel = "FILE", description = "A file with a user id on each line.")
        private Optional<Path> userFile = Optional.empty();

        @Option(names = "--sample-users", paramLabel = "N", description = "N random users of the model.")
        private Optional<Integer> sample = Optional.empty();

        @Option(
                names = "--history",
                paramLabel = "ID,ID,...",
                description = "What somebody did, item ids, oldest first; no user needed.")
        private Optional<String> history = Optional.empty();
    }

    @Override
    public Integer call() {
        if (k < 1) {
            throw new ParameterException(spec.commandLine(), "--k must be at least 1, got " + k);
        }
        if (newItems.isEmpty() && (newImages.isPresent() || save.isPresent())) {
            throw new ParameterException(spec.commandLine(), "--images and --save are for --add-items FILE");
        }
        List<RecommendationRequest> requests =
                requests().stream().map(this::withOptions).toList();
        try (MultimodalRecommender recommender = MultimodalRecommender.load(ModelFolders.find(model), device)) {
            newItems.ifPresent(file -> addItems(recommender, file));
            Answers answers =
                    new Answers(recommender, requests, recommender.recommend(requests), Titles.of(recommender), why);
            output.ifPresentOrElse(
                    file -> AtomicFiles.write(file, answers.toJson()),
                    () -> answers.lines().forEach(console.out()::println));
            output.ifPresent(file -> console.out().printf(Locale.ROOT, "%s: %,d answers%n", file, requests.size()));
        }
        return 0;
    }

    private void addItems(MultimodalRecommender recommender, Path file) {
        int added = new NewItems(model, console).addTo(recommender, file, newImages);
        console.err().printf(Locale.ROOT, "%,d new items%n", added);
        save.ifPresent(recommender::save);
    }

    private List<RecommendationRequest.Builder> requests() {
        if (who.history.isPresent()) {
            return List.of(RecommendationRequest.forHistory(COMMAS.splitToList(who.history.get())));
        }
        return users().stream().map(RecommendationRequest::forUser).toList();
    }

    private RecommendationRequest withOptions(RecommendationRequest.Builder builder) {
        builder.k(k);
        return includeSeen ? builder.includeSeen().build() : builder.build();
    }

    private List<String> users() {
        if (who.userFile.isPresent()) {
            return readUsers(who.userFile.get());
        }
        return who.sample.map(this::sample).orElse(who.users);
    }

    private static List<String> readUsers(Path file) {
        try (var lines = Files.lines(file)) {
            List<String> ids =
                    lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
            if (ids.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no user id: put one on each line");
            }
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e + "; check --user-file", e);
        }
    }

    private List<String> sample(int count) {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--sample-users must be at least 1, got " + count);
        }
        List<String> all = new ArrayList<>(ModelFolders.users(model));
        if (all.isEmpty() && ModelFolders.isModel(model)) {
            throw new IllegalArgumentException(
                    "model " + model + " carries no histories, so there is nobody to sample: give --history");
        }
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, Math.min(count, all.size()));
    }
}
