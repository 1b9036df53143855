package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Negatives;
import io.github.recsys4j.model.train.Trainer;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.split.GsasrecFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Seconds and peak resident memory of one training step at gSASRec's MovieLens-1M settings: batch 128, length 200,
 * 2 blocks, 1 head, dropout 0.5, Adam, separate tables of 3,416 items. Three cases: gBCE with 256 negatives per
 * position and t = 0.75 at dim 128; binary cross-entropy with 1 negative at dim 128; softmax over the whole catalogue
 * at dim 64. Each case runs in a process of its own, so that its peak memory is its own, and the peer after it on the
 * same sequences with the same number of threads.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.TrainingStepBenchmark
 *     [--data FOLDER] [--peer "python3 benchmarks/peer/training_step.py"] [--steps 8] [--peer-steps 3] [--threads 2]</pre>
 *
 * <p>FOLDER has the gSASRec layout; without it sequences with about the same lengths are generated. The peer is
 * {@code benchmarks/peer/training_step.py}, which needs PyTorch.
 */
final class TrainingStepBenchmark {
    private static final int BATCH = 128;
    private static final int LENGTH = 200;
    private static final int BLOCKS = 2;
    private static final int USERS = Synthetic.ML1M_USERS;
    private static final int ITEMS = Synthetic.ML1M_ITEMS;
    private static final int WARMUP = 3;
    private static final double MIB = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CASES = List.of("gbce256", "bce1", "softmax64");

    private final Map<String, String> given;

    private TrainingStepBenchmark(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Runs the benchmark and writes {@code benchmarks/results/training-step.json}.
     *
     * @param arguments pairs of option and value, see the class comment
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        TrainingStepBenchmark benchmark = new TrainingStepBenchmark(given);
        if (given.containsKey("case")) {
            System.out.println(benchmark.measure(option("case", given), Path.of(option("sequences", given))));
        } else {
            benchmark.compare();
        }
    }

    private static String option(String name, Map<String, String> given) {
        return Optional.ofNullable(given.get(name))
                .orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }

    private int threads() {
        return number("threads", Runtime.getRuntime().availableProcessors());
    }

    private int steps() {
        return number("steps", 8);
    }

    private void compare() throws IOException, InterruptedException {
        Path sequences = Files.createTempFile("sequences", ".txt");
        try {
            Files.write(sequences, lines());
            BenchmarkReport report = new BenchmarkReport("training-step", command(), threads());
            report.settings()
                    .put("batch", BATCH)
                    .put("length", LENGTH)
                    .put("blocks", BLOCKS)
                    .put("dropout", 0.5)
                    .put("items", ITEMS)
                    .put("sequences", given.containsKey("data") ? "MovieLens-1M, training part" : "generated")
                    .put("warmup_steps", WARMUP);
            for (String name : CASES) {
                compare(name, sequences, report);
            }
            System.out.println("written to " + report.write(Path.of("benchmarks", "results")));
        } finally {
            Files.delete(sequences);
        }
    }

    private String command() {
        String options = given.entrySet().stream()
                .map(option -> option.getKey().equals("data")
                        ? "--data FOLDER"
                        : "--" + option.getKey() + " \"" + option.getValue() + "\"")
                .sorted()
                .collect(Collectors.joining(" "));
        return "java -cp benchmarks/target/benchmarks.jar " + TrainingStepBenchmark.class.getName() + " " + options;
    }

    private void compare(String name, Path sequences, BenchmarkReport report) throws IOException, InterruptedException {
        JsonNode ours = run(oursCommand(), name, sequences, steps());
        double[] seconds = seconds(ours);
        ObjectNode result = report.add(name + ", seconds per step", "s", seconds)
                .put("samples_per_second", BATCH / median(seconds))
                .put("peak_resident_mib", ours.get("peakBytes").asLong() / MIB)
                .put("gflop_per_step", ours.get("gflop").asDouble())
                .put("gflop_per_second", ours.get("gflop").asDouble() / median(seconds));
        print(name, "ours", ours);
        if (given.containsKey("peer")) {
            JsonNode peer = run(List.of(option("peer", given).split(" ")), name, sequences, number("peer-steps", 3));
            print(name, peer.get("framework").asText(), peer);
            ObjectNode beside = result.putObject("peer");
            beside.put("framework", peer.get("framework").asText());
            beside.put("median_seconds", median(seconds(peer)));
            beside.put("peak_resident_mib", peer.get("peakBytes").asLong() / MIB);
            double times = median(seconds(peer)) / median(seconds);
            result.put("samples_per_second_over_peer", times);
            System.out.printf(Locale.ROOT, "%-10s %.1f times the peer's samples per second%n", name, times);
        }
    }

    private static void print(String name, String who, JsonNode measured) {
        double[] seconds = seconds(measured);
        System.out.printf(
                Locale.ROOT,
                "%-10s %-22s median %.3f s, %.3f to %.3f, %.0f samples/s, peak %.0f MiB%n",
                name,
                who,
                median(seconds),
                Arrays.stream(seconds).min().orElseThrow(),
                Arrays.stream(seconds).max().orElseThrow(),
                BATCH / median(seconds),
                measured.get("peakBytes").asLong() / MIB);
    }

    private static double[] seconds(JsonNode measured) {
        return StreamSupport.stream(measured.get("seconds").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static List<String> oursCommand() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("java.class.path");
        return List.of(java, "-Xmx512m", "-cp", path, TrainingStepBenchmark.class.getName());
    }

    private JsonNode run(List<String> command, String name, Path sequences, int steps)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--case", name, "--sequences", sequences.toString(), "--items", Integer.toString(ITEMS)));
        whole.addAll(List.of("--steps", Integer.toString(steps), "--threads", Integer.toString(threads())));
        Process process = new ProcessBuilder(whole)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        Optional<String> result =
                output.lines().filter(line -> line.startsWith("{")).reduce((first, last) -> last);
        if (status != 0 || result.isEmpty()) {
            throw new IllegalStateException(String.join(" ", whole) + " ended with " + status + ": " + output);
        }
        return JSON.readTree(result.get());
    }

    /** The child's part: trains on the sequences of a file and prints one JSON object. */
    private String measure(String name, Path sequences) {
        Dataset train = read(sequences);
        int dim = name.equals("softmax64") ? 64 : 128;
        int negatives = name.equals("gbce256") ? 256 : 1;
        SequenceNetwork network = new SequenceNetwork(
                train.items().size(), false, new TransformerTower(TowerOptions.gSasRec(dim, LENGTH)));
        TrainingOptions options = TrainingOptions.builder()
                .loss(loss(name))
                .negatives(Negatives.uniform(negatives))
                .batchSize(BATCH)
                .epochs(1)
                .maxBatchesPerEpoch(WARMUP + steps())
                .threads(threads())
                .build();
        List<Long> ends = new ArrayList<>();
        new Trainer(network, options)
                .listener(progress -> ends.add(System.nanoTime()))
                .train(train);
        double[] seconds = IntStream.range(WARMUP, ends.size())
                .mapToDouble(step -> (ends.get(step) - ends.get(step - 1)) / 1e9)
                .toArray();
        ObjectNode result = JSON.createObjectNode();
        result.set("seconds", JSON.valueToTree(seconds));
        result.put("peakBytes", peakBytes());
        result.put("gflop", gflop(train.interactions(), dim, name.equals("bce1") ? 2 : ITEMS));
        return result.toString();
    }

    private static Loss loss(String name) {
        return switch (name) {
            case "gbce256" -> Loss.gbce(0.75);
            case "bce1" -> Loss.bce();
            default -> Loss.fullSoftmax();
        };
    }

    /** Multiplications and additions of a mean step's matrix products, forward and backward, padding left out. */
    private static double gflop(Interactions interactions, int dim, int scores) {
        double perUser = IntStream.range(0, interactions.numUsers())
                .map(user -> Math.min(LENGTH, interactions.count(user) - 1))
                .mapToDouble(length -> {
                    double layers = BLOCKS * (5.0 * dim * dim * length + 2.0 * dim * length * length);
                    return 2 * (layers + (double) length * dim * scores);
                })
                .average()
                .orElseThrow();
        return 3 * BATCH * perUser / 1e9;
    }

    private static long peakBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static Dataset read(Path sequences) {
        List<Integer> column = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>(List.of(0));
        try {
            for (String line : Files.readAllLines(sequences)) {
                Arrays.stream(line.split(" ")).forEach(item -> column.add(Integer.parseInt(item)));
                offsets.add(column.size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Interactions interactions = Interactions.ofSorted(
                offsets.stream().mapToInt(Integer::intValue).toArray(),
                column.stream().mapToInt(Integer::intValue).toArray(),
                Optional.empty(),
                Optional.empty());
        return Dataset.of(Synthetic.numbered(interactions.numUsers()), Synthetic.numbered(ITEMS), interactions);
    }

    private List<String> lines() {
        if (!given.containsKey("data")) {
            return generated();
        }
        Interactions train =
                GsasrecFolder.read(Path.of(option("data", given))).train().interactions();
        return IntStream.range(0, train.numUsers())
                .mapToObj(user -> Arrays.stream(train.items(user)))
                .map(items -> items.mapToObj(Integer::toString).collect(Collectors.joining(" ")))
                .toList();
    }

    /** Lengths are log-normal as MovieLens-1M's are about: half of the users have fewer than 95 items. */
    private static List<String> generated() {
        SplittableRandom random = new SplittableRandom(42);
        List<String> lines = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int length = Math.max(17, (int) Math.exp(4.55 + 0.95 * random.nextGaussian()));
            lines.add(IntStream.range(0, Math.min(length, 2_000))
                    .mapToObj(i -> Integer.toString((int) (ITEMS * Math.pow(random.nextDouble(), 2))))
                    .collect(Collectors.joining(" ")));
        }
        return lines;
    }
}
