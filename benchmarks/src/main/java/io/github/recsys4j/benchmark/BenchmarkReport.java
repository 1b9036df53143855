package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A result file: what was measured, on which machine and commit, and the limit beside it.
 *
 * <pre>{@code
 * BenchmarkReport report = new BenchmarkReport("evaluation", "java -cp ... EvaluationBenchmark", threads);
 * report.settings().put("users", 6040);
 * report.add("full ranking", "ms", samples).put("limit", 150);
 * report.write(Path.of("benchmarks/results"));
 * }</pre>
 */
final class BenchmarkReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String name;
    private final ObjectNode root = MAPPER.createObjectNode();

    /**
     * Starts a report with what is known of the machine.
     *
     * @param name the benchmark's name and the file's
     * @param command how to run it again from the repository's root
     * @param threads threads of the work that is measured, native ones included
     */
    BenchmarkReport(String name, String command, int threads) {
        this.name = name;
        root.put("benchmark", name);
        root.put("command", command);
        root.put("commit", commit());
        root.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ObjectNode machine = root.putObject("machine");
        machine.put("jdk", Runtime.version().toString());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("processor", firstLine("/proc/cpuinfo", "model name"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("threads", threads);
        machine.put("heap_limit_mib", Runtime.getRuntime().maxMemory() >> 20);
        machine.put("load_average_before", firstLine("/proc/loadavg", ""));
        root.putObject("settings");
        root.putObject("results");
    }

    /** {@return what the benchmark's own settings and checks are written to} */
    ObjectNode settings() {
        return (ObjectNode) root.get("settings");
    }

    /**
     * Adds the samples of one measurement.
     *
     * @param measurement what was measured
     * @param unit of each sample, such as {@code ms}
     * @param samples at least one, warm-up excluded
     * @return where to put a limit or a peer beside it
     */
    ObjectNode add(String measurement, String unit, double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        ObjectNode result = ((ObjectNode) root.get("results")).putObject(measurement);
        result.put("unit", unit);
        result.put("repetitions", sorted.length);
        result.put("median", rounded(quantile(sorted, 0.5)));
        result.put("min", rounded(sorted[0]));
        result.put("p25", rounded(quantile(sorted, 0.25)));
        result.put("p75", rounded(quantile(sorted, 0.75)));
        result.put("max", rounded(sorted[sorted.length - 1]));
        return result;
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }

    /**
     * Writes the file, with the process's peak resident memory so far.
     *
     * @param folder where to; made if missing
     * @return the file
     */
    Path write(Path folder) {
        if (peakResidentMib() >= 0) {
            ((ObjectNode) root.get("machine")).put("peak_resident_mib", peakResidentMib());
        }
        Path file = folder.resolve(name + ".json");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("result file " + file + " could not be written", e);
        }
        return file;
    }

    /** {@return the most memory that the process has held, or -1 where the system does not say} */
    static long peakResidentMib() {
        String peak = firstLine("/proc/self/status", "VmHWM").replaceAll("\\D", "");
        return peak.isEmpty() ? -1 : Long.parseLong(peak) >> 10;
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }

    /** The first line that starts with the key, without it; empty where the system has no such file. */
    private static String firstLine(String file, String key) {
        if (!Files.isReadable(Path.of(file))) {
            return "";
        }
        try (Stream<String> lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).replaceFirst("^[\\s:]+", ""))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? answer : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
