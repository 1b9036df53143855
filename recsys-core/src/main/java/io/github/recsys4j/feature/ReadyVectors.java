package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.data.Vocabulary;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Vectors that somebody else computed, each under an id, read from a file and lined up with a vocabulary.
 *
 * <pre>{@code
 * ReadyVectors vectors = ReadyVectors.npy(Path.of("posters.npy"), ReadyVectors.ids(Path.of("poster-ids.txt")));
 * ReadyVectors.Aligned aligned = vectors.align(Modality.IMAGE, dataset.items());
 * log.info("{}", aligned.coverage());
 * }</pre>
 *
 * <p>Every value is checked when the file is read: a value that is not finite, a row of another length or an id that
 * stands twice is refused with its place. Thread-safety: immutable; the files must not be changed while this is in use.
 */
public final class ReadyVectors {
    private final Path file;
    private final List<String> ids;
    private final int dim;
    private final FloatBuffer values;

    private ReadyVectors(Path file, List<String> ids, int dim, FloatBuffer values) {
        this.file = file;
        this.ids = List.copyOf(ids);
        this.dim = dim;
        this.values = values;
        checkIds();
        checkValues();
    }

    /**
     * Maps a file of NumPy: 32-bit floats in C order, {@code [ids, dim]}, at most 2 GiB.
     *
     * @param file the file
     * @param ids the id of each row
     * @return the vectors
     * @throws DatasetException if the file cannot be read, is of another type or shape, or breaks a rule of this class
     */
    public static ReadyVectors npy(Path file, List<String> ids) {
        NpyFile array;
        FloatBuffer values;
        try {
            array = NpyFile.map(file);
            values = array.floats();
        } catch (ArtifactException e) {
            throw new DatasetException(
                    e.getMessage() + ". Save it with numpy.save(file, numpy.ascontiguousarray(vectors, 'float32')).",
                    e);
        }
        List<Integer> shape = array.shape();
        if (shape.size() != 2 || shape.get(0) != ids.size() || shape.get(1) < 1) {
            throw new DatasetException(file + " has shape " + shape + ", expected [" + ids.size()
                    + ", dim]: one row for each of the " + ids.size() + " ids.");
        }
        return new ReadyVectors(file, ids, shape.get(1), values);
    }

    /**
     * Maps a file of bare 32-bit floats, little-endian, row after row, at most 2 GiB.
     *
     * @param file the file
     * @param dim floats in each row, at least 1
     * @param ids the id of each row
     * @return the vectors
     * @throws DatasetException if the file cannot be read, is not as long as ids and dimension say, or breaks a rule of
     *     this class
     */
    public static ReadyVectors binary(Path file, int dim, List<String> ids) {
        checkArgument(dim >= 1, "dim must be at least 1, got %s", dim);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long expected = (long) ids.size() * dim * Float.BYTES;
            if (channel.size() != expected || expected > Integer.MAX_VALUE) {
                throw new DatasetException(file + " has " + channel.size() + " bytes, expected " + ids.size()
                        + " ids x " + dim + " floats x 4 bytes = " + expected
                        + ", at most 2 GiB. Check the dimension and the ids.");
            }
            return new ReadyVectors(
                    file,
                    ids,
                    dim,
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, expected)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer());
        } catch (IOException e) {
            throw new DatasetException(file + " cannot be read: " + e + ". Check the path and its permissions.", e);
        }
    }

    /**
     * Reads comma-separated values in UTF-8: an id and then the floats in each row. A first row whose second field is no
     * number is a header.
     *
     * @param file the file
     * @return the vectors
     * @throws DatasetException if the file cannot be read, or breaks a rule of this class
     */
    public static ReadyVectors csv(Path file) {
        CsvVectors rows = CsvVectors.read(file);
        return new ReadyVectors(file, rows.ids(), rows.dim(), FloatBuffer.wrap(rows.values()));
    }

    /**
     * Reads the ids that belong to a file without them, one in each line, in UTF-8.
     *
     * @param file the file
     * @return the ids, without white space at their ends
     * @throws DatasetException if the file cannot be read
     */
    public static List<String> ids(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.map(String::strip).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new DatasetException(
                    file + " cannot be read: " + e + ". It must hold one id in each line, in UTF-8.", e);
        }
    }

    private void checkIds() {
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < ids.size(); row++) {
            Integer before = rows.put(ids.get(row), row);
            if (before != null) {
                throw new DatasetException(file + " has id \"" + ids.get(row) + "\" in rows " + before + " and " + row
                        + " (counted from 0); each id must stand once. Drop one of them.");
            }
        }
    }

    private void checkValues() {
        for (int at = 0; at < values.capacity(); at++) {
            if (!Float.isFinite(values.get(at))) {
                throw new DatasetException(file + " has " + values.get(at) + " in row " + at / dim + " (id \""
                        + ids.get(at / dim) + "\"), column " + at % dim
                        + " (counted from 0); every value must be finite. Drop that row, or compute it again.");
            }
        }
    }

    /** {@return the ids, row by row} */
    public List<String> ids() {
        return ids;
    }

    /** {@return floats in each vector} */
    public int dim() {
        return dim;
    }

    /**
     * Insists on a dimension, such as that of a trained model.
     *
     * @param expected floats in each vector
     * @return this
     * @throws DatasetException if the vectors have another dimension
     */
    public ReadyVectors requireDim(int expected) {
        if (dim != expected) {
            throw new DatasetException(file + " holds " + dim + "-dim vectors, expected " + expected
                    + ". Compute them with the encoder that the model was trained with.");
        }
        return this;
    }

    /**
     * Lines the vectors up with items.
     *
     * @param modality what the vectors were made from
     * @param items the items
     * @return a row for each item, and how well vectors and items fit together
     */
    public Aligned align(Modality modality, Vocabulary items) {
        FeatureMatrix.Builder matrix = FeatureMatrix.builder(modality, items.size(), dim);
        float[] vector = new float[dim];
        for (int row = 0; row < ids.size(); row++) {
            int item = items.indexOf(ids.get(row));
            if (item != Vocabulary.UNKNOWN) {
                values.get(row * dim, vector);
                matrix.put(item, vector);
            }
        }
        FeatureMatrix aligned = matrix.build();
        return new Aligned(aligned, CoverageReport.of(aligned, items, ids));
    }

    /**
     * Vectors in the order of a vocabulary.
     *
     * @param matrix one row for each item
     * @param coverage how well vectors and items fit together
     */
    public record Aligned(FeatureMatrix matrix, CoverageReport coverage) {}
}
