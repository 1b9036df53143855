package io.github.recsys4j.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.data.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyVectorsTest {
    private static final List<String> IDS = List.of("b", "x", "a");
    private static final float[] VALUES = {1, 2, 3, 4, 5, 6.5f};

    @TempDir
    private Path folder;

    private Path npy(float[] values, List<Integer> shape) {
        Path file = folder.resolve("v.npy");
        NpyFile.write(file, FloatBuffer.wrap(values), shape);
        return file;
    }

    private Path binary(float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Files.write(folder.resolve("v.f32"), bytes.array());
    }

    private ReadyVectors read(String format) throws IOException {
        Path ids = Files.writeString(folder.resolve("ids.txt"), "b\nx \r\na\n");
        return switch (format) {
            case "npy" -> ReadyVectors.npy(npy(VALUES, List.of(3, 2)), ReadyVectors.ids(ids));
            case "binary" -> ReadyVectors.binary(binary(VALUES), 2, ReadyVectors.ids(ids));
            case "csv with header" -> csv("id,dim0,dim1\nb,1,2\nx,3,4\n\na,5, 6.5 \n");
            default -> csv("b,1,2e0\nx,3,4\na,5,6.5");
        };
    }

    private ReadyVectors csv(String text) throws IOException {
        return ReadyVectors.csv(Files.writeString(folder.resolve("v.csv"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"npy", "binary", "csv", "csv with header"})
    void align_vocabulary_putsVectorsInItsOrderAndCounts(String format) throws IOException {
        ReadyVectors.Aligned aligned =
                read(format).requireDim(2).align(Modality.IMAGE, Vocabulary.of(List.of("a", "b", "c")));
        assertThat(aligned.matrix().row(0)).containsExactly(5, 6.5f);
        assertThat(aligned.matrix().row(1)).containsExactly(1, 2);
        assertThat(aligned.matrix().present(2)).isFalse();
        assertThat(aligned.matrix().modality()).isEqualTo(Modality.IMAGE);
        assertThat(aligned.coverage())
                .isEqualTo(new CoverageReport(3, 2, 3, 1, List.of("c"), List.of("x")))
                .hasToString("2 of 3 items have a vector (66.7 %), such as c; 1 of 3 vectors match no item, such as x");
    }

    @Test
    void npy_wrongShape_saysWhatIsExpected() {
        assertThatThrownBy(() -> ReadyVectors.npy(npy(VALUES, List.of(2, 3)), IDS))
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder.resolve("v.npy") + " has shape [2, 3], expected [3, dim]: one row for each of the 3"
                        + " ids.");
        assertThatThrownBy(() -> ReadyVectors.npy(npy(VALUES, List.of(6)), IDS))
                .hasMessageContaining("has shape [6], expected [3, dim]");
        assertThatThrownBy(() ->
                        ReadyVectors.npy(npy(VALUES, List.of(3, 2)), IDS).requireDim(512))
                .hasMessageContaining("holds 2-dim vectors, expected 512");
    }

    @Test
    void npy_otherType_saysHowToSaveIt() {
        Path file = folder.resolve("v.npy");
        NpyFile.write(file, LongBuffer.wrap(new long[6]), List.of(3, 2));
        assertThatThrownBy(() -> ReadyVectors.npy(file, IDS))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("holds values of type <i8, expected 32-bit floats")
                .hasMessageContaining("numpy.save");
        assertThatThrownBy(() -> ReadyVectors.npy(folder.resolve("none.npy"), IDS))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("cannot read");
    }

    @Test
    void binary_wrongLength_saysTheArithmetic() {
        assertThatThrownBy(() -> ReadyVectors.binary(binary(VALUES), 3, IDS))
                .hasMessage(folder.resolve("v.f32") + " has 24 bytes, expected 3 ids x 3 floats x 4 bytes = 36, at most"
                        + " 2 GiB. Check the dimension and the ids.");
        assertThatThrownBy(() -> ReadyVectors.binary(folder.resolve("none"), 3, IDS))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void read_valueThatIsNotFinite_namesItsPlace() {
        float[] values = {1, 2, 3, Float.NaN, 5, 6};
        assertThatThrownBy(() -> ReadyVectors.npy(npy(values, List.of(3, 2)), IDS))
                .hasMessage(folder.resolve("v.npy") + " has NaN in row 1 (id \"x\"), column 1 (counted from 0); every"
                        + " value must be finite. Drop that row, or compute it again.");
        assertThatThrownBy(() -> csv("b,1,Infinity"))
                .hasMessageContaining("has Infinity in row 0 (id \"b\"), column 1");
    }

    @Test
    void read_idTwice_namesBothRows() {
        assertThatThrownBy(() -> ReadyVectors.npy(npy(VALUES, List.of(3, 2)), List.of("a", "b", "a")))
                .hasMessage(folder.resolve("v.npy") + " has id \"a\" in rows 0 and 2 (counted from 0); each id must"
                        + " stand once. Drop one of them.");
    }

    @Test
    void csv_brokenRows_areNamedByLine() {
        Path file = folder.resolve("v.csv");
        assertThatThrownBy(() -> csv("b,1,2\nx,3\n"))
                .hasMessage(file + ":2 has 1 floats behind the id, expected 2 as in the first row.");
        assertThatThrownBy(() -> csv("b,1,2\nx,3,four\n"))
                .hasMessage(file + ":2 has \"four\" in field 3; expected a number, such as 0.25.");
        assertThatThrownBy(() -> csv("b\n")).hasMessageContaining("has one field");
        assertThatThrownBy(() -> csv("id,a,b\n")).hasMessageContaining("has no vectors");
        assertThatThrownBy(() -> ReadyVectors.ids(folder.resolve("none")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("one id in each line");
    }
}
