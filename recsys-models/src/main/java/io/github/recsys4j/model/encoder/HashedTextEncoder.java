package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.TextEncoder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Describes a text without any network, in any language: which words, pairs of words and pieces of words it has, the
 * rare ones counting more. Nothing is downloaded. Texts that share names, genres or spellings come close; texts that say
 * the same in other words do not. For that, load an {@link OnnxTextEncoder} or a {@link StaticTextEncoder}.
 *
 * <p>Words, pairs of neighbouring words, and the three and four letters in a row of each word fall into 2<sup>18</sup>
 * buckets by their hash (Weinberger et al., Feature Hashing, ICML 2009), with weight {@code (1 + ln n) * idf} for
 * {@code n} occurrences, where {@code idf = 1 + ln((1 + N) / (1 + df))} over the N texts it was fitted on. The buckets are
 * projected to {@code dim} numbers by random signs (Achlioptas, PODS 2001), which keeps cosines to about
 * {@code 1 / sqrt(dim)}, and the vector gets length 1; that of a text without letters or digits is zero.
 *
 * <p>Deterministic: the same text gives the same vector on every machine. Thread-safety: immutable.
 */
public final class HashedTextEncoder implements TextEncoder {
    private static final int BITS = 18;
    private static final int BUCKETS = 1 << BITS;
    private static final int MAX_DIM = 4096;
    private static final float WORD = 1;
    private static final float PAIR = 0.5f;
    private static final float PIECE = 0.35f;

    private final int dim;
    private final float[] idf;
    private final EncoderInfo info;

    private HashedTextEncoder(int dim, float[] idf) {
        checkArgument(dim >= 8 && dim <= MAX_DIM, "dim must be 8 to %s, got %s", MAX_DIM, dim);
        this.dim = dim;
        this.idf = idf;
        info = new EncoderInfo(
                "hashed-text-" + dim,
                Modality.TEXT,
                dim,
                new Sha256()
                        .words("hashed text", 1, dim, Arrays.hashCode(idf), Arrays.toString(idf))
                        .hex());
    }

    /**
     * Makes an encoder that weighs all words alike.
     *
     * @param dim floats in a vector, 8 to 4096; 256 is a good size
     * @return the encoder
     * @throws IllegalArgumentException if {@code dim} is out of range
     */
    public static HashedTextEncoder create(int dim) {
        float[] ones = new float[BUCKETS];
        Arrays.fill(ones, 1);
        return new HashedTextEncoder(dim, ones);
    }

    /**
     * Makes an encoder that weighs words by how rare they are.
     *
     * @param texts a sample of what is to be encoded; their order does not matter
     * @param dim floats in a vector, 8 to 4096; 256 is a good size
     * @return the encoder
     * @throws IllegalArgumentException if {@code dim} is out of range
     */
    public static HashedTextEncoder fit(Iterable<String> texts, int dim) {
        int[] counts = new int[BUCKETS];
        int total = 0;
        for (String text : texts) {
            BitSet seen = new BitSet(BUCKETS);
            features(text).keySet().forEach(seen::set);
            seen.stream().forEach(bucket -> counts[bucket]++);
            total++;
        }
        float[] idf = new float[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            idf[bucket] = (float) (1 + StrictMath.log((1.0 + total) / (1 + counts[bucket])));
        }
        return new HashedTextEncoder(dim, idf);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param path a {@code .npy} file
     * @param dim floats in a vector, as when it was fitted
     * @return the encoder, with the same fingerprint
     * @throws IllegalArgumentException if {@code dim} is out of range
     * @throws ArtifactException if the file cannot be read or is of another kind
     */
    public static HashedTextEncoder load(Path path, int dim) {
        NpyFile file = NpyFile.read(path);
        if (!file.shape().equals(List.of(BUCKETS))) {
            throw new ArtifactException("Weights of words " + path + " have shape " + file.shape() + ", expected ["
                    + BUCKETS + "]: HashedTextEncoder.save writes such a file");
        }
        float[] idf = new float[BUCKETS];
        file.floats().get(idf);
        return new HashedTextEncoder(dim, idf);
    }

    /**
     * Writes the weights that were fitted, 1 MiB, as float32 {@code [262144]}.
     *
     * @param path a {@code .npy} file; replaced as a whole
     * @throws ArtifactException if it cannot be written
     */
    public void save(Path path) {
        NpyFile.write(path, FloatBuffer.wrap(idf), List.of(BUCKETS));
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends String> inputs) {
        return BuiltIns.rows(inputs, dim, this::describe);
    }

    private void describe(String text, float[] target, int offset) {
        features(text).forEach((bucket, feature) -> {
            double weight = feature.weight * (1 + StrictMath.log(feature.count)) * idf[bucket];
            project(bucket, (float) weight, target, offset);
        });
        BuiltIns.scale(target, offset, dim, 1);
    }

    /** How often something occurs, and how much its kind counts. */
    private static final class Feature {
        private final float weight;
        private int count;

        Feature(float weight) {
            this.weight = weight;
        }
    }

    private static Map<Integer, Feature> features(String text) {
        Map<Integer, Feature> features = new HashMap<>();
        String previous = "";
        for (String word : Words.of(text)) {
            count(features, word, WORD);
            if (!previous.isEmpty()) {
                count(features, previous + " " + word, PAIR);
            }
            String framed = "<" + word + ">";
            for (int size = 3; size <= 4; size++) {
                for (int from = 0; from + size <= framed.length(); from++) {
                    count(features, size + framed.substring(from, from + size), PIECE);
                }
            }
            previous = word;
        }
        return features;
    }

    private static void count(Map<Integer, Feature> features, String name, float weight) {
        int bucket = (int) (Words.hash(name) >>> (Long.SIZE - BITS));
        features.computeIfAbsent(bucket, key -> new Feature(weight)).count++;
    }

    /** Adds a bucket's row of random signs, 64 of them from each number of a SplitMix64 sequence. */
    private void project(int bucket, float weight, float[] target, int offset) {
        long signs = 0;
        for (int i = 0; i < dim; i++) {
            if (i % Long.SIZE == 0) {
                signs = Words.mix(((long) bucket << 32) + i);
            }
            target[offset + i] += (signs & 1) == 0 ? weight : -weight;
            signs >>>= 1;
        }
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public String toString() {
        return "HashedTextEncoder[" + info + "]";
    }
}
