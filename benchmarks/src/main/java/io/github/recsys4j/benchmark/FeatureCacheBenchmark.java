package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.FeatureCache;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.TextEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reading cached vectors of 512 floats by their contents, one thread, in lists of 1,024: vectors and bytes per second and
 * bytes allocated, beside a plain read of the same files.
 *
 * <pre>
 * java -Xmx1g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.FeatureCacheBenchmark DIR 1000000
 * </pre>
 *
 * <p>The cache is written into DIR unless it is there (2.1 GB for a million). A read includes hashing the content, finding
 * its entry, checking the vector's checksum and copying it. Every list read is checked against what was written.
 */
final class FeatureCacheBenchmark {
    private static final int DIM = 512;
    private static final int LIST = 1024;
    private static final int ROUNDS = 5;

    private final Path directory;
    private final List<List<String>> lists;
    private final int vectors;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FeatureCacheBenchmark(Path directory, int vectors) {
        this.directory = directory;
        this.vectors = vectors;
        lists = IntStream.iterate(0, from -> from < vectors, from -> from + LIST)
                .mapToObj(from -> IntStream.range(from, Math.min(vectors, from + LIST))
                        .mapToObj(item -> "item " + item)
                        .toList())
                .toList();
    }

    /**
     * Runs the benchmark and writes {@code feature-cache.json}.
     *
     * @param arguments the folder of the cache, how many vectors, and the folder of the result file, {@code
     *     benchmarks/results} by default
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: FeatureCacheBenchmark DIR VECTORS [RESULTS]");
            System.exit(2);
        }
        int vectors = Integer.parseInt(arguments[1]);
        BenchmarkReport report = new FeatureCacheBenchmark(Path.of(arguments[0]), vectors).run();
        System.out.println(report);
        System.out.println(
                "written to " + report.write(Path.of(arguments.length > 2 ? arguments[2] : "benchmarks/results")));
    }

    private BenchmarkReport run() throws IOException {
        BenchmarkReport report = new BenchmarkReport(
                "feature-cache",
                "java -Xmx" + (Runtime.getRuntime().maxMemory() >> 20)
                        + "m -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.FeatureCacheBenchmark"
                        + " DIR " + vectors,
                1);
        report.settings().put("vectors", vectors).put("dim", DIM).put("list", LIST);
        long started = System.nanoTime();
        FeatureCache fill = cache(0);
        lists.forEach(list -> fill.text().encode(list));
        if (fill.stats().values().iterator().next().encoded() > 0) {
            double[] write = seconds(started);
            addRate(report.add("write, synced after each list", "s", write), write, vectors * DIM * 4.0);
        }
        started = System.nanoTime();
        FeatureCache disk = cache(0);
        report.add("open, index of all vectors", "s", seconds(started));
        measure(report, "read from disk cache", disk, lists);
        int inMemory = Math.min(vectors, 100_000);
        List<List<String>> some = lists.subList(0, inMemory / LIST);
        measure(report, "read from memory", cache(inMemory), some);
        double[] plain = new double[ROUNDS];
        double[] plainProcessor = new double[ROUNDS];
        long bytes = 0;
        for (int round = -1; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            long busyBefore = threads.getCurrentThreadCpuTime();
            bytes = readPlain();
            plainProcessor[Math.max(0, round)] = (threads.getCurrentThreadCpuTime() - busyBefore) / 1e9;
            plain[Math.max(0, round)] = (System.nanoTime() - begun) / 1e9;
        }
        ObjectNode result = report.add("plain read of the vector files", "s", plain);
        result.put("bytes", bytes);
        addRate(result, plain, (double) bytes);
        addRate(
                report.add("plain read of the vector files, processor time", "s", plainProcessor),
                plainProcessor,
                (double) bytes);
        return report;
    }

    private static double[] seconds(long started) {
        return new double[] {(System.nanoTime() - started) / 1e9};
    }

    private FeatureCache cache(int memoryItems) {
        return FeatureCache.builder()
                .directory(directory)
                .text(new Numbers())
                .memoryBytes(1L << 40)
                .memoryItems(memoryItems)
                .build();
    }

    private void measure(BenchmarkReport report, String name, FeatureCache cache, List<List<String>> read) {
        double[] samples = new double[ROUNDS];
        double[] processor = new double[ROUNDS];
        long allocated = 0;
        TextEncoder encoder = cache.text();
        for (int round = -2; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            long spent = 0;
            long busy = 0;
            for (List<String> list : read) {
                long begun = System.nanoTime();
                long busyBefore = threads.getCurrentThreadCpuTime();
                float[] rows = encoder.encode(list);
                busy += threads.getCurrentThreadCpuTime() - busyBefore;
                spent += System.nanoTime() - begun;
                check(list, rows);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            samples[Math.max(0, round)] = spent / 1e9;
            processor[Math.max(0, round)] = busy / 1e9;
        }
        long count = read.stream().mapToLong(List::size).sum();
        ObjectNode result = report.add(name, "s", samples);
        result.put("vectors", count);
        addRate(result, samples, count * DIM * 4.0);
        result.put("bytes_allocated_per_vector_beside_its_floats", allocated / count - DIM * Float.BYTES);
        addRate(report.add(name + ", processor time", "s", processor), processor, count * DIM * 4.0);
    }

    private static void addRate(ObjectNode result, double[] seconds, double bytes) {
        double median = Arrays.stream(seconds).sorted().toArray()[seconds.length / 2];
        result.put("vectors_per_second_at_median", Math.round(bytes / (DIM * 4.0) / median));
        result.put("gigabytes_per_second_at_median", Math.round(bytes / median / 1e7) / 100.0);
    }

    /** The first and the last float of each vector, outside of the time. */
    private static void check(List<String> list, float[] rows) {
        for (int at = 0; at < list.size(); at++) {
            float first = Numbers.first(list.get(at));
            if (rows[at * DIM] != first || rows[at * DIM + DIM - 1] != first + DIM - 1) {
                throw new IllegalStateException("wrong vector of " + list.get(at));
            }
        }
    }

    private long readPlain() throws IOException {
        long bytes = 0;
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (Path file : vectorFiles()) {
            try (FileChannel channel = FileChannel.open(file)) {
                for (int count = channel.read(buffer.clear()); count >= 0; count = channel.read(buffer.clear())) {
                    bytes += count;
                }
            }
        }
        return bytes;
    }

    private List<Path> vectorFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return List.copyOf(
                    files.filter(file -> file.toString().endsWith(".npy")).toList());
        }
    }

    /** A vector that counts up from a number of the text's. */
    private static final class Numbers implements TextEncoder {
        static float first(String text) {
            return text.hashCode() & 0xFFFF;
        }

        @Override
        public EncoderInfo info() {
            return new EncoderInfo("numbers", Modality.TEXT, DIM, "ab".repeat(32));
        }

        @Override
        public float[] encode(List<? extends String> inputs) {
            float[] rows = new float[inputs.size() * DIM];
            for (int at = 0; at < inputs.size(); at++) {
                for (int column = 0; column < DIM; column++) {
                    rows[at * DIM + column] = first(inputs.get(at)) + column;
                }
            }
            return rows;
        }

        @Override
        public void close() {}
    }
}
