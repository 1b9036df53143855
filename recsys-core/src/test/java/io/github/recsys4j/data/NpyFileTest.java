package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
    @TempDir
    private Path folder;

    @Test
    void read_writtenFloats_givesThemBack() {
        Path file = folder.resolve("a.npy");
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 3f;
        }
        NpyFile.write(file, FloatBuffer.wrap(values), List.of(1000, 100));
        assertThat(NpyFile.read(file).shape()).containsExactly(1000, 100);
        assertThat(NpyFile.read(file).floats()).isEqualTo(FloatBuffer.wrap(values));
        assertThat(NpyFile.map(file).floats()).isEqualTo(FloatBuffer.wrap(values));
        assertThat(folder).isDirectoryContaining("glob:**a.npy").isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void read_writtenLongs_givesThemBack() {
        Path file = folder.resolve("a.npy");
        long[] values = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};
        NpyFile.write(file, LongBuffer.wrap(values), List.of(4));
        assertThat(NpyFile.read(file).shape()).containsExactly(4);
        assertThat(NpyFile.read(file).longs()).isEqualTo(LongBuffer.wrap(values));
    }

    @Test
    void write_header_isWhatNumPyWrites() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, FloatBuffer.wrap(new float[] {1, 2}), List.of(2));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 8);
        assertThat(new String(bytes, 10, 118, StandardCharsets.ISO_8859_1))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }")
                .endsWith(" \n");
        assertThat(bytes[8]).isEqualTo((byte) 118);
    }

    @Test
    void floats_ofLongs_saysBothTypes() {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, LongBuffer.wrap(new long[] {1}), List.of());
        NpyFile npy = NpyFile.read(file);
        assertThatThrownBy(npy::floats)
                .isInstanceOf(ArtifactException.class)
                .hasMessageContainingAll("a.npy", "<i8", "<f4");
    }

    @Test
    void read_cutFile_saysBytesAndShape() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, FloatBuffer.wrap(new float[6]), List.of(2, 3));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> NpyFile.map(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContainingAll("23 bytes", "[2, 3]", "needs 24");
        Files.write(file, Arrays.copyOf(bytes, 40));
        assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("ends within its header");
    }

    @Test
    void read_otherFile_saysItIsNotNumPy() throws IOException {
        Path file = Files.writeString(folder.resolve("a.npy"), "id,title\n");
        assertThatThrownBy(() -> NpyFile.read(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("does not begin like a NumPy file");
    }

    @Test
    void read_fortranOrderOrOtherType_isRefused() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, FloatBuffer.wrap(new float[1]), List.of(1));
        String good = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, good.replace("False", "True "), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("Fortran order");
        Files.writeString(file, good.replace("<f4", "<f8"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("<f8");
        Files.writeString(file, good.replace("(1,)", "(x,)"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> NpyFile.read(file)).hasMessageContaining("not understood");
    }

    @Test
    void read_missingFile_namesIt() {
        assertThatThrownBy(() -> NpyFile.read(folder.resolve("none.npy")))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("none.npy");
    }

    @Test
    void write_wrongShape_isRefusedAndLeavesNothing() {
        assertThatThrownBy(() -> NpyFile.write(folder.resolve("a.npy"), FloatBuffer.wrap(new float[5]), List.of(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("5 values");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void write_missingFolder_namesTheFile() {
        Path file = folder.resolve("no").resolve("a.npy");
        assertThatThrownBy(() -> NpyFile.write(file, FloatBuffer.wrap(new float[1]), List.of(1)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("a.npy");
    }
}
