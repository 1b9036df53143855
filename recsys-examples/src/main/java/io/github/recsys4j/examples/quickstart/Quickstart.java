package io.github.recsys4j.examples.quickstart;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.ModelResult;
import io.github.recsys4j.eval.baseline.Baselines;
import io.github.recsys4j.examples.io.TextTable;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.ItemFeatures;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.prepare.PreparationReport;
import io.github.recsys4j.split.LeaveOneOut;
import io.github.recsys4j.split.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The whole way in one go: a shop is made up and written as CSV and pictures, read, split, its pictures and texts are
 * encoded, a model is trained on ids and contents, exported to ONNX, compared with the baselines, saved, loaded again
 * and asked for recommendations, whose right answers are known; then new products arrive, of which it sees nothing but
 * picture and text.
 *
 * <p>{@link #run()} tells whether the model kept what it promises: it beats every baseline, its recommendations hold
 * the right answer, and most of those who need a new product next are recommended it. Not thread-safe.
 */
public final class Quickstart {
    private static final String METRIC = "NDCG@10";
    private static final int LINE = 90;
    private static final double LEARNING_RATE = 0.003;
    private static final int BATCH = 64;
    private static final int DIM = 64;
    private static final int LONGEST = 24;
    private static final double ID_DROPOUT = 0.4;
    private static final int STRANGERS = 200;
    private static final long STRANGERS_SEED = 99;

    private final PrintWriter out;
    private final Settings settings;
    private final Shop shop;
    private final long start = System.nanoTime();
    private int step;

    /**
     * How much is done.
     *
     * @param folder where the shop's files and the model go
     * @param shoppers how many people shop, at least 100
     * @param epochs how long training lasts at most
     * @param seed decides everything that is random
     */
    public record Settings(Path folder, int shoppers, int epochs, long seed) {
        private static final int FEWEST = 100;

        /**
         * Checks the numbers.
         *
         * @param folder where files go
         * @param shoppers how many people shop
         * @param epochs how long training lasts at most
         * @param seed decides everything that is random
         */
        public Settings {
            if (shoppers < FEWEST) {
                throw new IllegalArgumentException(
                        "shoppers must be at least " + FEWEST + ", got " + shoppers + ": fewer teach nothing");
            }
        }

        /**
         * {@return what the README shows: 3,000 shoppers, 30 epochs}
         *
         * @param folder where files go
         */
        public static Settings standard(Path folder) {
            return new Settings(folder, 3000, 30, 42);
        }
    }

    /**
     * Prepares a run.
     *
     * @param out what happens is told here
     * @param settings how much is done
     */
    public Quickstart(PrintWriter out, Settings settings) {
        this.out = out;
        this.settings = settings;
        shop = Shop.open(settings.shoppers(), settings.seed());
    }

    /**
     * Runs the standard quickstart in a temporary folder, or in the folder given, and ends the JVM with status 0, or
     * 1 if the model did not keep its promise.
     *
     * @param arguments nothing, or a folder
     * @throws IOException if there is no place for temporary files
     */
    public static void main(String... arguments) throws IOException {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("recsys-quickstart");
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(new Quickstart(out, Settings.standard(folder)).run() ? 0 : 1);
    }

    /**
     * Does everything and tells about it.
     *
     * @return whether the model beat every baseline, found the right answers, and brought new products to the right
     *     people
     */
    public boolean run() {
        openShop();
        Split split = LeaveOneOut.split(read());
        say(
                "%,d purchases to learn from, %,d to validate and %,d to test with (each shopper's last two)",
                split.report().trainInteractions(),
                split.report().validationCases(),
                split.report().testCases());
        ShopContents contents = ShopContents.open(settings.folder().resolve("cache"));
        ItemFeatures features = encode(contents, split.train());
        Path folder = settings.folder().resolve("model");
        boolean better;
        try (MultimodalRecommender model = train(split, features)) {
            better = compare(model, split);
            model.save(folder);
        }
        boolean right;
        boolean fresh;
        try (MultimodalRecommender model = MultimodalRecommender.load(folder, Device.cpu())) {
            right = ask(model, folder);
            fresh = arrive(model, contents);
            model.save(folder);
        }
        verdict(better, right, fresh);
        return better && right && fresh;
    }

    private void openShop() {
        head("A made-up shop");
        shop.write(settings.folder());
        say(
                "%,d products, %,d shoppers, %,d purchases in %s",
                shop.catalog().products().size(),
                shop.baskets().size(),
                shop.baskets().stream().mapToInt(List::size).sum(),
                settings.folder());
        say("Look at all of them: %s", settings.folder().resolve(Shop.SHEET));
        say("Every shopper has two projects and buys for them in turn, each in its own order and colour,");
        say("so what comes next follows from the purchase before the last one. The model is not told.");
        say("The texts say what a product is and leave its colour out: only the picture shows that.");
        print(shop.baskets().get(0));
    }

    private void print(List<Product> basket) {
        StringBuilder line = new StringBuilder("For example: ");
        for (Product product : basket) {
            if (line.length() + product.title().length() > LINE) {
                say("%s", line.toString().stripTrailing());
                line = new StringBuilder("   ");
            }
            line.append(product.title()).append(product.equals(basket.get(basket.size() - 1)) ? "." : " > ");
        }
        say("%s", line.toString().stripTrailing());
    }

    private Dataset read() {
        head("Read and split");
        return Dataset.builder()
                .interactions(settings.folder().resolve("interactions.csv"))
                .items(settings.folder().resolve("items.csv"))
                .images(settings.folder().resolve(Shop.IMAGES))
                .build();
    }

    private ItemFeatures encode(ShopContents contents, Dataset dataset) {
        head("Turn pictures and texts into vectors, with built-in encoders");
        ItemFeatures features = contents.encode(dataset);
        for (FeatureMatrix matrix : features.matrices().values()) {
            PreparationReport report = Objects.requireNonNull(features.reports().get(matrix.modality()));
            say("%s: vectors of %d numbers", report, matrix.dim());
        }
        long before = contents.encoded();
        contents.encode(dataset);
        say(
                "%,d were computed; asked again, the cache in %s answers: %,d more",
                before, settings.folder().resolve("cache"), contents.encoded() - before);
        return features;
    }

    private MultimodalRecommender train(Split split, ItemFeatures features) {
        head("Train on purchases, pictures and texts in this JVM, export to ONNX");
        MultimodalRecommender model = MultimodalRecommender.builder()
                .architecture(architecture())
                .features(features)
                .options(options())
                .device(Device.cpu())
                .listener(new EpochLines(this::say, METRIC))
                .train(split);
        say("%s", model);
        return model;
    }

    private TrainingOptions options() {
        return TrainingOptions.builder()
                .optimizer(Optimizer.adam().withLearningRate(LEARNING_RATE))
                .batchSize(BATCH)
                .epochs(settings.epochs())
                .seed(settings.seed())
                .build();
    }

    private static Architecture architecture() {
        return Architecture.strongest()
                .withDim(DIM)
                .withMaxLength(LONGEST)
                .withItemTower(ItemTowerOptions.of(Fusion.SELF_ATTENTION).withIdDropout(ID_DROPOUT));
    }

    private boolean compare(MultimodalRecommender model, Split split) {
        head("Compare on purchases that nobody learned from");
        EvaluationReport report =
                Evaluator.builder().compareWith(Baselines.all()).build().evaluate(model, split);
        say(
                "full ranking over all products, seen ones filtered, %,d cases",
                report.protocol().counts().cases());
        TextTable table = new TextTable(List.of("model", METRIC, "Recall@10", "Recall@1"));
        for (ModelResult each : report.models()) {
            table.add(List.of(each.name(), number(each, METRIC), number(each, "Recall@10"), number(each, "Recall@1")));
        }
        table.lines().forEach(line -> say("%s", line));
        double best = report.models().stream()
                .skip(1)
                .mapToDouble(each -> each.metric(METRIC))
                .max()
                .orElse(0);
        return report.metric(METRIC) > best;
    }

    private static String number(ModelResult result, String metric) {
        return String.format(Locale.ROOT, "%.3f", result.metric(metric));
    }

    private boolean ask(MultimodalRecommender model, Path folder) {
        head("Load the saved model and ask it");
        say("%s: %s", folder, files(folder));
        ShopQuiz quiz = new ShopQuiz(shop, model);
        boolean known = quiz.ask(this::say);
        int right = quiz.countRight(shop.strangers(STRANGERS, STRANGERS_SEED));
        say("Of %d more strangers, %d got the right product in the first place.", STRANGERS, right);
        return known && right > STRANGERS / 2;
    }

    private boolean arrive(MultimodalRecommender model, ShopContents contents) {
        head("New products arrive, with nothing but a picture and a text");
        Dataset arrivals = Dataset.builder()
                .items(settings.folder().resolve(Shop.ARRIVALS))
                .images(settings.folder().resolve(Shop.IMAGES))
                .buildItems();
        model.addItems(arrivals.items().ids(), arrivals.itemTable(), ShopContents.matrices(contents.encode(arrivals)));
        return new Arrivals(shop, model).tell(this::say);
    }

    private static String files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return String.join(
                    " ",
                    entries.map(path -> path.getFileName().toString()).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    private void verdict(boolean better, boolean right, boolean fresh) {
        out.println();
        say(better ? "The model beats every baseline," : "THE MODEL DOES NOT BEAT EVERY BASELINE,");
        say(right ? "the right answers are among its recommendations," : "THE RIGHT ANSWERS ARE MISSING,");
        say(fresh ? "and new products reach the people who need them." : "AND NEW PRODUCTS DO NOT REACH THEIR PEOPLE.");
        say("%.0f seconds. Everything is in %s", seconds(), settings.folder());
    }

    private void head(String title) {
        out.println();
        out.println(++step + "  " + title + String.format(Locale.ROOT, "  [%.1f s]", seconds()));
    }

    private double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    private void say(String format, Object... values) {
        out.println("   " + String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
