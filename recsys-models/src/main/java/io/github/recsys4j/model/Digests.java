package io.github.recsys4j.model;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files and of data sets, in hexadecimal. */
final class Digests {
    private static final int CHUNK = 1 << 18;

    private Digests() {}

    static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(chunk) >= 0) {
                digest.update(chunk.flip());
                chunk.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Users, items and who did what in which order; times, values and columns are left out. */
    static String ofInteractions(Dataset dataset) {
        MessageDigest digest = sha256();
        update(digest, dataset.users());
        update(digest, dataset.items());
        Interactions interactions = dataset.interactions();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (int user = 0; user < interactions.numUsers(); user++) {
            put(digest, chunk, interactions.count(user));
            for (int row = interactions.start(user); row < interactions.end(user); row++) {
                put(digest, chunk, interactions.item(row));
            }
        }
        digest.update(chunk.flip());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void put(MessageDigest digest, ByteBuffer chunk, int value) {
        if (chunk.remaining() < Integer.BYTES) {
            digest.update(chunk.flip());
            chunk.clear();
        }
        chunk.putInt(value);
    }

    private static void update(MessageDigest digest, Vocabulary ids) {
        for (int index = 0; index < ids.size(); index++) {
            digest.update(ids.id(index).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        digest.update((byte) 1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
