package io.github.recsys4j.feature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads content files of a reasonable size. */
final class ContentFiles {
    /** The largest file that is read. */
    static final int MAX_BYTES = 64 << 20;

    private ContentFiles() {}

    static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(
                        "the file has " + Files.size(file) + " bytes, at most " + MAX_BYTES + " are read");
            }
            return bytes;
        }
    }
}
