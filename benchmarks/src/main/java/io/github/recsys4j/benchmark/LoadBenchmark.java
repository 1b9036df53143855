package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.github.recsys4j.data.DataFormat;
import io.github.recsys4j.data.Dataset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * From a file of ratings to sequences of item indices per user: seconds, rows per second, processor time and memory,
 * beside the raw speed of reading the file and, if Python has them, polars and pandas doing the same in the same run.
 *
 * <pre>
 * java -Xmx1536m -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.LoadBenchmark 5m DIR
 * java -Xmx1536m -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.LoadBenchmark 32m DIR
 * </pre>
 *
 * <p>The file is generated into DIR unless it is there (124 MB and 870 MB). Two threads load. The first load of the
 * JVM is reported apart: it is what a program that runs once waits for. Every load is checked against a checksum that
 * the generator computed.
 */
final class LoadBenchmark {
    private static final int THREADS = 2;
    private static final double POLARS_BEFORE = 1.05;
    private static final double PANDAS_BEFORE = 1.48;

    private final String size;
    private final RatingsFile file;
    private final int repetitions;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private LoadBenchmark(String size, Path folder) {
        this.size = size;
        boolean small = size.equals("5m");
        int rows = small ? 5_000_000 : 32_000_204;
        int users = small ? 31_398 : 200_948;
        file = new RatingsFile(folder.resolve("ratings-" + size + ".csv"), rows, users, 87_585);
        repetitions = small ? 15 : 5;
    }

    /**
     * Runs the benchmark and writes {@code load-5m.json} or {@code load-32m.json}.
     *
     * @param arguments {@code 5m} or {@code 32m}, the folder of the generated file, and the folder of the result
     *     file, {@code benchmarks/results} by default
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2 || !List.of("5m", "32m").contains(arguments[0])) {
            System.err.println("usage: LoadBenchmark 5m|32m DIR [RESULTS]");
            System.exit(2);
        }
        BenchmarkReport report = new LoadBenchmark(arguments[0], Path.of(arguments[1])).run();
        System.out.println(report);
        System.out.println(
                "written to " + report.write(Path.of(arguments.length > 2 ? arguments[2] : "benchmarks/results")));
    }

    private BenchmarkReport run() throws IOException, InterruptedException {
        String expected = checksum();
        BenchmarkReport report = new BenchmarkReport(
                "load-" + size,
                "java -Xmx" + (Runtime.getRuntime().maxMemory() >> 20)
                        + "m -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.LoadBenchmark " + size
                        + " DIR",
                THREADS);
        List<Double> raw = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int round = 0; round <= repetitions; round++) {
            raw.add(readRaw());
            long started = System.nanoTime();
            long processorBefore = system.getProcessCpuTime();
            Dataset dataset = load();
            wall.add((System.nanoTime() - started) / 1e9);
            processor.add((system.getProcessCpuTime() - processorBefore) / 1e9);
            check(expected, RatingsFile.of(dataset).toString());
        }
        report.settings()
                .put("rows", file.rows())
                .put("users", file.users())
                .put("file_bytes", Files.size(file.path()))
                .put("checksum", expected)
                .put("format", "userId,movieId,rating,timestamp");
        report.add("raw read of the file", "s", samples(raw.subList(1, raw.size())));
        report.add("first load of the JVM", "s", samples(wall.subList(0, 1)));
        double[] loads = samples(wall.subList(1, wall.size()));
        ObjectNode load = report.add("load", "s", loads);
        load.put("million_rows_per_second_at_median", Math.round(file.rows() / median(loads) / 1e4) / 100.0);
        if (size.equals("5m")) {
            load.put("polars_before", POLARS_BEFORE).put("pandas_before", PANDAS_BEFORE);
        }
        report.add("first load of the JVM, processor time", "s", samples(processor.subList(0, 1)));
        report.add("load, processor time", "s", samples(processor.subList(1, processor.size())));
        addPeers(report);
        return report;
    }

    /** What the generator summed up; kept beside the file, so that it is generated once. */
    private String checksum() throws IOException {
        Path noted = file.path().resolveSibling(file.path().getFileName() + ".checksum");
        if (!Files.exists(noted)) {
            Files.writeString(noted, file.write().toString());
        }
        return Files.readString(noted);
    }

    private static void check(String expected, String found) {
        if (!found.equals(expected)) {
            throw new IllegalStateException("the load gave " + found + ", expected " + expected);
        }
    }

    private Dataset load() {
        return Dataset.builder()
                .interactions(file.path(), DataFormat.MOVIELENS_CSV)
                .threads(THREADS)
                .build();
    }

    private double readRaw() throws IOException {
        long started = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file.path())) {
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static double[] samples(List<Double> seconds) {
        return seconds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double median(double[] samples) {
        return Arrays.stream(samples)
                .sorted()
                .skip(samples.length / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Runs polars and pandas in a process of their own; one that is not installed is left out. */
    private void addPeers(BenchmarkReport report) throws IOException, InterruptedException {
        ProcessBuilder python = new ProcessBuilder(
                "python3", "benchmarks/peer/load.py", file.path().toString(), Integer.toString(repetitions + 1));
        python.environment().put("POLARS_MAX_THREADS", Integer.toString(THREADS));
        Process peer = python.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        JsonNode found = new ObjectMapper().readTree(peer.getInputStream());
        if (peer.waitFor() != 0) {
            return;
        }
        for (Iterator<String> names = found.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            double[] seconds = numbers(found.get(name).get("seconds"));
            double[] processor = numbers(found.get(name).get("processor_seconds"));
            report.add(name + ", first load of the process", "s", Arrays.copyOf(seconds, 1));
            report.add(name, "s", Arrays.copyOfRange(seconds, 1, seconds.length));
            report.add(name + ", processor time", "s", Arrays.copyOfRange(processor, 1, processor.length));
        }
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
