package io.github.recsys4j.examples.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void write_newFolderAndOldFile_leavesOnlyTheNewText() throws IOException {
        Path file = folder.resolve("a/b/out.txt");

        AtomicFiles.write(file, "old");
        AtomicFiles.write(file, "new ü");

        assertThat(file).hasContent("new ü");
        assertThat(folder.resolve("a/b").toFile().list()).containsExactly("out.txt");
    }

    @Test
    void write_fileWhereAFolderIsNeeded_saysWhatAndLeavesNothing() throws IOException {
        Files.writeString(folder.resolve("a"), "in the way");

        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("a/out.txt"), "text"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write " + folder.resolve("a/out.txt"))
                .hasMessageContaining("choose a place that can be written");
        assertThat(folder.toFile().list()).containsExactly("a");
    }

    @Test
    void write_folderInThePlaceOfTheFile_keepsItAndLeavesNothingBeside() throws IOException {
        Files.createDirectories(folder.resolve("out/full"));

        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("out"), "text"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(folder.toFile().list()).containsExactly("out");
    }
}
