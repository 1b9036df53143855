package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An interaction as bytes: length of the payload (int), CRC-32C of the payload (int), and the payload: time (long),
 * length of the user id (int), user id, item id, both in UTF-8. Big endian.
 */
final class LogRecord {
    /** Bytes of the two ids; more is a damaged length or a caller's mistake. */
    private static final int LONGEST = 1 << 16;

    private static final int HEAD = 2 * Integer.BYTES;
    private static final int FIXED = Long.BYTES + Integer.BYTES;

    private LogRecord() {}

    static byte[] bytes(Interaction interaction) {
        byte[] user = interaction.userId().getBytes(StandardCharsets.UTF_8);
        byte[] item = interaction.itemId().getBytes(StandardCharsets.UTF_8);
        int payload = FIXED + user.length + item.length;
        checkArgument(
                payload <= LONGEST,
                "user id and item id must have at most %s bytes together, got %s",
                LONGEST - FIXED,
                user.length + item.length);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + payload);
        bytes.position(HEAD);
        bytes.putLong(interaction.time()).putInt(user.length).put(user).put(item);
        bytes.putInt(0, payload).putInt(Integer.BYTES, checksum(bytes.array(), HEAD, payload));
        return bytes.array();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    /** Reads the next record, or nothing where the stream ends or holds no whole one. */
    static Optional<Interaction> read(DataInputStream log) throws IOException {
        try {
            int length = log.readInt();
            int checksum = log.readInt();
            if (length < FIXED || length > LONGEST) {
                return Optional.empty();
            }
            byte[] payload = new byte[length];
            log.readFully(payload);
            return checksum == checksum(payload, 0, length) ? interaction(payload) : Optional.empty();
        } catch (EOFException torn) {
            return Optional.empty();
        }
    }

    private static Optional<Interaction> interaction(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        long time = bytes.getLong();
        int user = bytes.getInt();
        if (user <= 0 || user >= payload.length - FIXED) {
            return Optional.empty();
        }
        return Optional.of(new Interaction(
                new String(payload, FIXED, user, StandardCharsets.UTF_8),
                new String(payload, FIXED + user, payload.length - FIXED - user, StandardCharsets.UTF_8),
                time));
    }
}
