package io.github.recsys4j.benchmark;

import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.ColumnNames;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.ReadLimits;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.Ease;
import io.github.recsys4j.eval.baseline.ItemKnn;
import io.github.recsys4j.eval.baseline.Popularity;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.RecommenderBuilder;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.Schedule;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.prepare.CategoryEncoder;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.LeaveOneOut;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The presets for pairs and for two towers on MovieLens-100K with posters, overviews, genres and year, beside what needs
 * no content: popularity, item k-NN and EASE. Leave-one-out, full ranking over all films, seen ones filtered.
 *
 * <pre>RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar
 *     io.github.recsys4j.benchmark.Ml100kContentBenchmark RANKER_EPOCHS TOWER_EPOCHS LENGTH RATE</pre>
 *
 * <p>The ranker trains its epochs without validation and is measured on the validation cases afterwards, which is how
 * its epochs and its rate were chosen. The two towers are trained without and with age, gender and occupation of the
 * users.
 */
final class Ml100kContentBenchmark {
    private static final List<String> GENRES = List.of(
            "Action",
            "Adventure",
            "Animation",
            "Children",
            "Comedy",
            "Crime",
            "Documentary",
            "Drama",
            "Fantasy",
            "FilmNoir",
            "Horror",
            "Musical",
            "Mystery",
            "Romance",
            "SciFi",
            "Thriller",
            "War",
            "Western");

    private final Path folder;
    private final int length;
    private final TrainingOptions options;
    private final Split split;
    private final FeatureMatrix[] features;
    private final BenchmarkReport report;
    private final Evaluator evaluator = Evaluator.builder().build();

    private Ml100kContentBenchmark(String[] arguments) {
        Path data = Path.of(System.getenv().getOrDefault("RECSYS_DATA", "../shared/data"));
        folder = data.resolve("ml-100k-multimodal");
        length = Integer.parseInt(arguments[2]);
        options = TrainingOptions.builder()
                .optimizer(Optimizer.adam().withLearningRate(Double.parseDouble(arguments[3])))
                .schedule(Schedule.cosine(0))
                .patience(Integer.MAX_VALUE)
                .build();
        String command = "RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar "
                + Ml100kContentBenchmark.class.getName() + " " + String.join(" ", arguments);
        report = new BenchmarkReport("ml-100k-multimodal", command, options.threads());
        Dataset films = films();
        split = LeaveOneOut.split(films);
        int[] counts = split.train().interactions().itemCounts(films.items().size());
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "recsys4j-benchmark-vectors");
        features = MovieFeatures.of(
                        films,
                        List.of("title", "overview"),
                        folder.resolve("posters"),
                        new MovieFeatures.Source(data, "pretrained", cache),
                        item -> counts[item] > 0)
                .toArray(FeatureMatrix[]::new);
        report.settings()
                .put("options", options.toString())
                .put("split", split.report().protocol());
    }

    private Dataset films() {
        Dataset read = Dataset.builder()
                .interactions(folder.resolve("ratings.csv"))
                .columns(ColumnNames.of("user_id", "movie_id")
                        .time("unix_timestamp")
                        .value("rating"))
                .items(folder.resolve("items.csv"))
                .users(folder.resolve("users.csv"))
                .limits(ReadLimits.defaults().maxBadRows(100))
                .build();
        List<Column> columns = new ArrayList<>(read.itemTable().columns());
        columns.add(genres(read.itemTable()));
        return read.withTables(new Table(read.items().size(), columns), read.userTable());
    }

    private static Column genres(Table table) {
        return new Column(
                "genres",
                IntStream.range(0, table.numRows())
                        .mapToObj(item -> GENRES.stream()
                                .filter(name -> table.column(name)
                                        .orElseThrow()
                                        .values()
                                        .get(item)
                                        .equals("1"))
                                .collect(Collectors.joining("|")))
                        .toList());
    }

    /**
     * Trains, measures and writes {@code benchmarks/results/ml-100k-multimodal.json}.
     *
     * @param arguments RANKER_EPOCHS TOWER_EPOCHS LENGTH RATE
     */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            System.err.println("usage: Ml100kContentBenchmark RANKER_EPOCHS TOWER_EPOCHS LENGTH RATE");
            System.exit(2);
        }
        Ml100kContentBenchmark benchmark = new Ml100kContentBenchmark(arguments);
        benchmark.baselines();
        Architecture ranker = Architecture.multimodalRanker().withMaxLength(benchmark.length);
        benchmark.train("multimodalRanker", benchmark.builder(ranker, arguments[0]));
        Architecture towers = Architecture.twoTower().withDim(64).withMaxLength(benchmark.length);
        benchmark.train("twoTower", benchmark.builder(towers, arguments[1]));
        benchmark.train(
                "twoTower with user context",
                benchmark.builder(towers, arguments[1]).userFeatures(benchmark.users()));
    }

    private void baselines() {
        for (Baseline baseline : List.of(new Popularity(), ItemKnn.allNeighbours(), new Ease(Ease.DEFAULT_LAMBDA))) {
            try (Recommender trained = baseline.train(split.train())) {
                measure(baseline.name(), trained);
            }
        }
    }

    private RecommenderBuilder builder(Architecture architecture, String epochs) {
        return MultimodalRecommender.builder()
                .architecture(architecture)
                .options(options)
                .epochs(Integer.parseInt(epochs))
                .features(features)
                .listener(this::onProgress);
    }

    private void train(String name, RecommenderBuilder builder) {
        long start = System.nanoTime();
        try (MultimodalRecommender trained = builder.train(split)) {
            report.settings().put(name, trained.manifest().architecture().toString());
            report.add(name + ", training", "s", new double[] {(System.nanoTime() - start) / 1e9});
            measure(name, trained);
        }
    }

    private void measure(String name, Recommender recommender) {
        measure(name + ", validation", recommender, split.validation());
        measure(name + ", test", recommender, split.test());
        report.write(Path.of("benchmarks/results"));
    }

    private void measure(String name, Recommender recommender, HeldOut cases) {
        EvaluationReport result = evaluator.evaluate(recommender, cases);
        for (String metric : List.of("NDCG@10", "Recall@10")) {
            report.add(name + ", " + metric, "", new double[] {result.metric(metric)});
            System.out.println(name + ", " + metric + " " + result.metric(metric));
        }
    }

    private FeatureMatrix users() {
        Table table = split.train().userTable();
        Table decades = new Table(
                table.numRows(),
                List.of(
                        table.column("sex").orElseThrow(),
                        table.column("occupation").orElseThrow(),
                        new Column(
                                "decade",
                                table.column("age").orElseThrow().values().stream()
                                        .map(age -> age.isEmpty() ? "" : age.substring(0, age.length() - 1) + "0")
                                        .toList())));
        List<FeatureMatrix> parts = decades.columns().stream()
                .map(column -> FeatureMatrix.of(
                        Modality.CATEGORIES,
                        CategoryEncoder.fit(new CategoryEncoder.Source(column.name(), "", 5), decades, user -> true)
                                .apply(decades)
                                .rows()))
                .toList();
        FeatureMatrix.Builder all = FeatureMatrix.builder(
                Modality.CATEGORIES,
                table.numRows(),
                parts.stream().mapToInt(FeatureMatrix::dim).sum());
        for (int user = 0; user < table.numRows(); user++) {
            all.put(user, joined(parts, user));
        }
        return all.build();
    }

    private static float[] joined(List<FeatureMatrix> parts, int user) {
        float[] row = new float[parts.stream().mapToInt(FeatureMatrix::dim).sum()];
        int column = 0;
        for (FeatureMatrix part : parts) {
            part.copyRow(user, row, column);
            column += part.dim();
        }
        return row;
    }

    private void onProgress(Progress progress) {
        if (progress.stage().equals("validate") || progress.done() % 100 == 0) {
            System.out.println(progress);
        }
    }
}
