package io.github.recsys4j.eval.search;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The results of a search, appended as they come, so that a killed search goes on where it was.
 *
 * <p>JSON lines: first what the search is, then one line per finished trial, in the order in which they ended, each
 * with the CRC-32C of the line without it. A line is synced before the next trial is asked for. A last line without
 * its end was being written when the process died, and is cut off; any other damage is refused. The file is locked
 * while it is open.
 */
final class Journal implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CHECKSUM = "crc32c";

    private final Path file;
    private final FileChannel channel;
    private final Map<Integer, TrialResult> results = new TreeMap<>();

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens or begins a journal of the search that the header describes. */
    static Journal open(Path file, Map<String, String> header) {
        try {
            Journal journal = new Journal(file, FileChannel.open(file, CREATE, READ, WRITE));
            try {
                journal.lock();
                journal.read(header);
                return journal;
            } catch (IOException | RuntimeException e) {
                journal.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "journal " + file + " could not be opened: its folder must exist and be writable", e);
        }
    }

    private void lock() throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
        throw inUse();
    }

    private ArtifactException inUse() {
        return new ArtifactException(
                "journal " + file + " is in use by another search: wait for it, or choose another");
    }

    private void read(Map<String, String> header) throws IOException {
        byte[] bytes = Channels.newInputStream(channel).readAllBytes();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        channel.truncate(end);
        channel.position(end);
        if (end == 0) {
            append(headerNode(header));
        } else {
            readLines(new String(bytes, 0, end, StandardCharsets.UTF_8), header);
        }
    }

    private static ObjectNode headerNode(Map<String, String> header) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("format", "recsys4j search journal");
        node.put("version", 1);
        header.forEach(node::put);
        return node;
    }

    private void readLines(String text, Map<String, String> header) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            ObjectNode node = parse(line, number);
            if (number == 1) {
                checkHeader(node, headerNode(header));
            } else {
                TrialResult result = TrialJson.readResult(node);
                if (results.put(result.trial().number(), result) != null) {
                    throw damaged(number, "it repeats trial " + result.trial().number(), null);
                }
            }
        }
    }

    private ObjectNode parse(String line, int number) {
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode node) {
                String given = node.path(CHECKSUM).asText();
                node.remove(CHECKSUM);
                if (given.equals(checksum(node))) {
                    return node;
                }
            }
            throw damaged(number, "its checksum does not fit", null);
        } catch (JsonProcessingException e) {
            throw damaged(number, "it is not JSON", e);
        }
    }

    private ArtifactException damaged(int line, String why, @Nullable Exception cause) {
        String message = "journal " + file + ", line " + line + " is damaged: " + why
                + ". Delete that line, and its trial is made again; or delete the file.";
        return cause == null ? new ArtifactException(message) : new ArtifactException(message, cause);
    }

    private void checkHeader(ObjectNode found, ObjectNode expected) {
        expected.fieldNames().forEachRemaining(name -> {
            if (!expected.path(name).equals(found.path(name))) {
                throw new ArtifactException("journal " + file + " is of another search: its " + name + " is "
                        + found.path(name) + ", now it is " + expected.path(name)
                        + ". Choose another file, or delete it to begin anew.");
            }
        });
    }

    /** {@return the results so far, by the trial's number} */
    Map<Integer, TrialResult> results() {
        return results;
    }

    ArtifactException otherTrial(int number, String found, String expected) {
        return new ArtifactException(
                "journal " + file + " holds a trial " + number + " that this search does not make: " + found
                        + ", expected " + expected + ". Choose another file, or delete it to begin anew.");
    }

    void add(TrialResult result) {
        try {
            append(TrialJson.write(result));
        } catch (IOException e) {
            throw new UncheckedIOException("journal " + file + " could not be written; the results before are safe", e);
        }
    }

    private void append(ObjectNode node) throws IOException {
        node.put(CHECKSUM, checksum(node));
        ByteBuffer line = ByteBuffer.wrap((node + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(true);
    }

    private static String checksum(ObjectNode node) {
        CRC32C crc = new CRC32C();
        crc.update(node.toString().getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("journal " + file + " could not be closed", e);
        }
    }
}
