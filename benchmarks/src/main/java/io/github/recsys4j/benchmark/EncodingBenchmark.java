package io.github.recsys4j.benchmark;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.recsys4j.model.encoder.EncoderOptions;
import io.github.recsys4j.model.encoder.ImagePreprocessing;
import io.github.recsys4j.model.encoder.OnnxImageEncoder;
import io.github.recsys4j.model.encoder.OnnxTextEncoder;
import io.github.recsys4j.model.encoder.Resampling;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Inputs a second of whole encoders (files or texts in, vectors out) beside a bare loop over ONNX Runtime whose inputs
 * are ready tensors, with the same batch size, threads in a run and, for texts, batches by length. Both take turns,
 * so that a busy machine slows both. The third rate is what the library alone does that reads the inputs, the JDK's
 * decoder of JPEG files or the tokenizer. An encoder that remembers the tokens of words may be faster than that
 * tokenizer; one that was just loaded remembers none.
 *
 * <pre>RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar
 * io.github.recsys4j.benchmark.EncodingBenchmark</pre>
 *
 * <p>Real posters through MobileNet, real plots through the two-layer BERT of the test data, on the CPU.
 */
final class EncodingBenchmark {
    private static final String COMMAND = "RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar"
            + " io.github.recsys4j.benchmark.EncodingBenchmark";
    private static final int BATCH = 16;
    private static final int TEXTS = 2048;
    private static final int WINDOW = BATCH * 16;
    private static final int ROUNDS = 31;
    private static final long WARM_UP_NANOS = 20_000_000_000L;
    private static final int SIZE = 224;
    private static final ImagePreprocessing MOBILENET = ImagePreprocessing.resize(SIZE, SIZE, Resampling.BILINEAR)
            .withNormalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    private final Path data;
    private final BenchmarkReport report;

    private EncodingBenchmark(Path data, BenchmarkReport report) {
        this.data = data;
        this.report = report;
    }

    /** What an encoder cannot be faster than: its network, and the library that reads its inputs. */
    private record Limits(Work network, String name, Work library) {}

    /** An encoder's work, and what is to be done afterwards. */
    private record Whole(Work encoding, Runnable end) {}

    /** Work that is measured as a whole. */
    @FunctionalInterface
    private interface Work {
        void run() throws OrtException;
    }

    /**
     * Runs the benchmark and writes {@code encoding.json}.
     *
     * @param arguments the folder of the result file, {@code benchmarks/results} by default
     * @throws Exception if data are missing or a network fails
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/results");
        Path data = Path.of(System.getenv().getOrDefault("RECSYS_DATA", "../shared/data"));
        int cores = Runtime.getRuntime().availableProcessors();
        BenchmarkReport report = new BenchmarkReport("encoding", COMMAND, cores);
        report.settings()
                .put("batch", BATCH)
                .put("images", "512 for MobileNetV1, 128 for MobileNetV2")
                .put("texts", TEXTS)
                .put("rounds", ROUNDS);
        EncodingBenchmark benchmark = new EncodingBenchmark(data, report);
        for (int threads : cores > 1 ? new int[] {1, cores} : new int[] {1}) {
            benchmark.images("mobilenet_v1_025_fp32", 512, threads);
            benchmark.images("mobilenet_v2_w8", 128, threads);
            benchmark.texts(threads);
        }
        System.out.println(report);
        System.out.println("written to " + report.write(folder));
    }

    private void images(String name, int count, int threads) throws IOException, OrtException {
        Path model = data.resolve("encoders").resolve(name + ".onnx");
        List<byte[]> files = posters(count);
        EncoderOptions options = EncoderOptions.builder()
                .imagePreprocessing(MOBILENET)
                .batchSize(BATCH)
                .threads(threads)
                .build();
        try (OnnxImageEncoder encoder = OnnxImageEncoder.load(model, options);
                OrtSession session = session(model, threads)) {
            int floats = BATCH * 3 * SIZE * SIZE;
            FloatBuffer ready = ByteBuffer.allocateDirect(floats * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            IntStream.range(0, floats).forEach(i -> ready.put(i, (i % 255) / 127.5f - 1));
            Work bare = () -> {
                for (int from = 0; from < count; from += BATCH) {
                    try (OnnxTensor pixels = OnnxTensor.createTensor(
                                    OrtEnvironment.getEnvironment(), ready, new long[] {BATCH, 3, SIZE, SIZE});
                            OrtSession.Result result =
                                    session.run(Map.of("pixel_values", pixels), Set.of("features"))) {
                        checkResult(result);
                    }
                }
            };
            Limits limits = new Limits(bare, "the JDK's JPEG decoder", () -> files.forEach(EncodingBenchmark::decode));
            String what = name + ", " + threads + " thread(s) a run";
            compare(what, limits, () -> new Whole(() -> encoder.encode(files), () -> {}), count);
        }
    }

    private static void checkResult(OrtSession.Result result) {
        if (result.size() != 1) {
            throw new IllegalStateException("one output was asked for");
        }
    }

    private List<byte[]> posters(int count) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("ml-1m-multimodal/posters"))) {
            List<byte[]> posters = new ArrayList<>();
            for (Path file : files.sorted().limit(count).toList()) {
                posters.add(Files.readAllBytes(file));
            }
            return posters;
        }
    }

    private void texts(int threads) throws IOException, OrtException {
        Path folder = data.resolve("encoders/tiny-random/bert-sentence");
        List<String> all = plots();
        List<String> plots = all.subList(0, TEXTS);
        List<String> others = all.subList(TEXTS, all.size());
        String name = "tiny BERT, " + threads + " thread(s) a run";
        try (OrtSession session = session(folder.resolve("model.onnx"), threads);
                HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
            List<Map<String, OnnxTensor>> ready = ready(folder, plots);
            Work bare = () -> {
                for (Map<String, OnnxTensor> inputs : ready) {
                    try (OrtSession.Result result = session.run(inputs, Set.of("last_hidden_state"))) {
                        checkResult(result);
                    }
                }
            };
            Limits limits = new Limits(bare, "the tokenizer", () -> tokenize(tokenizer, plots));
            compare(name + ", first texts of an encoder", limits, () -> newEncoder(threads, List.of(), plots), TEXTS);
            String later = name + ", texts after " + others.size() + " others";
            compare(later, limits, () -> newEncoder(threads, others, plots), TEXTS);
            ready.forEach(inputs -> inputs.values().forEach(OnnxTensor::close));
        }
    }

    /** An encoder that has met other texts only. */
    private Whole newEncoder(int threads, List<String> before, List<String> plots) {
        EncoderOptions options =
                EncoderOptions.builder().batchSize(BATCH).threads(threads).build();
        OnnxTextEncoder encoder = OnnxTextEncoder.load(data.resolve("encoders/tiny-random/bert-sentence"), options);
        encoder.encode(before);
        return new Whole(() -> encoder.encode(plots), encoder::close);
    }

    private static void decode(byte[] file) {
        try {
            if (ImageIO.read(new ByteArrayInputStream(file)).getWidth() < 1) {
                throw new IllegalStateException("an image has pixels");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HuggingFaceTokenizer tokenizer(Path folder) throws IOException {
        Map<String, String> settings =
                Map.of("padding", "false", "truncation", "true", "maxLength", "256", "modelMaxLength", "256");
        return HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"), settings);
    }

    private static void tokenize(HuggingFaceTokenizer tokenizer, List<String> texts) {
        for (int from = 0; from < texts.size(); from += WINDOW) {
            if (tokenizer.batchEncode(texts.subList(from, from + WINDOW)).length != WINDOW) {
                throw new IllegalStateException("each text has an encoding");
            }
        }
    }

    private List<String> plots() throws IOException {
        List<String> plots = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(data.resolve("ml-1m-multimodal/items.csv"))) {
            for (NamedCsvRecord row : reader) {
                plots.add(row.getField("plot"));
            }
        }
        return plots;
    }

    /** Tokens of batches by length, as the encoder makes them. */
    private static List<Map<String, OnnxTensor>> ready(Path folder, List<String> texts)
            throws IOException, OrtException {
        List<Map<String, OnnxTensor>> ready = new ArrayList<>();
        try (HuggingFaceTokenizer tokenizer = tokenizer(folder)) {
            for (int from = 0; from < texts.size(); from += WINDOW) {
                List<long[]> ids = Arrays.stream(tokenizer.batchEncode(texts.subList(from, from + WINDOW)))
                        .map(Encoding::getIds)
                        .sorted(Comparator.comparingInt(row -> row.length))
                        .toList();
                for (int start = 0; start < ids.size(); start += BATCH) {
                    ready.add(tensors(ids.subList(start, start + BATCH)));
                }
            }
        }
        return ready;
    }

    private static Map<String, OnnxTensor> tensors(List<long[]> batch) throws OrtException {
        int longest = batch.get(batch.size() - 1).length;
        long[] ids = new long[batch.size() * longest];
        long[] mask = new long[ids.length];
        for (int row = 0; row < batch.size(); row++) {
            System.arraycopy(batch.get(row), 0, ids, row * longest, batch.get(row).length);
            Arrays.fill(mask, row * longest, row * longest + batch.get(row).length, 1);
        }
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        tensors.put("input_ids", tensor(ids, batch.size(), longest));
        tensors.put("attention_mask", tensor(mask, batch.size(), longest));
        tensors.put("token_type_ids", tensor(new long[ids.length], batch.size(), longest));
        return tensors;
    }

    private static OnnxTensor tensor(long[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
    }

    private static OrtSession session(Path model, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return OrtEnvironment.getEnvironment().createSession(model.toString(), options);
        }
    }

    /** What the compiler needs to be done with the code: the first round of a new JVM is three times slower. */
    private static void warmUp(Work... works) throws OrtException {
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            for (Work work : works) {
                work.run();
            }
        }
    }

    /** Measures rounds of an encoder's work beside what limits it. */
    private void compare(String name, Limits limits, Supplier<Whole> wholes, int inputs) throws OrtException {
        Whole first = wholes.get();
        warmUp(limits.network, limits.library, first.encoding);
        first.end.run();
        double[] libraryRates = new double[ROUNDS];
        double[] sharesOfSlower = new double[ROUNDS];
        double[] bareRates = new double[ROUNDS];
        double[] wholeRates = new double[ROUNDS];
        double[] shares = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Whole whole = wholes.get();
            libraryRates[round] = inputs / seconds(limits.library);
            bareRates[round] = inputs / seconds(limits.network);
            wholeRates[round] = inputs / seconds(whole.encoding);
            whole.end.run();
            shares[round] = wholeRates[round] / bareRates[round];
            sharesOfSlower[round] = wholeRates[round] / Math.min(bareRates[round], libraryRates[round]);
        }
        report.add(name + ", bare loop on ready tensors", "inputs/s", bareRates);
        report.add(name + ", " + limits.name + " alone", "inputs/s", libraryRates);
        report.add(name + ", encoder from files or texts", "inputs/s", wholeRates);
        report.add(name + ", encoder / the slower of the two alone", "ratio", sharesOfSlower);
        ObjectNode share = report.add(name + ", encoder / bare", "ratio", shares);
        share.put("goal", 0.9);
        System.out.println(name + ": " + share);
    }

    private static double seconds(Work work) throws OrtException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
