package io.github.recsys4j.model.encoder;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over files and words, in hexadecimal. Not thread-safe. */
final class Sha256 {
    private static final int CHUNK = 1 << 16;

    private final MessageDigest digest = create();

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String ofFile(Path file) throws IOException {
        MessageDigest digest = create();
        byte[] chunk = new byte[CHUNK];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds the whole of a file. */
    Sha256 file(Path file) {
        try {
            return words(ofFile(file));
        } catch (IOException e) {
            throw new ArtifactException("Encoder file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Adds what {@code toString} gives. */
    Sha256 words(Object... words) {
        for (Object word : words) {
            digest.update(word.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
