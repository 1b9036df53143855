package io.github.recsys4j.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.TextEncoder;
import io.github.recsys4j.model.export.TokenMeanExporter;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mean of stored token vectors, as Model2Vec distils them from a sentence transformer: hundreds of times faster than
 * the transformer, and better than hashed words.
 *
 * <p>Reads {@code model.safetensors} (tensor {@code embeddings}, optionally {@code weights} and, where the vocabulary is
 * quantized, {@code mapping}), {@code tokenizer.json} and {@code config.json}. Tokens come without the special ones,
 * unknown ones are left out, and the first 512 count. Gather, mean and length are a recorded ONNX graph, which
 * {@link #onnx()} gives to whoever serves elsewhere. A text without any known token has the zero vector.
 *
 * <p>Source: Model2Vec, <a href="https://github.com/MinishLab/model2vec">MinishLab</a>, 2024. Thread-safety: safe for many
 * threads. Close it when done.
 */
public final class StaticTextEncoder implements TextEncoder {
    private static final int MAX_TOKENS = 512;

    private final OrtModel model;
    private final byte[] onnx;
    private final TextTokenizer tokenizer;
    private final Optional<Long> unknown;
    private final int batchSize;
    private final EncoderInfo info;

    private StaticTextEncoder(EncoderFolder folder, EncoderOptions options) {
        Path tensors = folder.model();
        Path tokens = folder.resolve("tokenizer.json");
        JsonNode tokenizerJson = folder.json("tokenizer.json")
                .orElseThrow(() -> new ArtifactException("Encoder file " + tokens
                        + " is not there: token vectors need the tokenizer.json of their vocabulary"));
        boolean normalized = options.normalized()
                .orElseGet(() -> folder.json("config.json")
                        .map(config -> config.path("normalize").asBoolean(true))
                        .orElse(true));
        int maxTokens = options.maxTokens().orElse(MAX_TOKENS);
        Safetensors file = Safetensors.read(tensors);
        int dim = (int) file.shape("embeddings")[1];
        onnx = TokenMeanExporter.export(table(file, dim), dim, normalized);
        unknown = unknown(tokenizerJson);
        batchSize = options.batchSize();
        tokenizer = TextTokenizer.load(folder, maxTokens, false);
        model = OrtModel.of(tensors.toString(), onnx, new OrtOptions(options.device(), options.threads()));
        info = new EncoderInfo(
                folder.id(),
                Modality.TEXT,
                dim,
                new Sha256()
                        .words("static text 1", maxTokens, normalized)
                        .file(tokens)
                        .file(tensors)
                        .hex());
    }

    /**
     * Loads an encoder on the CPU.
     *
     * @param path a folder with {@code model.safetensors} and {@code tokenizer.json}
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if a file is missing or damaged
     */
    public static StaticTextEncoder load(Path path) {
        return load(path, EncoderOptions.defaults());
    }

    /**
     * Loads an encoder.
     *
     * @param path a folder with {@code model.safetensors} and {@code tokenizer.json}
     * @param options where it runs, and the most tokens of a text
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if a file is missing or damaged
     */
    public static StaticTextEncoder load(Path path, EncoderOptions options) {
        EncoderFolder folder = EncoderFolder.open(
                path,
                options,
                List.of("model.safetensors"),
                "Token vectors are a folder as model2vec's save_pretrained writes it, such as"
                        + " minishlab/potion-base-8M on Hugging Face");
        return new StaticTextEncoder(folder, options);
    }

    /** One row per token: its vector, times its weight, looked up through the quantized vocabulary where there is one. */
    private static FloatBuffer table(Safetensors file, int dim) {
        double[] vectors = file.numbers("embeddings");
        int stored = vectors.length / dim;
        double[] mapping = file.has("mapping") ? file.numbers("mapping") : new double[0];
        int tokens = mapping.length == 0 ? stored : mapping.length;
        double[] weights = file.has("weights") ? file.numbers("weights") : new double[0];
        float[] table = new float[Math.multiplyExact(tokens, dim)];
        for (int token = 0; token < tokens; token++) {
            int row = mapping.length == 0 ? token : (int) mapping[token];
            if (row < 0 || row >= stored || (weights.length > 0 && token >= weights.length)) {
                throw new ArtifactException("Token " + token + " of the quantized vocabulary has row " + row
                        + "; there are " + stored + " rows and " + weights.length + " weights");
            }
            double weight = weights.length == 0 ? 1 : weights[token];
            for (int i = 0; i < dim; i++) {
                table[token * dim + i] = (float) (vectors[row * dim + i] * weight);
            }
        }
        return FloatBuffer.wrap(table);
    }

    private static Optional<Long> unknown(JsonNode tokenizer) {
        JsonNode model = tokenizer.path("model");
        if (model.path("unk_id").isNumber()) {
            return Optional.of(model.get("unk_id").longValue());
        }
        JsonNode id = model.path("vocab").path(model.path("unk_token").asText(""));
        return id.isNumber() ? Optional.of(id.longValue()) : Optional.empty();
    }

    /** {@return the recorded graph: {@code ids} int64 and {@code mask} float32 {@code [batch, tokens]} in, {@code embedding} out} */
    public byte[] onnx() {
        return onnx.clone();
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends String> inputs) {
        float[] vectors = new float[Math.multiplyExact(inputs.size(), info.dim())];
        for (int from = 0; from < inputs.size(); from += batchSize) {
            List<String> batch = new ArrayList<>(inputs.subList(from, Math.min(from + batchSize, inputs.size())));
            float[] rows = run(
                    tokenizer.encode(batch).stream().map(TextTokenizer.Row::ids).toList());
            System.arraycopy(rows, 0, vectors, from * info.dim(), rows.length);
        }
        return vectors;
    }

    private float[] run(List<long[]> tokens) {
        List<long[]> known = tokens.stream().map(this::withoutUnknown).toList();
        int longest = known.stream().mapToInt(row -> row.length).max().orElse(0);
        int width = Math.max(1, longest);
        long[] ids = new long[known.size() * width];
        float[] mask = new float[ids.length];
        for (int row = 0; row < known.size(); row++) {
            int length = known.get(row).length;
            System.arraycopy(known.get(row), 0, ids, row * width, length);
            Arrays.fill(mask, row * width, row * width + length, 1);
        }
        return model.run(
                        Map.of(
                                TokenMeanExporter.IDS,
                                OrtTensor.longs(ids, known.size(), width),
                                TokenMeanExporter.MASK,
                                OrtTensor.floats(mask, known.size(), width)),
                        TokenMeanExporter.EMBEDDING)
                .floats();
    }

    private long[] withoutUnknown(long[] ids) {
        return unknown.map(id -> Arrays.stream(ids).filter(token -> token != id).toArray())
                .orElse(ids);
    }

    @Override
    public void close() {
        tokenizer.close();
        model.close();
    }

    @Override
    public String toString() {
        return "StaticTextEncoder[" + info + "]";
    }
}
