package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.HnswIndex;
import io.github.recsys4j.retrieval.HnswOptions;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.Similarity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The graph index on clustered unit vectors: build time on all cores, and recall of the best 10 against queries per second
 * on one thread, without a filter and with filters of 50 %, 5 % and 0.1 %.
 *
 * <pre>java -Xmx4g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.HnswBenchmark 200000 FOLDER</pre>
 *
 * <p>FOLDER gets the vectors, the queries and the exact answers, which {@code benchmarks/peer/hnsw.cpp} reads.
 */
final class HnswBenchmark {
    private static final int DIM = 64;
    private static final int QUERIES = 1000;
    private static final int K = 10;
    private static final int ROUNDS = 7;
    private static final double SPREAD = 0.5;
    private static final int[] WIDTHS = {10, 14, 20, 28, 40, 56, 80, 112};
    private static final int[] EVERY = {2, 20, 1000};

    private final int items;
    private final float[] vectors;
    private final float[] queries;

    private HnswBenchmark(int items) {
        this.items = items;
        float[] centres = Synthetic.normal(((int) Math.sqrt(items)) * DIM, 99);
        vectors = units(centres, items, 1);
        queries = units(centres, QUERIES, 2);
    }

    /**
     * Runs the benchmark and writes {@code hnsw-ITEMS.json}.
     *
     * @param arguments the number of items and a folder for the peer's input
     * @throws IOException if the folder cannot be written to
     */
    public static void main(String[] arguments) throws IOException {
        int items = Integer.parseInt(arguments[0]);
        BenchmarkReport report = new BenchmarkReport(
                "hnsw-" + items,
                "java -Xmx4g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.HnswBenchmark " + items
                        + " FOLDER",
                Runtime.getRuntime().availableProcessors());
        new HnswBenchmark(items).run(report, Path.of(arguments[1]));
        System.out.println(report);
        System.out.println("written to " + report.write(Path.of("benchmarks/results")));
    }

    private static float[] units(float[] centres, int rows, long seed) {
        Random random = new Random(seed);
        float[] units = new float[rows * DIM];
        for (int row = 0; row < rows; row++) {
            int centre = random.nextInt(centres.length / DIM);
            double squares = 0;
            for (int d = 0; d < DIM; d++) {
                double value = centres[centre * DIM + d] + SPREAD * random.nextGaussian();
                units[row * DIM + d] = (float) value;
                squares += value * value;
            }
            for (int d = 0; d < DIM; d++) {
                units[row * DIM + d] /= (float) Math.sqrt(squares);
            }
        }
        return units;
    }

    private void run(BenchmarkReport report, Path folder) throws IOException {
        HnswOptions options = HnswOptions.defaults().withMinRecall(0);
        report.settings()
                .put("items", items)
                .put("dim", DIM)
                .put("clusters", (int) Math.sqrt(items))
                .put("spread", SPREAD)
                .put("queries", QUERIES)
                .put("k", K)
                .put("options", options.toString());
        long start = System.nanoTime();
        try (HnswIndex index = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, options);
                ExactIndex exact = ExactIndex.of(vectors, DIM)) {
            report.add("build", "s", new double[] {(System.nanoTime() - start) / 1e9});
            int[][] truth = truth(exact, ItemFilter.none());
            write(folder, truth);
            curve(report, index, ItemFilter.none(), truth, "no filter");
            for (int every : EVERY) {
                ItemFilter filter = every(every);
                curve(report, index, filter, truth(exact, filter), "one item in " + every + " passes");
            }
        }
    }

    private ItemFilter every(int step) {
        BitSet passing = new BitSet();
        for (int item = 0; item < items; item += step) {
            passing.set(item);
        }
        return ItemFilter.only(passing);
    }

    private int[][] truth(ExactIndex exact, ItemFilter filter) {
        List<RankedItems> answers = exact.topKBatch(queries, K, row -> filter);
        return answers.stream().map(RankedItems::items).toArray(int[][]::new);
    }

    private void curve(BenchmarkReport report, HnswIndex index, ItemFilter filter, int[][] truth, String name) {
        for (int width : WIDTHS) {
            index.setSearchWidth(width);
            double[] perSecond = new double[ROUNDS];
            int hits = 0;
            for (int round = -2; round < ROUNDS; round++) {
                int[][] found = new int[QUERIES][];
                long start = System.nanoTime();
                for (int row = 0; row < QUERIES; row++) {
                    float[] query = Arrays.copyOfRange(queries, row * DIM, (row + 1) * DIM);
                    found[row] = index.topK(query, K, filter).items();
                }
                perSecond[Math.max(0, round)] = QUERIES / ((System.nanoTime() - start) / 1e9);
                hits = hits(found, truth);
            }
            ObjectNode result = report.add(name + ", width " + width, "queries/s", perSecond);
            result.put("recall", hits / (double) (QUERIES * K));
        }
    }

    private static int hits(int[][] found, int[][] truth) {
        return IntStream.range(0, found.length)
                .map(row -> (int) IntStream.of(found[row])
                        .filter(item -> IntStream.of(truth[row]).anyMatch(other -> other == item))
                        .count())
                .sum();
    }

    private void write(Path folder, int[][] truth) throws IOException {
        Files.createDirectories(folder);
        write(folder.resolve("vectors.f32"), vectors);
        write(folder.resolve("queries.f32"), queries);
        ByteBuffer answers = ByteBuffer.allocate(QUERIES * K * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] row : truth) {
            for (int item : row) {
                answers.putInt(item);
            }
        }
        Files.write(folder.resolve("truth.i32"), answers.array());
    }

    private static void write(Path file, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }
}
