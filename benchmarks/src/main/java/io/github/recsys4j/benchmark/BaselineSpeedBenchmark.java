package io.github.recsys4j.benchmark;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.BprMf;
import io.github.recsys4j.eval.baseline.Ease;
import io.github.recsys4j.eval.baseline.Ials;
import io.github.recsys4j.eval.baseline.ItemKnn;
import io.github.recsys4j.eval.baseline.Slim;
import io.github.recsys4j.eval.baseline.UserKnn;
import io.github.recsys4j.split.GsasrecFolder;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How long the baselines take, beside what of it is bare linear algebra.
 *
 * <pre>java -Xmx4g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar \
 *     io.github.recsys4j.benchmark.BaselineSpeedBenchmark DATA|ITEMS</pre>
 *
 * <p>With DATA, the gSASRec folder of MovieLens-1M, it fits each on the training part and ranks all 6,040 test users, and
 * writes {@code baseline-speed.json}. With a number ITEMS it fits EASE once on random data of that many items, 20,000
 * users and 100 interactions each, and writes {@code ease-ITEMS.json}.
 */
final class BaselineSpeedBenchmark {
    private static final String COMMAND =
            "java -Xmx4g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar"
                    + " io.github.recsys4j.benchmark.BaselineSpeedBenchmark ";
    private static final int REPETITIONS = 3;
    private static final long SEED = 42;

    private final BenchmarkReport report;

    private BaselineSpeedBenchmark(String name, String argument) {
        report = new BenchmarkReport(
                name, COMMAND + argument, Runtime.getRuntime().availableProcessors());
        Nd4j.factory();
    }

    /**
     * Runs the benchmark.
     *
     * @param arguments DATA or ITEMS
     */
    public static void main(String[] arguments) {
        BaselineSpeedBenchmark benchmark;
        if (arguments[0].matches("\\d+")) {
            benchmark = new BaselineSpeedBenchmark("ease-" + arguments[0], arguments[0]);
            benchmark.ease(Integer.parseInt(arguments[0]));
        } else {
            benchmark = new BaselineSpeedBenchmark("baseline-speed", "DATA");
            benchmark.all(GsasrecFolder.read(Path.of(arguments[0])));
        }
        System.out.println(benchmark.report);
        System.out.println("written to " + benchmark.report.write(Path.of("benchmarks/results")));
    }

    private void ease(int items) {
        int users = 20_000;
        int length = 100;
        Dataset data = random(users, items, length);
        report.settings().put("items", items).put("users", users).put("interactions", users * length);
        report.settings()
                .put("native_mib", (8L * items * items) >> 20)
                .put("heap_mib", (4L * items * items) >> 20)
                .put("cholesky_and_inverse_gflop", Math.round(1e-9 * items * items * items));
        double[] fit = {fit(new Ease(Ease.DEFAULT_LAMBDA), data)};
        report.add("ease fit", "s", fit);
        double[] bare = {choleskyInverse(items)};
        report.add("bare dpotrf and dpotri", "s", bare);
    }

    private void all(Split split) {
        Dataset train = split.train();
        int items = train.items().size();
        double[] bare = samples(() -> choleskyInverse(items));
        report.add("bare dpotrf and dpotri of " + items, "s", bare).put("numpy_cholesky_and_solve", "0.93-1.7");
        report.add(
                "bare product X'X of floats, dense",
                "s",
                samples(() -> product(train.users().size(), items)));
        fits("ease", new Ease(Ease.DEFAULT_LAMBDA), split);
        fits("item-knn, all neighbours", ItemKnn.allNeighbours(), split);
        fits("item-knn, k 250", new ItemKnn(250, 1.2), split);
        fits("user-knn", UserKnn.defaults(), split);
        fits("slim", Slim.defaults(), split);
        for (int factors : new int[] {64, 128}) {
            double[] one = samples(() -> fit(new Ials(factors, 10, 1, 1, SEED), train));
            double[] five = samples(() -> fit(new Ials(factors, 10, 1, 5, SEED), train));
            double[] iteration = new double[REPETITIONS];
            for (int i = 0; i < REPETITIONS; i++) {
                iteration[i] = (five[i] - one[i]) / 4;
            }
            report.add("ials, an iteration, " + factors + " factors", "s", iteration)
                    .put("implicit_on_20_million_ratings", factors == 64 ? 0.84 : 1.21)
                    .put("gflop", gflop(train, factors));
        }
        report.add("bpr, an epoch", "s", samples(() -> fit(new BprMf(64, 0.05, 0.01, 1, 20, SEED), train)));
    }

    /** Products of both sides, halved by symmetry, and one Cholesky for each user and item. */
    private static double gflop(Dataset train, int factors) {
        double products = 2.0 * train.interactions().size() * factors * factors;
        double systems = (train.users().size() + train.items().size()) * Math.pow(factors, 3) / 3;
        return Math.round((products + systems) / 1e8) / 10.0;
    }

    private void fits(String name, Baseline baseline, Split split) {
        report.add(name + " fit", "s", samples(() -> fit(baseline, split.train())));
        try (Recommender recommender = baseline.train(split.train())) {
            report.add(name + ", 6040 test users ranked and measured", "s", samples(() -> {
                long start = System.nanoTime();
                Evaluator.builder().build().evaluate(recommender, split.test());
                return seconds(start);
            }));
        }
    }

    private static double fit(Baseline baseline, Dataset train) {
        long start = System.nanoTime();
        baseline.train(train).close();
        return seconds(start);
    }

    private static double choleskyInverse(int size) {
        try (DoublePointer matrix = new DoublePointer((long) size * size)) {
            double[] row = new double[size];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    row[j] = i == j ? size : 1.0 / (1 + Math.abs(i - j));
                }
                matrix.getPointer((long) i * size).put(row, 0, size);
            }
            long start = System.nanoTime();
            openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'L', size, matrix, size);
            openblas.LAPACKE_dpotri(openblas.LAPACK_COL_MAJOR, (byte) 'L', size, matrix, size);
            return seconds(start);
        }
    }

    private static double product(int users, int items) {
        INDArray dense = Nd4j.ones(DataType.FLOAT, users, items);
        INDArray gram = Nd4j.createUninitialized(DataType.FLOAT, new long[] {items, items}, 'f');
        long start = System.nanoTime();
        Nd4j.gemm(dense, dense, gram, true, false, 1, 0);
        return seconds(start);
    }

    private static Dataset random(int users, int items, int length) {
        Random random = new Random(SEED);
        int[] offsets = new int[users + 1];
        int[] column = new int[users * length];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = (user + 1) * length;
        }
        for (int i = 0; i < column.length; i++) {
            double share = random.nextDouble();
            column[i] = (int) (items * share * share);
        }
        return Dataset.of(
                Synthetic.numbered(users),
                Synthetic.numbered(items),
                Interactions.ofSorted(offsets, column, Optional.empty(), Optional.empty()));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** One round to warm up, then the measured ones. */
    private static double[] samples(DoubleSupplier work) {
        double[] seconds = new double[REPETITIONS];
        for (int round = -1; round < REPETITIONS; round++) {
            seconds[Math.max(0, round)] = work.getAsDouble();
        }
        return seconds;
    }
}
