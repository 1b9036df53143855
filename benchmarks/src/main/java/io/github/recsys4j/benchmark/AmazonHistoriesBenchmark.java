package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.baseline.Popularity;
import io.github.recsys4j.eval.metric.Recall;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.TextEncoder;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.encoder.HashedTextEncoder;
import io.github.recsys4j.model.encoder.StaticTextEncoder;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.split.HeldOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The gated sequence on Amazon Reviews 2023, users with four purchases and a fifth to be found. Nearly every fifth is a
 * product that nobody's history holds, so titles, brands and categories decide. Texts of reviews are not read: the
 * review of the product to be found would give it away.
 *
 * <pre>RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar
 *     io.github.recsys4j.benchmark.AmazonHistoriesBenchmark [EPOCHS]</pre>
 *
 * <p>Histories of all users train, nobody's fifth does. Full ranking over all products, seen ones filtered; Recall@10
 * and Recall@50 beside popularity and {@link ContentKnn}. Users come from 24 categories of products, so knowing the
 * category alone already finds a 24th of the catalogue.
 */
final class AmazonHistoriesBenchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Evaluator EVALUATOR =
            Evaluator.builder().metrics(new Recall(10), new Recall(50)).build();

    private final BenchmarkReport report;
    private final int epochs;
    private final Map<String, List<String>> histories = new TreeMap<>();
    private final Map<String, String> fifths = new TreeMap<>();
    private final Map<String, String> texts = new TreeMap<>();

    private AmazonHistoriesBenchmark(BenchmarkReport report, int epochs) {
        this.report = report;
        this.epochs = epochs;
    }

    /**
     * Trains, measures and writes {@code amazon-histories.json}.
     *
     * @param arguments EPOCHS, 40 by default
     * @throws IOException if the data cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(System.getenv().getOrDefault("RECSYS_DATA", "../shared/data"));
        int epochs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
        String command = "RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar "
                + AmazonHistoriesBenchmark.class.getName() + " " + epochs;
        BenchmarkReport report = new BenchmarkReport(
                "amazon-histories", command, Runtime.getRuntime().availableProcessors());
        AmazonHistoriesBenchmark benchmark = new AmazonHistoriesBenchmark(report, epochs);
        for (String part : List.of("training", "validation", "test")) {
            benchmark.read(data.resolve("amazon23-user-histories").resolve(part + ".jsonl"));
        }
        benchmark.run(data);
        System.out.println("written to " + report.write(Path.of("benchmarks/results")));
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            JsonNode user = JSON.readTree(line);
            Map<Long, String> byTime = new TreeMap<>();
            user.get("history")
                    .forEach(review -> byTime.put(review.get("timestamp_ms").asLong(), product(review)));
            String id =
                    user.get("user_id").asText() + "/" + user.get("category").asText();
            histories.put(id, List.copyOf(new LinkedHashMap<>(byTime).values()));
            fifths.put(id, product(user.get("heldout")));
        }
    }

    private String product(JsonNode review) {
        String id = review.get("parent_asin").asText();
        JsonNode product = review.get("product");
        List<String> words = new ArrayList<>();
        for (String field : List.of("title", "brand", "main_category")) {
            if (!product.path(field).asText("").isBlank() && !product.get(field).isNull()) {
                words.add(product.get(field).asText());
            }
        }
        texts.put(id, String.join(". ", words));
        return id;
    }

    private void run(Path data) {
        Vocabulary users = Vocabulary.inOrder(List.copyOf(histories.keySet()));
        Vocabulary items = Vocabulary.inOrder(List.copyOf(texts.keySet()));
        Dataset dataset = Dataset.of(users, items, interactions(users, items));
        HeldOut cases = cases(users, items);
        int[] counts = dataset.interactions().itemCounts(items.size());
        report.settings()
                .put("users", users.size())
                .put("products", items.size())
                .put(
                        "fifths that are in nobody's history",
                        cases.cases()
                                .filter(index -> counts[cases.targets(index)[0]] == 0)
                                .count());
        measure("popularity", cases, dataset);
        try (TextEncoder pretrained = StaticTextEncoder.load(data.resolve("encoders/model2vec-bge-vq64"))) {
            measure("token vectors", pretrained, dataset, cases);
        }
        measure("built-in hashed words", HashedTextEncoder.fit(texts.values(), 256), dataset, cases);
    }

    private Interactions interactions(Vocabulary users, Vocabulary items) {
        int[] offsets = new int[users.size() + 1];
        List<Integer> rows = new ArrayList<>();
        for (int user = 0; user < users.size(); user++) {
            for (String id : history(users.id(user))) {
                rows.add(items.indexOf(id));
            }
            offsets[user + 1] = rows.size();
        }
        int[] all = rows.stream().mapToInt(Integer::intValue).toArray();
        return Interactions.ofSorted(offsets, all, Optional.empty(), Optional.empty());
    }

    private HeldOut cases(Vocabulary users, Vocabulary items) {
        HeldOut.Builder cases = HeldOut.builder(users, items);
        for (int user = 0; user < users.size(); user++) {
            int[] history =
                    history(users.id(user)).stream().mapToInt(items::indexOf).toArray();
            int fifth = items.indexOf(Objects.requireNonNull(fifths.get(users.id(user))));
            if (Arrays.stream(history).noneMatch(item -> item == fifth)) {
                cases.add(user, history, new int[] {fifth});
            }
        }
        return cases.build();
    }

    private void measure(String name, HeldOut cases, Dataset dataset) {
        try (Recommender trained = new Popularity().train(dataset)) {
            add(name, EVALUATOR.evaluate(trained, cases));
        }
    }

    private void measure(String name, TextEncoder encoder, Dataset dataset, HeldOut cases) {
        FeatureMatrix matrix = encode(encoder, dataset.items());
        int[] counts = dataset.interactions().itemCounts(dataset.items().size());
        ContentKnn knn = ContentKnn.of(List.of(matrix), item -> counts[item] > 0);
        add("content k-NN, " + name, EVALUATOR.evaluate("knn", knn.users(cases), knn.items(), cases));
        long start = System.nanoTime();
        try (MultimodalRecommender trained = MultimodalRecommender.builder()
                .architecture(Architecture.gatedSequence().withMaxLength(5))
                .options(TrainingOptions.builder().epochs(epochs).build())
                .features(matrix)
                .train(dataset)) {
            report.settings()
                    .put("architecture", trained.manifest().architecture().toString());
            report.add("gatedSequence, " + name + ", training", "s", new double[] {(System.nanoTime() - start) / 1e9});
            add("gatedSequence, " + name, EVALUATOR.evaluate(trained, cases));
        }
    }

    private FeatureMatrix encode(TextEncoder encoder, Vocabulary items) {
        FeatureMatrix.Builder matrix = FeatureMatrix.builder(
                Modality.TEXT, items.size(), encoder.info().dim());
        IntStream.range(0, items.size())
                .filter(item -> !text(items.id(item)).isBlank())
                .forEach(item -> matrix.put(item, encoder.encode(List.of(text(items.id(item))))));
        return matrix.build();
    }

    private String text(String item) {
        return Objects.requireNonNull(texts.get(item));
    }

    private List<String> history(String user) {
        return Objects.requireNonNull(histories.get(user));
    }

    private void add(String name, EvaluationReport result) {
        for (String metric : List.of("Recall@10", "Recall@50")) {
            report.add(name + ", " + metric, "", new double[] {result.metric(metric)});
            System.out.println(name + ", " + metric + " " + result.metric(metric));
        }
        report.write(Path.of("benchmarks/results"));
    }
}
