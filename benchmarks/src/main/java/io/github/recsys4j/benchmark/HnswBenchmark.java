package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.retrieval.CompactIndex;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.HnswIndex;
import io.github.recsys4j.retrieval.HnswOptions;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.IvfIndex;
import io.github.recsys4j.retrieval.IvfOptions;
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
 * The approximate indexes on unit vectors, drawn around centres ({@code clusters}) or, without any, with a variance that falls from
 * dimension to dimension as it does among principal components ({@code spectrum}): build time on all cores, and recall of the best 10 against queries per second
 * on one thread: the graph and the inverted file, each without a filter and with filters of 50 %, 5 % and 0.1 %, the compact index, and
 * an inverted file whose lists of floats are multiplied by OpenBLAS ({@link InvertedFile}), which the library does not have.
 *
 * <pre>
 * java -Xmx4g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.HnswBenchmark clusters 200000 FOLDER build
 * java -Xmx4g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.HnswBenchmark clusters 200000 FOLDER curve
 * </pre>
 *
 * <p>The first leaves indexes, vectors, queries and exact answers in FOLDER. {@code benchmarks/peer/hnsw.cpp} and {@code JVector.java}
 * beside it read these; what they print goes into {@code FOLDER/hnswlib.json} and {@code FOLDER/jvector.json}, and from there into
 * the report.
 */
final class HnswBenchmark {
    private static final int DIM = 64;
    private static final int QUERIES = 1000;
    private static final int K = 10;
    private static final int ROUNDS = 7;
    private static final double SPREAD = 0.5;
    private static final int[] WIDTHS = {10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320};
    private static final int[] PROBES = {1, 2, 4, 8, 16, 32, 64, 128};
    private static final int[] EVERY = {2, 20, 1000};
    private static final double SLOW = 0.5;
    private static final int FEWER = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String shape;
    private final int items;
    private final Path folder;
    private final float[] vectors;
    private final float[] queries;
    private final HnswOptions options = HnswOptions.defaults().withMinRecall(0);

    private HnswBenchmark(String shape, int items, Path folder) {
        this.shape = shape;
        this.items = items;
        this.folder = folder;
        float[] centres = Synthetic.normal(((int) Math.sqrt(items)) * DIM, 99);
        vectors = shape.equals("clusters") ? units(centres, items, 1) : units(items, 1);
        queries = shape.equals("clusters") ? units(centres, QUERIES, 2) : units(QUERIES, 2);
    }

    /**
     * Builds, or measures and writes {@code hnsw-ITEMS.json}.
     *
     * @param arguments {@code clusters} or {@code spectrum}, the number of items, a folder, and {@code build} or {@code curve}
     * @throws IOException if the folder cannot be written to
     */
    public static void main(String[] arguments) throws IOException {
        HnswBenchmark benchmark =
                new HnswBenchmark(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        if (arguments[3].equals("build")) {
            benchmark.build();
        } else {
            benchmark.measure();
        }
    }

    private void build() throws IOException {
        Files.createDirectories(folder);
        try (ExactIndex exact = ExactIndex.of(vectors, DIM)) {
            write(truth(exact, ItemFilter.none()));
        }
        ObjectNode seconds = JSON.createObjectNode();
        seconds.put(
                "load_average_before",
                Files.readString(Path.of("/proc/loadavg")).strip());
        long start = System.nanoTime();
        try (CompactIndex index = CompactIndex.build(compact(), vectors, DIM, Similarity.INNER_PRODUCT)) {
            seconds.put("compact", (System.nanoTime() - start) / 1e9);
            System.out.println(index);
        }
        start = System.nanoTime();
        try (HnswIndex index = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, options)) {
            seconds.put("graph", (System.nanoTime() - start) / 1e9);
            index.save(graph());
        }
        Files.writeString(folder.resolve("build.json"), seconds.toPrettyString());
        System.out.println(seconds);
    }

    private Path graph() {
        return folder.resolve("graph.index");
    }

    private Path compact() {
        return folder.resolve("compact.index");
    }

    private void measure() throws IOException {
        BenchmarkReport report = new BenchmarkReport(
                "hnsw-" + shape + "-" + items,
                "java -Xmx4g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.HnswBenchmark " + shape
                        + " " + items
                        + " FOLDER build; the same with curve",
                Runtime.getRuntime().availableProcessors());
        run(report);
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
            shorten(units, row, squares);
        }
        return units;
    }

    private static void shorten(float[] units, int row, double squares) {
        for (int d = 0; d < DIM; d++) {
            units[row * DIM + d] /= (float) Math.sqrt(squares);
        }
    }

    private static float[] units(int rows, long seed) {
        Random random = new Random(seed);
        float[] units = new float[rows * DIM];
        for (int row = 0; row < rows; row++) {
            double squares = 0;
            for (int d = 0; d < DIM; d++) {
                double value = random.nextGaussian() / Math.sqrt(d + 1);
                units[row * DIM + d] = (float) value;
                squares += value * value;
            }
            shorten(units, row, squares);
        }
        return units;
    }

    private String clusters() {
        return (int) Math.sqrt(items) + " centres, spread " + SPREAD;
    }

    private void run(BenchmarkReport report) throws IOException {
        report.settings()
                .put("items", items)
                .put("dim", DIM)
                .put("vectors", shape.equals("clusters") ? clusters() : "variance of dimension d: 1 / (d + 1)")
                .put("queries", QUERIES)
                .put("k", K)
                .put("options", options.toString())
                .put("vectors_mib", (4L * items * DIM) >> 20)
                .put("graph_codes_links_and_vectors_mib", Files.size(graph()) >> 20)
                .put("compact_in_memory_mib", (items * (long) DIM) >> 20);
        report.settings().set("build_seconds", json("build.json"));
        for (String peer : new String[] {"hnswlib", "jvector"}) {
            if (Files.exists(folder.resolve(peer + ".json"))) {
                report.settings().set(peer, json(peer + ".json"));
            }
        }
        try (HnswIndex index = HnswIndex.load(graph());
                ExactIndex exact = ExactIndex.of(vectors, DIM)) {
            int[][] truth = truth(exact, ItemFilter.none());
            curve(report, index, ItemFilter.none(), truth, "no filter");
            for (int every : EVERY) {
                ItemFilter filter = every(every);
                curve(report, index, filter, truth(exact, filter), "one item in " + every + " passes");
            }
            try (CompactIndex compact = CompactIndex.load(compact())) {
                point(report, compact, ItemFilter.none(), truth, "compact");
            }
            invertedFiles(report, exact, truth);
        }
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(folder.resolve(file).toFile());
    }

    private void invertedFiles(BenchmarkReport report, ExactIndex exact, int[][] truth) {
        long start = System.nanoTime();
        IvfOptions ivf = IvfOptions.defaults().withMinRecall(0);
        try (IvfIndex index = IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, ivf)) {
            report.settings().put("inverted_file_build_seconds", (System.nanoTime() - start) / 1e9);
            report.settings().put("inverted_file", index.toString());
            for (int probes : PROBES) {
                index.setProbes(probes);
                point(report, index, ItemFilter.none(), truth, "inverted file, " + probes + " probes");
            }
            index.setProbes(ivf.probes());
            for (int every : EVERY) {
                ItemFilter filter = every(every);
                String name = "inverted file, one item in " + every + " passes, " + ivf.probes() + " probes";
                point(report, index, filter, truth(exact, filter), name);
            }
        }
        start = System.nanoTime();
        try (InvertedFile file = new InvertedFile(vectors, DIM, (int) Math.sqrt(items))) {
            report.settings().put("inverted_file_in_native_memory_build_seconds", (System.nanoTime() - start) / 1e9);
            for (int probes : PROBES) {
                point(
                        report,
                        query -> file.topK(query, K, probes),
                        truth,
                        "inverted file in native memory, " + probes + " of " + (int) Math.sqrt(items) + " lists");
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
            point(report, index, filter, truth, name + ", width " + width);
        }
    }

    private void point(BenchmarkReport report, ItemIndex index, ItemFilter filter, int[][] truth, String name) {
        point(report, query -> index.topK(query, K, filter), truth, name);
    }

    private interface Search {
        RankedItems topK(float[] query);
    }

    /** Slow searches are asked with fewer of the queries. */
    private void point(BenchmarkReport report, Search index, int[][] truth, String name) {
        double[] perSecond = new double[ROUNDS];
        int hits = 0;
        int asked = QUERIES;
        for (int round = -2; round < ROUNDS; round++) {
            int[][] found = new int[asked][];
            long start = System.nanoTime();
            for (int row = 0; row < asked; row++) {
                found[row] = index.topK(Arrays.copyOfRange(queries, row * DIM, (row + 1) * DIM))
                        .items();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            perSecond[Math.max(0, round)] = asked / seconds;
            hits = hits(found, truth);
            if (round == -2 && seconds > SLOW) {
                asked = FEWER;
            }
        }
        report.add(name, "queries/s", perSecond).put("recall", hits / (double) (asked * K));
    }

    private static int hits(int[][] found, int[][] truth) {
        return IntStream.range(0, found.length)
                .map(row -> (int) IntStream.of(found[row])
                        .filter(item -> IntStream.of(truth[row]).anyMatch(other -> other == item))
                        .count())
                .sum();
    }

    private void write(int[][] truth) throws IOException {
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
