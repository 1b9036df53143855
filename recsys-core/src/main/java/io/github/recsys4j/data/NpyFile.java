package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An array in NumPy's file format, version 1.0: little-endian 32-bit floats or 64-bit integers in C order, at most
 * 2 GiB of them. Format: NumPy Enhancement Proposal 1. Immutable and safe for many threads.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREAMBLE = MAGIC.length + 2;
    private static final int ALIGNMENT = 64;
    private static final String FLOATS = "<f4";
    private static final String LONGS = "<i8";
    private static final Pattern HEADER =
            Pattern.compile("\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,\\s*'fortran_order'\\s*:"
                    + "\\s*(True|False)\\s*,\\s*'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)\\s*,?\\s*\\}\\s*");

    private final Path path;
    private final String type;
    private final List<Integer> shape;
    private final ByteBuffer data;

    private NpyFile(Path path, String type, List<Integer> shape, ByteBuffer data) {
        this.path = path;
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    /**
     * Reads a whole file into memory.
     *
     * @param path a file
     * @return its array
     * @throws ArtifactException if it cannot be read, is not of this format or is not as long as its header says
     */
    public static NpyFile read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > Integer.MAX_VALUE - 8) {
                throw tooLarge(path, size);
            }
            return parse(path, ByteBuffer.wrap(in.readAllBytes()));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Maps a file into memory; its pages are read when they are needed and shared between processes. The file must
     * not be changed while the array is in use.
     *
     * @param path a file
     * @return its array
     * @throws ArtifactException if it cannot be read, is not of this format or is not as long as its header says
     */
    public static NpyFile map(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw tooLarge(path, channel.size());
            }
            return parse(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Writes floats: beside the file first, synced to the disk, then renamed over it, so that a crash leaves the old
     * file or the new one.
     *
     * @param path the file
     * @param values row-major, from the buffer's position; its position does not change
     * @param shape the sizes; their product is the number of values
     * @throws ArtifactException if it cannot be written
     */
    public static void write(Path path, FloatBuffer values, List<Integer> shape) {
        checkShape(values.remaining(), shape);
        replace(path, channel -> writeFloats(channel, values, shape));
    }

    /**
     * Writes 64-bit integers, as {@link #write(Path, FloatBuffer, List)}.
     *
     * @param path the file
     * @param values row-major, from the buffer's position; its position does not change
     * @param shape the sizes; their product is the number of values
     * @throws ArtifactException if it cannot be written
     */
    public static void write(Path path, LongBuffer values, List<Integer> shape) {
        checkShape(values.remaining(), shape);
        replace(path, channel -> writeLongs(channel, values, shape));
    }

    /**
     * Makes the header of a file of floats, for a writer that appends rows and counts them up in place. It takes 128
     * bytes for every shape of up to four sizes.
     *
     * @param shape the sizes
     * @return what stands before the values, little-endian in C order
     */
    public static byte[] floatHeader(List<Integer> shape) {
        return header(FLOATS, shape);
    }

    /** {@return the sizes, empty for a single number} */
    public List<Integer> shape() {
        return shape;
    }

    /** {@return a read-only view of the row-major values} */
    public FloatBuffer floats() {
        requireType(FLOATS, "32-bit floats");
        return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** {@return a read-only view of the row-major values} */
    public LongBuffer longs() {
        requireType(LONGS, "64-bit integers");
        return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    }

    private void requireType(String wanted, String words) {
        if (!type.equals(wanted)) {
            throw new ArtifactException(
                    path + " holds values of type " + type + ", expected " + words + " (" + wanted + ")");
        }
    }

    private static NpyFile parse(Path path, ByteBuffer file) {
        if (file.remaining() < PREAMBLE || file.slice(0, MAGIC.length).compareTo(ByteBuffer.wrap(MAGIC)) != 0) {
            throw new ArtifactException(path + " does not begin like a NumPy file of version 1.0; write it anew");
        }
        int headerLength =
                Short.toUnsignedInt(file.order(ByteOrder.LITTLE_ENDIAN).getShort(MAGIC.length));
        if (file.remaining() < PREAMBLE + headerLength) {
            throw new ArtifactException(path + " ends within its header; it was cut off, write it anew");
        }
        String header = StandardCharsets.ISO_8859_1
                .decode(file.slice(PREAMBLE, headerLength))
                .toString();
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new ArtifactException(path + " has a header that is not understood: " + header.strip());
        }
        return checked(path, matcher, file.slice(PREAMBLE + headerLength, file.remaining() - PREAMBLE - headerLength));
    }

    private static NpyFile checked(Path path, Matcher header, ByteBuffer data) {
        String type = header.group(1);
        if (!type.equals(FLOATS) && !type.equals(LONGS)) {
            throw new ArtifactException(
                    path + " holds values of type " + type + ", expected " + FLOATS + " or " + LONGS);
        }
        if (header.group(2).equals("True")) {
            throw new ArtifactException(path + " is in Fortran order, expected C order");
        }
        List<Integer> shape = sizes(path, header.group(3));
        long expected = elements(shape) * width(type);
        if (data.remaining() != expected) {
            throw new ArtifactException(path + " has " + data.remaining() + " bytes of values, its shape " + shape
                    + " needs " + expected + "; it was cut off or altered, write it anew");
        }
        return new NpyFile(path, type, shape, data);
    }

    private static List<Integer> sizes(Path path, String text) {
        try {
            return Pattern.compile(",")
                    .splitAsStream(text)
                    .map(String::strip)
                    .filter(size -> !size.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw new ArtifactException(path + " has a shape that is too large: (" + text + ")", e);
        }
    }

    private static long elements(List<Integer> shape) {
        return shape.stream()
                .mapToLong(Integer::longValue)
                .reduce(1, (a, b) -> Math.min(a * b, Integer.MAX_VALUE + 1L));
    }

    private static int width(String type) {
        return type.equals(FLOATS) ? Float.BYTES : Long.BYTES;
    }

    private static void checkShape(int values, List<Integer> shape) {
        checkArgument(
                shape.stream().allMatch(size -> size >= 0) && elements(shape) == values,
                "shape %s does not fit %s values",
                shape,
                values);
    }

    private static byte[] header(String type, List<Integer> shape) {
        String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sizes
                + (shape.size() == 1 ? ",), }" : "), }");
        int length = PREAMBLE + text.length() + 1;
        int padding = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
        byte[] body = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(PREAMBLE + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    private static void writeFloats(WritableByteChannel channel, FloatBuffer values, List<Integer> shape)
            throws IOException {
        writeFully(channel, ByteBuffer.wrap(header(FLOATS, shape)));
        FloatBuffer rest = values.duplicate();
        ByteBuffer block = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            int count = Math.min(rest.remaining(), block.capacity() / Float.BYTES);
            block.clear().limit(count * Float.BYTES);
            block.asFloatBuffer().put(rest.slice().limit(count));
            rest.position(rest.position() + count);
            writeFully(channel, block);
        }
    }

    private static void writeLongs(WritableByteChannel channel, LongBuffer values, List<Integer> shape)
            throws IOException {
        writeFully(channel, ByteBuffer.wrap(header(LONGS, shape)));
        LongBuffer rest = values.duplicate();
        ByteBuffer block = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            int count = Math.min(rest.remaining(), block.capacity() / Long.BYTES);
            block.clear().limit(count * Long.BYTES);
            block.asLongBuffer().put(rest.slice().limit(count));
            rest.position(rest.position() + count);
            writeFully(channel, block);
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void replace(Path path, Content content) {
        Path beside = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.write(channel);
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ArtifactException("cannot write " + path + ": " + e, e);
        }
    }

    private static ArtifactException unreadable(Path path, IOException cause) {
        return new ArtifactException("cannot read " + path + ": " + cause, cause);
    }

    private static ArtifactException tooLarge(Path path, long size) {
        return new ArtifactException(path + " has " + size + " bytes, at most 2 GiB can be read");
    }

    private interface Content {
        void write(WritableByteChannel channel) throws IOException;
    }
}
