package io.github.recsys4j.retrieval;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.retrieval.IndexHeader.Section;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The file of an index, little-endian:
 *
 * <pre>
 *    8  "RS4JINDX"
 *    4  format version
 *    4  length of the header
 *    4  CRC-32C of the header
 *    4  zero
 *       the header, {@link IndexHeader} as JSON
 * from 4096 on, each section at a multiple of 64:
 *       vectors  float32 [items, dim]
 *       codes    int64 [items, words]
 *       lift     float32 [items], where lengths differ
 *       removed  int64, one bit an item
 *       base, upper, upperAt  int32, the links, where there is a graph
 *       centres  float32 [lists, width], and listOf  int32 [items], -1 for none, where there is an inverted file
 * </pre>
 */
final class IndexFile {
    /** What this library writes and reads. */
    static final int VERSION = 2;

    static final int HEADER_ROOM = 4096;
    static final int PREAMBLE = 24;
    static final byte[] MAGIC = "RS4JINDX".getBytes(StandardCharsets.US_ASCII);
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 1 << 18;

    private final FileChannel channel;
    private final Map<String, Section> sections = new TreeMap<>();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C sum = new CRC32C();
    private long start;
    private long position = HEADER_ROOM;

    private IndexFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Fills a file. */
    interface Content {
        void writeTo(IndexFile file) throws IOException;
    }

    /** Writes beside the file, syncs, and renames. */
    static void write(Path file, Content content) {
        Path target = file.toAbsolutePath().normalize();
        Path beside = target.resolveSibling("." + target.getFileName() + ".tmp-" + UUID.randomUUID());
        try {
            try (FileChannel channel = FileChannel.open(
                    beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                content.writeTo(new IndexFile(channel));
                channel.force(true);
            }
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ArtifactException(
                    "Index file " + target + " could not be written: " + e + ". What was there before is untouched."
                            + " Check that the disk has room and that the folder may be written to",
                    e);
        } finally {
            delete(beside);
        }
    }

    private static void delete(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            throw new ArtifactException("Index file " + beside + " is left over and could not be deleted: " + e, e);
        }
    }

    /** What a section has to take. */
    interface Values {
        void putTo(IndexFile file) throws IOException;
    }

    /** Writes the next section. */
    void section(String name, Values values) throws IOException {
        position = (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        start = position;
        sum.reset();
        values.putTo(this);
        sections.put(name, new Section(start, position - start, sum.getValue()));
    }

    void put(float[] values, int count) throws IOException {
        for (int from = 0; from < count; ) {
            int fit = Math.min(count - from, CHUNK / Float.BYTES);
            chunk.clear().limit(fit * Float.BYTES);
            chunk.asFloatBuffer().put(values, from, fit);
            from += fit;
            flush();
        }
    }

    void put(long[] values, int first, int count) throws IOException {
        int end = first + count;
        for (int from = first; from < end; ) {
            int fit = Math.min(end - from, CHUNK / Long.BYTES);
            chunk.clear().limit(fit * Long.BYTES);
            chunk.asLongBuffer().put(values, from, fit);
            from += fit;
            flush();
        }
    }

    void put(int[] values, int first, int count) throws IOException {
        int end = first + count;
        for (int from = first; from < end; ) {
            int fit = Math.min(end - from, CHUNK / Integer.BYTES);
            chunk.clear().limit(fit * Integer.BYTES);
            chunk.asIntBuffer().put(values, from, fit);
            from += fit;
            flush();
        }
    }

    private void flush() throws IOException {
        sum.update(chunk.duplicate().rewind());
        chunk.rewind();
        while (chunk.hasRemaining()) {
            position += channel.write(chunk, position);
        }
    }

    /** Reads what was written already. */
    void read(long at, ByteBuffer room) throws IOException {
        long place = at;
        while (room.hasRemaining()) {
            int count = channel.read(room, place);
            if (count < 0) {
                throw new EOFException("it was cut short while it was being written");
            }
            place += count;
        }
    }

    /** Writes the header, last of all. */
    void finish(IndexHeader.Numbers numbers) throws IOException {
        if (channel.size() < position) {
            channel.write(ByteBuffer.allocate(1), position - 1);
        }
        byte[] json = JSON.writeValueAsBytes(new IndexHeader(numbers, sections, position));
        CRC32C headerSum = new CRC32C();
        headerSum.update(json);
        ByteBuffer header = ByteBuffer.allocate(HEADER_ROOM).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC)
                .putInt(VERSION)
                .putInt(json.length)
                .putInt((int) headerSum.getValue())
                .putInt(0)
                .put(json);
        header.rewind();
        while (header.hasRemaining()) {
            channel.write(header, header.position());
        }
    }
}
