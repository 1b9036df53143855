package io.github.recsys4j.model.encoder;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.InferenceException;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From a network's output to vectors: which output, how it is pooled, and whether the vector gets length 1.
 *
 * @param output the name of the output
 * @param pooling how it becomes one vector per input
 * @param normalized whether vectors are divided by their Euclidean length
 */
record EncoderHead(String output, Pooling pooling, boolean normalized) {
    private static final double SMALLEST_LENGTH = 1e-12;
    private static final List<String> READY = List.of(
            "sentence_embedding", "text_embeds", "image_embeds", "audio_embeds", "embeddings", "embedding", "features");
    private static final List<String> POOLERS = List.of("pooler_output");
    private static final List<String> HIDDEN = List.of("last_hidden_state", "token_embeddings", "hidden_states");

    /** What an encoder wants if neither the options nor the folder say it. */
    record Wish(Pooling pooling, boolean normalized) {}

    static EncoderHead of(String model, List<String> outputs, EncoderOptions options, Wish wish) {
        Pooling pooling = options.pooling().orElse(wish.pooling);
        String output = options.output().orElseGet(() -> outputFor(model, outputs, pooling));
        if (!outputs.contains(output)) {
            throw new ArtifactException(
                    "Model " + model + " has no output named \"" + output + "\"; its outputs are " + outputs);
        }
        return new EncoderHead(output, pooling, options.normalized().orElse(wish.normalized));
    }

    private static String outputFor(String model, List<String> outputs, Pooling pooling) {
        List<String> names = switch (pooling) {
            case READY -> READY;
            case POOLER -> POOLERS;
            case CLS, MEAN, MAX -> HIDDEN;
        };
        return names.stream()
                .filter(outputs::contains)
                .findFirst()
                .or(() -> outputs.size() == 1 ? outputs.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new ArtifactException("Model " + model + " has outputs " + outputs + ", and pooling "
                        + pooling + " needs one of " + names
                        + ": choose another pooling or name the output in EncoderOptions"));
    }

    /** The pooling that a network's outputs offer: a ready vector, its own summary, or what is left. */
    static Pooling offered(List<String> outputs, Pooling otherwise) {
        if (outputs.stream().anyMatch(READY::contains)) {
            return Pooling.READY;
        }
        return outputs.stream().anyMatch(POOLERS::contains) ? Pooling.POOLER : otherwise;
    }

    static boolean hasReady(List<String> outputs) {
        return outputs.stream().anyMatch(READY::contains);
    }

    /**
     * Pools one batch.
     *
     * @param lengths how many positions of each row are no padding; empty if all
     * @return one row per input
     */
    float[][] vectors(OrtTensor tensor, int[] lengths) {
        long[] shape = tensor.shape();
        int rows = (int) shape[0];
        float[] values = tensor.floats();
        float[][] vectors = new float[rows][];
        for (int row = 0; row < rows; row++) {
            vectors[row] = vector(values, shape, row, lengths);
            finish(vectors[row]);
        }
        return vectors;
    }

    private float[] vector(float[] values, long[] shape, int row, int[] lengths) {
        if (shape.length == 3) {
            int positions = (int) shape[1];
            int dim = (int) shape[2];
            int from = row * positions * dim;
            return overPositions(values, from, dim, lengths.length == 0 ? positions : lengths[row]);
        }
        int each = values.length / (int) shape[0];
        if (shape.length == 4) {
            return overPlaces(values, row * each, (int) shape[1], each / (int) shape[1]);
        }
        if (shape.length != 2) {
            throw new InferenceException("Output \"" + output + "\" has shape " + Arrays.toString(shape)
                    + "; [inputs, dim], [inputs, positions, dim] or [inputs, dim, height, width] can be pooled");
        }
        return Arrays.copyOfRange(values, row * each, (row + 1) * each);
    }

    private float[] overPositions(float[] values, int from, int dim, int positions) {
        float[] vector = Arrays.copyOfRange(values, from, from + dim);
        int end = from + positions * dim;
        switch (pooling) {
            case MEAN -> {
                add(vector, values, from + dim, end);
                divide(vector, positions);
            }
            case MAX -> raise(vector, values, from + dim, end);
            case READY, POOLER, CLS -> {}
        }
        return vector;
    }

    private static void add(float[] vector, float[] values, int from, int end) {
        for (int at = from; at < end; at += vector.length) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] += values[at + i];
            }
        }
    }

    private static void raise(float[] vector, float[] values, int from, int end) {
        for (int at = from; at < end; at += vector.length) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = Math.max(vector[i], values[at + i]);
            }
        }
    }

    private static float[] overPlaces(float[] values, int from, int dim, int places) {
        float[] vector = new float[dim];
        for (int i = 0; i < dim; i++) {
            float sum = 0;
            for (int place = 0; place < places; place++) {
                sum += values[from + i * places + place];
            }
            vector[i] = sum / places;
        }
        return vector;
    }

    /** Checks a vector and gives it length 1 where that is asked for. */
    void finish(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!Double.isFinite(squares)) {
            throw new InferenceException("Output \"" + output + "\" holds a number that is not finite: the network"
                    + " overflows, as half-precision ones do on inputs they were not made for. Use its float32 file");
        }
        if (normalized) {
            divide(vector, Math.max(SMALLEST_LENGTH, Math.sqrt(squares)));
        }
    }

    static void divide(float[] vector, double by) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / by);
        }
    }
}
