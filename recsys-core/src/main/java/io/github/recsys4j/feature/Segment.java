package io.github.recsys4j.feature;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.recsys4j.data.NpyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Two files that only grow: {@code NAME.npy} with vectors, and {@code NAME.index} with a record for each of its rows, in
 * the same order. A record is 40 bytes, little-endian but for the key:
 *
 * <pre>
 * 32  key, the SHA-256 of the content
 *  4  CRC-32C of the vector's bytes
 *  4  CRC-32C of the 36 bytes before
 * </pre>
 *
 * <p>A row counts when its record is whole. Vectors are on the disk before their records are written, so a writer that
 * is killed leaves rows without records, which the next writer overwrites, and never a record without its row. The header
 * of the vectors is counted up last; NumPy takes no notice of bytes behind what it announces.
 *
 * <p>Thread-safety: safe for many readers and one writer.
 */
final class Segment {
    /** Bytes of a record. */
    static final int RECORD = KeyBatch.BYTES + 2 * Integer.BYTES;

    private static final int HEADER = 128;
    private static final long MAX_BYTES = 64 << 20;
    private static final Mapping NOTHING = new Mapping(0, ByteBuffer.allocate(0), FloatBuffer.allocate(0));

    private final String name;
    private final Path vectors;
    private final Path index;
    private final int dim;

    @GuardedBy("this")
    private Mapping mapping = NOTHING;

    /** Rows that can be read, and their bytes. */
    private record Mapping(int rows, ByteBuffer bytes, FloatBuffer floats) {}

    /** Takes a record: its key stands in the buffer. */
    @FunctionalInterface
    interface Records {
        void take(int row, ByteBuffer key, int vectorSum);
    }

    Segment(Path folder, String name, int dim) {
        this.name = name;
        this.dim = dim;
        vectors = folder.resolve(name + ".npy");
        index = folder.resolve(name + ".index");
    }

    String name() {
        return name;
    }

    /** How many rows fit. */
    int capacity() {
        return (int) Math.max(1, MAX_BYTES / rowBytes());
    }

    private int rowBytes() {
        return dim * Float.BYTES;
    }

    void create() throws IOException {
        try (FileChannel file = open(vectors, StandardOpenOption.CREATE_NEW)) {
            writeAt(file, 0, ByteBuffer.wrap(NpyFile.floatHeader(List.of(0, dim))));
            file.force(true);
        }
        open(index, StandardOpenOption.CREATE_NEW).close();
    }

    /** How many whole records the index holds now; none once somebody cleared the folder. */
    int rowsOnDisk() throws IOException {
        try {
            return (int) Math.min(Integer.MAX_VALUE, Files.size(index) / RECORD);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Reads the records from a row on.
     *
     * @param skipping whether to go on behind a damaged record, or to stop there because it may just be being written
     * @return the first row that was not read
     */
    int readRecords(int from, boolean skipping, Records records) throws IOException {
        try (FileChannel file = FileChannel.open(index, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(RECORD << 12).order(ByteOrder.LITTLE_ENDIAN);
            CRC32C sum = new CRC32C();
            int row = from;
            while (readAt(file, (long) row * RECORD, block.clear()) >= RECORD) {
                for (block.flip(); block.remaining() >= RECORD; row++) {
                    if (!readRecord(block, sum, row, records) && !skipping) {
                        return row;
                    }
                }
            }
            return row;
        }
    }

    private static boolean readRecord(ByteBuffer block, CRC32C sum, int row, Records records) {
        int start = block.position();
        sum.reset();
        sum.update(block.slice(start, RECORD - Integer.BYTES));
        boolean whole = (int) sum.getValue() == block.getInt(start + RECORD - Integer.BYTES);
        if (whole) {
            records.take(row, block.slice(start, KeyBatch.BYTES), block.getInt(start + KeyBatch.BYTES));
        }
        block.position(start + RECORD);
        return whole;
    }

    /** Adds rows behind the last one. */
    void append(int rows, ByteBuffer newVectors, ByteBuffer newRecords) throws IOException {
        int added = newRecords.remaining() / RECORD;
        try (FileChannel vectorFile = open(vectors, StandardOpenOption.WRITE);
                FileChannel indexFile = open(index, StandardOpenOption.WRITE)) {
            long end = HEADER + (long) rows * rowBytes();
            cutOff(indexFile, (long) rows * RECORD);
            writeAt(vectorFile, end, newVectors);
            vectorFile.force(false);
            appendRecords(indexFile, rows, newRecords);
            writeAt(vectorFile, 0, ByteBuffer.wrap(NpyFile.floatHeader(List.of(rows + added, dim))));
        }
    }

    /** All or nothing, as far as the disk lets us. */
    private static void appendRecords(FileChannel file, int rows, ByteBuffer records) throws IOException {
        long end = (long) rows * RECORD;
        try {
            writeAt(file, end, records);
            file.force(false);
        } catch (IOException e) {
            cutOff(file, end);
            throw e;
        }
    }

    private static void cutOff(FileChannel file, long end) throws IOException {
        if (file.size() > end) {
            file.truncate(end);
        }
    }

    /**
     * Copies a row.
     *
     * @param known how many rows the index has
     * @return false if its bytes are not those that were written
     */
    boolean read(int row, int known, int vectorSum, FloatBuffer target) throws IOException {
        Mapping mapped = mapped(row, known);
        if (row >= mapped.rows) {
            return false;
        }
        CRC32C sum = new CRC32C();
        sum.update(mapped.bytes.slice(row * rowBytes(), rowBytes()));
        if ((int) sum.getValue() != vectorSum) {
            return false;
        }
        target.put(mapped.floats.slice(row * dim, dim));
        return true;
    }

    private synchronized Mapping mapped(int row, int known) throws IOException {
        if (row >= mapping.rows) {
            mapping = map(known);
        }
        return mapping;
    }

    private Mapping map(int known) throws IOException {
        try (FileChannel file = FileChannel.open(vectors, StandardOpenOption.READ)) {
            int rows = (int) Math.min(known, Math.max(0, file.size() - HEADER) / rowBytes());
            ByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, HEADER, (long) rows * rowBytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
            return new Mapping(rows, bytes, bytes.asFloatBuffer());
        } catch (NoSuchFileException e) {
            return NOTHING;
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(index);
        Files.deleteIfExists(vectors);
    }

    private static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(file, how, StandardOpenOption.WRITE);
    }

    private static void writeAt(FileChannel file, long position, ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    private static int readAt(FileChannel file, long position, ByteBuffer block) throws IOException {
        long at = position;
        int count = 0;
        while (block.hasRemaining() && count >= 0) {
            count = file.read(block, at);
            at += Math.max(0, count);
        }
        return block.position();
    }
}
