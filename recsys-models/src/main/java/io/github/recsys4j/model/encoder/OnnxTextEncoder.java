package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Lists;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.TextEncoder;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/**
 * An exported text network: sentence transformers, BERT, RoBERTa, MPNet, DeBERTa, the text half of CLIP, frozen.
 *
 * <p>The network gets int64 {@code input_ids} and, where it asks for them, {@code attention_mask} and
 * {@code token_type_ids}, each {@code [batch, tokens]}. Texts of similar length share a batch, padded to its longest;
 * longer ones are cut at the folder's limit. Other threads tokenize the next texts while the network works.
 *
 * <p>A vector does not depend on the other texts of a batch beyond float32 rounding; networks with dynamic int8
 * quantization are an exception, because they scale by the largest value of the whole batch.
 *
 * <p>Thread-safety: safe for many threads, which run side by side. Close it when done.
 */
public final class OnnxTextEncoder implements TextEncoder {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final List<String> KNOWN = List.of(IDS, MASK, TYPES);
    private static final int BATCHES_TOKENIZED = 16;

    private final OrtModel model;
    private final TextTokenizer tokenizer;
    private final boolean lowerCase;
    private final long padding;
    private final EncoderHead head;
    private final int batchSize;
    private final Preparation preparation;
    private final EncoderInfo info;

    private OnnxTextEncoder(
            EncoderFolder folder, EncoderOptions options, Optional<EncoderPreset> preset, OrtModel model) {
        this.model = model;
        String name = folder.model().toString();
        checkInputs(name, model);
        TextFolder texts = new TextFolder(folder);
        batchSize = OnnxInputs.batchSize(name, model.inputShape(IDS)[0], options.batchSize());
        head = EncoderHead.of(name, model.outputs(), options, texts.wish(model.outputs(), options, preset));
        lowerCase = texts.lowerCase();
        padding = texts.paddingId();
        int maxTokens = options.maxTokens().orElseGet(texts::maxTokens);
        preparation = new Preparation(options.preprocessingThreads());
        tokenizer = TextTokenizer.load(folder, maxTokens, true);
        List<TextTokenizer.Row> probe = tokenizer.encode(List.of("a"));
        int dim = run(probe, space(probe))[0].length;
        String fingerprint = new Sha256()
                .words("onnx text 1", maxTokens, lowerCase, padding, head)
                .file(folder.resolve("tokenizer.json"))
                .file(folder.model())
                .hex();
        info = new EncoderInfo(folder.id(), Modality.TEXT, dim, fingerprint);
    }

    /**
     * Loads an encoder on the CPU, with everything as its folder says.
     *
     * @param path a folder with {@code model.onnx} (or {@code onnx/model.onnx}, or {@code text_model.onnx} in either)
     *     and {@code tokenizer.json}
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if the folder is not there, has no network or no tokenizer, or its network is no text
     *     encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxTextEncoder load(Path path) {
        return load(path, EncoderOptions.defaults());
    }

    /**
     * Loads an encoder.
     *
     * @param path a folder, or an ONNX file with a {@code tokenizer.json} beside it
     * @param options where and how it runs, and what the folder does not say
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if the folder is not there, has no network or no tokenizer, or its network is no text
     *     encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxTextEncoder load(Path path, EncoderOptions options) {
        return load(Optional.empty(), path, options);
    }

    /**
     * Loads a well-known encoder.
     *
     * @param preset which; it says what the folder does not
     * @param path its folder; if it is not there, the exception says which command makes it
     * @param options where and how it runs
     * @return the encoder, to be closed by the caller
     * @throws IllegalArgumentException if the preset is for pictures
     * @throws ArtifactException if the folder is not there, has no network or no tokenizer, or its network is no text
     *     encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxTextEncoder load(EncoderPreset preset, Path path, EncoderOptions options) {
        checkArgument(
                preset.modality() == Modality.TEXT,
                "preset %s encodes %s, not texts: load it with OnnxImageEncoder",
                preset,
                preset.modality());
        return load(Optional.of(preset), path, options);
    }

    private static OnnxTextEncoder load(Optional<EncoderPreset> preset, Path path, EncoderOptions options) {
        EncoderFolder folder = EncoderFolder.open(
                path, options, ModelPlaces.of(Modality.TEXT), ModelPlaces.help(preset, path.toString()));
        return OnnxInputs.orClose(
                OrtModel.load(folder.model(), new OrtOptions(options.device(), options.threads())),
                model -> new OnnxTextEncoder(folder, options, preset, model));
    }

    private static void checkInputs(String name, OrtModel model) {
        if (!model.inputs().contains(IDS) || !KNOWN.containsAll(model.inputs())) {
            throw new ArtifactException("Model " + name + " takes " + OnnxInputs.describe(model)
                    + "; a text encoder gives "
                    + String.join(", ", KNOWN) + ", of which input_ids is needed. Export it with these names, and the"
                    + " text half of a model of several contents alone");
        }
    }

    private boolean asks(String input) {
        return model.inputs().contains(input);
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends String> inputs) {
        float[] vectors = new float[Math.multiplyExact(inputs.size(), info.dim())];
        if (inputs.size() <= batchSize) {
            encodeWindow(tokenize(inputs), 0, vectors);
            return vectors;
        }
        int batches = 1;
        Window next = start(inputs, 0, batches);
        while (next.from < inputs.size()) {
            Window window = next;
            List<TextTokenizer.Row> tokens = window.await();
            batches = Math.min(2 * batches, BATCHES_TOKENIZED);
            next = start(inputs, window.from + tokens.size(), batches);
            encodeWindow(tokens, window.from, vectors);
        }
        return vectors;
    }

    /** Texts that are being tokenized, a part for each batch. The first window is small, since nothing is done meanwhile. */
    private record Window(int from, List<List<TextTokenizer.Row>> parts, List<FutureTask<?>> steps) {

        List<TextTokenizer.Row> await() {
            Preparation.await(steps);
            return parts.stream().flatMap(List::stream).toList();
        }
    }

    private Window start(List<? extends String> inputs, int from, int batches) {
        List<? extends List<? extends String>> texts =
                Lists.partition(inputs.subList(from, Math.min(from + batches * batchSize, inputs.size())), batchSize);
        List<List<TextTokenizer.Row>> parts = new ArrayList<>(Collections.nCopies(texts.size(), List.of()));
        return new Window(
                from, parts, preparation.start(0, texts.size(), part -> parts.set(part, tokenize(texts.get(part)))));
    }

    private List<TextTokenizer.Row> tokenize(List<? extends String> texts) {
        List<String> cased = new ArrayList<>(texts.size());
        texts.forEach(text -> cased.add(lowerCase ? text.toLowerCase(Locale.ROOT) : text));
        return tokenizer.encode(cased);
    }

    private void encodeWindow(List<TextTokenizer.Row> tokens, int from, float[] vectors) {
        List<Integer> byLength = IntStream.range(0, tokens.size())
                .boxed()
                .sorted(Comparator.comparingInt(text -> length(tokens.get(text))))
                .toList();
        LongBuffer space = space(tokens);
        for (List<Integer> batch : Lists.partition(byLength, batchSize)) {
            float[][] rows = run(batch.stream().map(tokens::get).toList(), space);
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(rows[row], 0, vectors, (from + batch.get(row)) * info.dim(), info.dim());
            }
        }
    }

    /** A text without a token gets one place of padding, so that there is something to pool. */
    private static int length(TextTokenizer.Row tokens) {
        return Math.max(1, tokens.ids().length);
    }

    /** Native memory for the inputs of any batch of the texts, so that it is not allocated for each. */
    private LongBuffer space(List<TextTokenizer.Row> tokens) {
        int longest = tokens.stream().mapToInt(OnnxTextEncoder::length).max().orElse(0);
        long longs = 3L * Math.min(batchSize, tokens.size()) * longest;
        return ByteBuffer.allocateDirect(Math.toIntExact(longs * Long.BYTES))
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    private float[][] run(List<TextTokenizer.Row> texts, LongBuffer space) {
        int rows = texts.size();
        int[] lengths = texts.stream().mapToInt(OnnxTextEncoder::length).toArray();
        int longest = Arrays.stream(lengths).max().orElseThrow();
        long[] ids = new long[rows * longest];
        long[] mask = new long[rows * longest];
        long[] types = new long[rows * longest];
        Arrays.fill(ids, padding);
        for (int row = 0; row < rows; row++) {
            TextTokenizer.Row source = texts.get(row);
            System.arraycopy(source.ids(), 0, ids, row * longest, source.ids().length);
            Arrays.fill(mask, row * longest, row * longest + lengths[row], 1);
            System.arraycopy(source.types(), 0, types, row * longest, source.types().length);
        }
        Map<String, OrtTensor> inputs = new HashMap<>();
        space.clear();
        Map.of(IDS, ids, MASK, mask, TYPES, types).forEach((name, values) -> {
            if (asks(name)) {
                inputs.put(name, OrtTensor.longs(copied(values, space), rows, longest));
            }
        });
        return head.vectors(model.run(inputs, head.output()), lengths);
    }

    private static LongBuffer copied(long[] values, LongBuffer space) {
        LongBuffer copy = space.slice(space.position(), values.length);
        space.put(values);
        return copy;
    }

    @Override
    public void close() {
        preparation.close();
        tokenizer.close();
        model.close();
    }

    @Override
    public String toString() {
        return "OnnxTextEncoder[" + info + ", " + head + "]";
    }
}
