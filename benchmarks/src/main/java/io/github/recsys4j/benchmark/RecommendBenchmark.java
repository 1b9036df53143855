package io.github.recsys4j.benchmark;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One {@code getRecommendations} call by user id at the size of MovieLens-1M: history of 200 items, dim 128, 3,416
 * items, gSASRec's tower, seen items filtered, ten recommendations, one core. Beside it the same user tower in bare
 * ONNX Runtime on inputs that are ready: what of the call is not ours.
 *
 * <pre>OMP_NUM_THREADS=1 taskset -c 0 java -Xmx1g -cp benchmarks/target/benchmarks.jar
 * io.github.recsys4j.benchmark.RecommendBenchmark</pre>
 *
 * <p>The model is trained for one epoch on random histories, saved and loaded: its weights do not matter for time. The
 * first recommendation's score is checked against the product of the bare model's vector and the item's.
 */
final class RecommendBenchmark {
    private static final String COMMAND =
            "OMP_NUM_THREADS=1 taskset -c 0 java -Xmx1g -cp benchmarks/target/benchmarks.jar"
                    + " io.github.recsys4j.benchmark.RecommendBenchmark";
    private static final int USERS = 16;
    private static final int ITEMS = Synthetic.ML1M_ITEMS;
    private static final int DIM = 128;
    private static final int LENGTH = 200;
    private static final int K = 10;
    private static final int WARM_UP = 2_000;
    private static final int REPETITIONS = 4_000;

    private final MultimodalRecommender recommender;
    private final OrtModel bare;
    private final Map<String, OrtTensor> readyInputs;

    private RecommendBenchmark(MultimodalRecommender recommender, OrtModel bare, Map<String, OrtTensor> readyInputs) {
        this.recommender = recommender;
        this.bare = bare;
        this.readyInputs = readyInputs;
    }

    /**
     * Runs the benchmark and writes {@code recommend.json}.
     *
     * @param arguments the folder of the result file, {@code benchmarks/results} by default
     * @throws IOException if no temporary folder can be used
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/results");
        Path temporary = Files.createTempDirectory("recommend-benchmark");
        try {
            Dataset dataset = Synthetic.histories(USERS, ITEMS, LENGTH);
            Path saved = temporary.resolve("model");
            train(dataset, saved);
            try (MultimodalRecommender recommender = MultimodalRecommender.load(saved, Device.cpu());
                    OrtModel bare = OrtModel.load(saved.resolve("user_tower.onnx"), OrtOptions.on(Device.cpu()))) {
                BenchmarkReport report = new RecommendBenchmark(recommender, bare, inputs(dataset, saved)).run();
                System.out.println(report);
                System.out.println("written to " + report.write(folder));
            }
        } finally {
            MoreFiles.deleteRecursively(temporary, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static void train(Dataset dataset, Path saved) {
        try (MultimodalRecommender trained = MultimodalRecommender.builder()
                .architecture(Architecture.gSasRec().withDim(DIM).withMaxLength(LENGTH))
                .epochs(1)
                .device(Device.cpu())
                .train(dataset)) {
            trained.save(saved);
        }
    }

    /** The first user's history as the tower takes it, in direct buffers. */
    private static Map<String, OrtTensor> inputs(Dataset dataset, Path saved) {
        FloatBuffer table = NpyFile.map(saved.resolve("item_inputs.npy")).floats();
        FloatBuffer inputs = direct(LENGTH * DIM);
        FloatBuffer mask = direct(LENGTH);
        int[] history = dataset.interactions().items(0);
        for (int place = 0; place < LENGTH; place++) {
            inputs.put(place * DIM, table, history[place] * DIM, DIM);
            mask.put(place, 1);
        }
        return Map.of("inputs", OrtTensor.floats(inputs, 1, LENGTH, DIM), "mask", OrtTensor.floats(mask, 1, LENGTH));
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private BenchmarkReport run() {
        check();
        double[] whole = new double[REPETITIONS];
        double[] tower = new double[REPETITIONS];
        for (int round = -WARM_UP; round < REPETITIONS; round++) {
            int slot = Math.max(0, round);
            whole[slot] = millis(this::recommend);
            tower[slot] = millis(this::runBare);
        }
        BenchmarkReport report = new BenchmarkReport("recommend", COMMAND, 1);
        report.settings()
                .put("items", ITEMS)
                .put("dim", DIM)
                .put("history", LENGTH)
                .put("k", K)
                .put("tower", "gsasrec, 2 blocks, 1 head")
                .put("warm_up", WARM_UP);
        report.add("getRecommendations", "ms", whole).put("p99", p99(whole));
        report.add("user tower in bare ONNX Runtime", "ms", tower)
                .put("p99", p99(tower))
                .put("share_of_the_call", Math.round(1000 * median(tower) / median(whole)) / 1000.0);
        return report;
    }

    private List<Recommendation> recommend() {
        return recommender.getRecommendations("0", K);
    }

    private float[] runBare() {
        return bare.run(readyInputs, "user_vector").floats();
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] samples) {
        return Arrays.stream(samples).sorted().toArray()[samples.length / 2];
    }

    private static double p99(double[] samples) {
        double value = Arrays.stream(samples).sorted().toArray()[samples.length * 99 / 100];
        return Math.round(value * 1e4) / 1e4;
    }

    private void check() {
        BatchScorer scorer = recommender.batchScorer().orElseThrow();
        Recommendation first = recommend().get(0);
        int item = scorer.items().indexOf(first.itemId());
        float[] user = runBare();
        double score = 0;
        for (int d = 0; d < DIM; d++) {
            score += user[d] * scorer.itemVectors()[item * DIM + d];
        }
        if (Math.abs(score - first.score()) > 1e-5 * Math.max(1, Math.abs(score))) {
            throw new IllegalStateException("score " + first.score() + " differs from " + score);
        }
    }
}
