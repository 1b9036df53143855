package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A text file, plain or gzip, and the words for what can be wrong with it. It is taken for gzip if its name ends
 * in {@code .gz} or its first two bytes say so; a byte order mark of UTF-8 is skipped.
 */
record DataFile(Path path) {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Opens the text behind compression and byte order mark. */
    InputStream open() {
        if (!Files.isRegularFile(path)) {
            throw new DatasetException(path + (Files.exists(path) ? " is not a file" : " does not exist")
                    + "; expected a readable text file.");
        }
        try {
            return withoutMark(unpacked(Files.newInputStream(path)));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Whether it is compressed, or says so. */
    boolean isGzip() throws IOException {
        try (InputStream raw = Files.newInputStream(path)) {
            byte[] start = raw.readNBytes(2);
            boolean gzip = start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
            return gzip || path.toString().endsWith(".gz");
        }
    }

    /** How long the text is, unless it is compressed. */
    OptionalLong plainBytes() {
        try {
            return isGzip() ? OptionalLong.empty() : OptionalLong.of(Files.size(path));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private InputStream unpacked(InputStream file) throws IOException {
        try {
            return isGzip() ? new GZIPInputStream(file, BUFFER_BYTES) : file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private InputStream withoutMark(InputStream unpacked) throws IOException {
        PushbackInputStream text = new PushbackInputStream(unpacked, 3);
        try {
            byte[] start = text.readNBytes(3);
            if (start.length != 3 || start[0] != (byte) 0xef || start[1] != (byte) 0xbb || start[2] != (byte) 0xbf) {
                text.unread(start);
            }
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }

    /** Opens the text with one character for each byte; {@link Texts#decode} makes a field's text of them. */
    BufferedReader reader() {
        return new BufferedReader(new InputStreamReader(open(), StandardCharsets.ISO_8859_1), BUFFER_BYTES);
    }

    /** The failure to report instead of an input-output error. */
    DatasetException failure(IOException e) {
        if (e instanceof ZipException || e instanceof EOFException) {
            return new DatasetException(
                    path + " is not a complete gzip file (" + e.getMessage()
                            + "). Fetch it again, or unpack it and read the plain file.",
                    e);
        }
        return new DatasetException(path + " cannot be read: " + e, e);
    }

    DatasetException failure(UncheckedIOException e) {
        return failure(Objects.requireNonNull(e.getCause()));
    }

    /** What an empty file is told. */
    DatasetException empty(String expected) {
        return new DatasetException(path + " is empty; expected " + expected + ".");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
