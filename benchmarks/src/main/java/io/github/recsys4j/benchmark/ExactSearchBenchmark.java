package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtIndex;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.retrieval.BlasThreads;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.Similarity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Exact search for the best 10 of many vectors of 64 dimensions: one query on one thread, and on two at once, beside the time in which
 * one core reads as many bytes; 64 queries on all cores beside the bare matrix product of that shape.
 *
 * <pre>java -Xmx4g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.ExactSearchBenchmark 1000000</pre>
 *
 * <p>The reading limit is the fastest of OpenBLAS's passes over the vectors that keep nothing: a sum of absolute values and a
 * product of the vectors with themselves.
 */
final class ExactSearchBenchmark {
    private static final int DIM = 64;
    private static final int K = 10;
    private static final int BATCH = 64;
    private static final int ROUNDS = 15;
    private static final int WARM_UP = 5;
    private static final int CALLERS = 2;

    private final int items;
    private final float[] queries = Synthetic.normal(BATCH * DIM, 2);
    private final BenchmarkReport report;

    private ExactSearchBenchmark(int items) {
        this.items = items;
        report = new BenchmarkReport(
                "exact-" + items,
                "java -Xmx4g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.ExactSearchBenchmark "
                        + items,
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Runs the benchmark and writes {@code exact-ITEMS.json}.
     *
     * @param arguments the number of items
     * @throws Exception if a caller fails
     */
    public static void main(String[] arguments) throws Exception {
        new ExactSearchBenchmark(Integer.parseInt(arguments[0])).run();
    }

    private void run() throws Exception {
        report.settings().put("items", items).put("dim", DIM).put("k", K).put("batch", BATCH);
        float[] vectors = Synthetic.normal(items * DIM, 1);
        try (ExactIndex index = ExactIndex.of(vectors, DIM);
                FloatPointer copy = new FloatPointer(vectors)) {
            check(index, vectors);
            double read = limitOfReading(copy);
            float[] query = Arrays.copyOf(queries, DIM);
            double single = add("one query, one thread", samples(() -> index.topK(query, K)), read);
            twoCallers(index, query, single);
            double product = limitOfProduct(copy);
            add(
                    BATCH + " queries, all cores",
                    samples(() -> index.topKBatch(queries, K, row -> ItemFilter.none())),
                    product);
            onnxRuntime(vectors, query, read, product);
        }
        System.out.println(report);
        System.out.println("written to " + report.write(Path.of("benchmarks/results")));
    }

    private void onnxRuntime(float[] vectors, float[] query, double read, double product) {
        try (OrtIndex index = OrtIndex.of(vectors, DIM, Similarity.INNER_PRODUCT, OrtOptions.on(Device.cpu()))) {
            add("ONNX Runtime on the CPU, one query, one thread", samples(() -> index.topK(query, K)), read);
        }
        OrtOptions all =
                OrtOptions.on(Device.cpu()).withThreads(Runtime.getRuntime().availableProcessors());
        try (OrtIndex index = OrtIndex.of(vectors, DIM, Similarity.INNER_PRODUCT, all)) {
            add(
                    "ONNX Runtime on the CPU, " + BATCH + " queries, all cores",
                    samples(() -> index.topKBatch(queries, K, row -> ItemFilter.none())),
                    product);
        }
    }

    /** The batch's first answer and the single one hold the items of a plain scan, scores within rounding. */
    private void check(ExactIndex index, float[] vectors) {
        float[] query = Arrays.copyOf(queries, DIM);
        double[] products = new double[items];
        for (int item = 0; item < items; item++) {
            for (int d = 0; d < DIM; d++) {
                products[item] += (double) query[d] * vectors[item * DIM + d];
            }
        }
        double[] sorted = products.clone();
        Arrays.sort(sorted);
        RankedItems single = index.topK(query, K);
        RankedItems batched =
                index.topKBatch(queries, K, row -> ItemFilter.none()).get(0);
        for (int place = 0; place < K; place++) {
            double expected = sorted[items - 1 - place];
            if (Math.abs(products[single.item(place)] - expected) > 1e-4
                    || Math.abs(products[batched.item(place)] - expected) > 1e-4) {
                throw new IllegalStateException("place " + place + ": " + single + ", " + batched);
            }
        }
    }

    private double limitOfReading(FloatPointer vectors) {
        double[] absolute = new double[1];
        double[] product = new double[1];
        BlasThreads.onCallers(() -> {
            absolute[0] = median(samples(() -> openblas.cblas_sasum(items * DIM, vectors, 1)));
            product[0] = median(samples(() -> openblas.cblas_sdot(items * DIM, vectors, 1, vectors, 1)));
        });
        double least = Math.min(absolute[0], product[0]);
        report.settings().put("reading_on_one_core_ms", least);
        report.settings().put("reading_on_one_core_GB_per_s", 4L * items * DIM / least / 1e6);
        return least;
    }

    private double limitOfProduct(FloatPointer vectors) {
        double least = Double.MAX_VALUE;
        try (FloatPointer asked = new FloatPointer(queries);
                FloatPointer scores = new FloatPointer((long) items * BATCH)) {
            least = Math.min(least, median(samples(() -> product(BATCH, items, asked, vectors, scores))));
            least = Math.min(least, median(samples(() -> product(items, BATCH, vectors, asked, scores))));
        }
        report.settings().put("bare_product_on_all_cores_ms", least);
        return least;
    }

    private static Object product(int rows, int columns, FloatPointer left, FloatPointer right, FloatPointer scores) {
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                rows,
                columns,
                DIM,
                1,
                left,
                DIM,
                right,
                DIM,
                0,
                scores,
                columns);
        return scores;
    }

    private double add(String name, double[] samples, double limit) {
        ObjectNode result = report.add(name, "ms", samples);
        double median = median(samples);
        result.put("limit_ms", limit).put("share_of_limit", limit / median);
        return median;
    }

    private void twoCallers(ExactIndex index, float[] query, double single) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            double[] samples = samples(() -> {
                List<Future<RankedItems>> answers = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    answers.add(threads.submit(() -> index.topK(query, K)));
                }
                for (Future<RankedItems> answer : answers) {
                    answer.get();
                }
                return answers;
            });
            report.add(CALLERS + " queries, a thread each", "ms", samples).put("one_alone_ms", single);
        } finally {
            threads.shutdown();
        }
    }

    private static double[] samples(Callable<?> work) {
        double[] samples = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try {
                work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            samples[Math.max(0, round)] = (System.nanoTime() - start) / 1e6;
        }
        return samples;
    }

    private static double median(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
