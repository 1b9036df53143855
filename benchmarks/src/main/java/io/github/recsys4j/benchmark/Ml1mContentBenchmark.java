package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.train.AccidentalHits;
import io.github.recsys4j.model.train.InBatch;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.Schedule;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.split.ColdItemSplit;
import io.github.recsys4j.split.LeaveOneOut;
import io.github.recsys4j.split.Ratios;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One sequence recipe (SASRec with full softmax, dim 64) on MovieLens-1M with and without content: posters, titles with
 * plots, genres and year.
 *
 * <pre>RECSYS_DATA=/path/to/data java -Xmx3g -cp benchmarks/target/benchmarks.jar
 *     io.github.recsys4j.benchmark.Ml1mContentBenchmark TASK CONTENT EPOCHS LENGTH BATCH RATE
 *     [FUSION ID_DROPOUT LOSS [SEED [TOWER_DROPOUT [DIM]]]]</pre>
 *
 * <p>TASK {@code warm} is leave-one-out: 512 users validate, all 6,040 are tested by full ranking, seen items filtered.
 * TASK {@code cold} hides 10 % of the items from training, makes their rows from content, and asks for them: Recall@50
 * beside random and {@link ContentKnn}. CONTENT is {@code none}, {@code pretrained}, {@code wide} or {@code built-in}. LENGTH is how
 * much of a history the model reads, BATCH how many users a step has. The learning rate falls from RATE to 0 along a
 * cosine over EPOCHS. LOSS is {@code softmax} (default), {@code in-batch}: cosines against the items of the batch, each
 * corrected for its popularity, at temperature 0.07, or {@code in-batch-known}: the same at 0.1 and without all items that
 * the user knows. SEED, 42 by default, decides split and training; settings are chosen with another seed than the one that
 * is reported. TOWER_DROPOUT, 0.1 by default, is the item tower's. DIM is 64 by default.
 *
 * <p>The result file is written again after each epoch, so that a run that is cut off leaves what it has.
 */
final class Ml1mContentBenchmark {
    private static final List<String> TEXTS = List.of("title", "plot");

    private final String task;
    private final String content;
    private final long seed;
    private final Path data = Path.of(System.getenv().getOrDefault("RECSYS_DATA", "../shared/data"));
    private final Dataset films;
    private final Architecture architecture;
    private final TrainingOptions options;
    private final BenchmarkReport report;
    private final ArrayNode curve;
    private long started;

    private Ml1mContentBenchmark(String[] arguments) {
        task = arguments[0];
        content = arguments[1];
        boolean chosen = arguments.length > 6;
        ItemTowerOptions tower = chosen
                ? ItemTowerOptions.of(Fusion.valueOf(arguments[6]))
                        .withIdDropout(Double.parseDouble(arguments[7]))
                        .withDropout(arguments.length > 10 ? Double.parseDouble(arguments[10]) : 0.1)
                : ItemTowerOptions.defaults();
        seed = arguments.length > 9 ? Long.parseLong(arguments[9]) : 42;
        films = Movies.read(data.resolve("ml-1m-multimodal"));
        architecture = Architecture.sasRecSoftmax()
                .withLoss(loss(chosen ? arguments[8] : "softmax"))
                .withDim(arguments.length > 11 ? Integer.parseInt(arguments[11]) : 64)
                .withMaxLength(Integer.parseInt(arguments[3]))
                .withItemTower(tower);
        options = TrainingOptions.builder()
                .loss(architecture.loss())
                .negatives(architecture.negatives())
                .epochs(Integer.parseInt(arguments[2]))
                .batchSize(Integer.parseInt(arguments[4]))
                .optimizer(Optimizer.adam().withLearningRate(Double.parseDouble(arguments[5])))
                .patience(Integer.MAX_VALUE)
                .schedule(Schedule.cosine(0))
                .seed(seed)
                .build();
        String command = "RECSYS_DATA=/path/to/data java -Xmx3g -cp benchmarks/target/benchmarks.jar "
                + Ml1mContentBenchmark.class.getName() + " " + String.join(" ", arguments);
        report = new BenchmarkReport(name(arguments), command, options.threads());
        curve = describe();
    }

    private static Loss loss(String name) {
        return switch (name) {
            case "softmax" -> Loss.fullSoftmax();
            case "in-batch" -> Loss.inBatch(InBatch.oneSided(0.07));
            case "in-batch-known" -> Loss.inBatch(InBatch.oneSided(0.1).withAccidentalHits(AccidentalHits.KNOWN_ITEMS));
            default ->
                throw new IllegalArgumentException("LOSS must be softmax, in-batch or in-batch-known, given " + name);
        };
    }

    private String name(String[] arguments) {
        boolean other = arguments.length > 8 && !arguments[8].equals("softmax");
        return "ml-1m-" + task + "-" + content + (other ? "-" + arguments[8] : "") + (seed == 42 ? "" : "-seed" + seed);
    }

    private ArrayNode describe() {
        report.settings()
                .put("architecture", architecture.toString())
                .put("options", options.toString())
                .put("texts", TEXTS.toString());
        return report.settings().putArray("epochs");
    }

    /**
     * Trains, measures and writes {@code benchmarks/results/ml-1m-TASK-CONTENT.json}.
     *
     * @param arguments TASK CONTENT EPOCHS LENGTH BATCH RATE [FUSION ID_DROPOUT LOSS [SEED [TOWER_DROPOUT [DIM]]]]
     */
    public static void main(String[] arguments) {
        if (arguments.length < 6
                || arguments.length == 7
                || arguments.length == 8
                || !List.of("warm", "cold").contains(arguments[0])
                || !List.of("none", "pretrained", "wide", "built-in").contains(arguments[1])) {
            System.err.println("usage: Ml1mContentBenchmark warm|cold none|pretrained|wide|built-in EPOCHS LENGTH BATCH"
                    + " RATE [FUSION ID_DROPOUT LOSS [SEED [TOWER_DROPOUT [DIM]]]]");
            System.exit(2);
        }
        Ml1mContentBenchmark benchmark = new Ml1mContentBenchmark(arguments);
        if (benchmark.task.equals("warm")) {
            benchmark.warm();
        } else {
            benchmark.cold();
        }
        System.out.println("written to " + benchmark.write());
    }

    private void warm() {
        Split split = LeaveOneOut.withValidationSample(512, seed).split(films);
        try (MultimodalRecommender trained = train(split)) {
            EvaluationReport result = Evaluator.builder().build().evaluate(trained, split.test());
            for (String metric : List.of("NDCG@10", "Recall@10")) {
                report.add("test, 6040 users, " + metric, "", new double[] {result.metric(metric)});
            }
        }
    }

    private void cold() {
        Split split = new ColdItemSplit(new Ratios(0, 0.1), seed).split(films);
        int[] counts = split.train().interactions().itemCounts(films.items().size());
        int[] cold = IntStream.range(0, counts.length)
                .filter(item -> counts[item] == 0)
                .toArray();
        ColdCases cases = new ColdCases(split.test(), cold);
        report.settings()
                .put("split", split.report().protocol())
                .put("cold items", cold.length)
                .put("cases", split.test().size());
        add("random", cases.random());
        List<FeatureMatrix> matrices = features(split);
        add("content k-NN", knn(cases, matrices, counts));
        matrices.forEach(matrix -> add("content k-NN, " + matrix.modality(), knn(cases, List.of(matrix), counts)));
        write();
        try (MultimodalRecommender trained = train(split)) {
            add("model", cases.recall(trained));
        }
    }

    private static Map<String, Double> knn(ColdCases cases, List<FeatureMatrix> matrices, int[] counts) {
        ContentKnn knn = ContentKnn.of(matrices, item -> counts[item] > 0);
        return cases.recall("content k-NN", knn.users(cases.cases()), knn.items());
    }

    private void add(String name, Map<String, Double> recall) {
        recall.forEach(
                (candidates, value) -> report.add(name + ", Recall@50, " + candidates, "", new double[] {value}));
        System.out.println(name + " " + recall);
    }

    private List<FeatureMatrix> features(Split split) {
        int[] counts = split.train().interactions().itemCounts(films.items().size());
        Path folder = data.resolve("ml-1m-multimodal/posters");
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "recsys4j-benchmark-vectors");
        return MovieFeatures.of(
                films, TEXTS, folder, new MovieFeatures.Source(data, content, cache), item -> counts[item] > 0);
    }

    private MultimodalRecommender train(Split split) {
        FeatureMatrix[] matrices =
                content.equals("none") ? new FeatureMatrix[0] : features(split).toArray(FeatureMatrix[]::new);
        started = System.nanoTime();
        MultimodalRecommender trained = MultimodalRecommender.builder()
                .architecture(architecture)
                .options(options)
                .features(matrices)
                .listener(this::onProgress)
                .train(split);
        report.add("training, validation included", "s", new double[] {seconds()});
        return trained;
    }

    private void onProgress(Progress progress) {
        boolean epochEnds = progress.stage().equals("train") && progress.done() % stepsOfEpoch(progress) == 0;
        if (epochEnds || progress.stage().equals("validate")) {
            ObjectNode point = curve.addObject().put("seconds", Math.round(seconds()));
            progress.metrics().forEach((name, value) -> point.put(name, Math.round(value * 1e5) / 1e5));
            System.out.println(point);
            write();
        }
    }

    private long stepsOfEpoch(Progress progress) {
        return Math.max(1, progress.total() / options.epochs());
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private Path write() {
        return report.write(Path.of("benchmarks/results"));
    }
}
