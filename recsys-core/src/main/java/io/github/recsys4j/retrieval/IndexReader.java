package io.github.recsys4j.retrieval;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.retrieval.IndexHeader.Links;
import io.github.recsys4j.retrieval.IndexHeader.Lists;
import io.github.recsys4j.retrieval.IndexHeader.Numbers;
import io.github.recsys4j.retrieval.IndexHeader.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads an {@link IndexFile}, and believes nothing in it before its checksum was right. */
final class IndexReader {
    private static final long PIECE = 1L << 30;

    private final Path path;
    private final FileChannel channel;
    private final IndexHeader header;

    /** What a file holds: items, and how to search them. */
    record Opened(CodedItems items, Numbers numbers) {}

    private IndexReader(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        header = header();
    }

    static Opened read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new IndexReader(file, channel).read();
        } catch (IOException e) {
            throw new ArtifactException("Index file " + file + " cannot be read: " + e, e);
        }
    }

    private IndexHeader header() throws IOException {
        ByteBuffer room = ByteBuffer.allocate(IndexFile.HEADER_ROOM).order(ByteOrder.LITTLE_ENDIAN);
        fill(room);
        room.flip();
        byte[] magic = new byte[IndexFile.MAGIC.length];
        if (room.remaining() >= magic.length) {
            room.get(magic);
        }
        if (!Arrays.equals(magic, IndexFile.MAGIC)) {
            throw new ArtifactException(
                    "Index file " + path + " does not begin like an index of this library: build it anew");
        }
        if (room.limit() < IndexFile.HEADER_ROOM) {
            throw cutShort(room.limit(), IndexFile.HEADER_ROOM);
        }
        int version = room.getInt();
        if (version != IndexFile.VERSION) {
            throw new ArtifactException(
                    "Index file " + path + " has format version " + version + ", this library reads "
                            + IndexFile.VERSION + ": open it with the library that wrote it, or build it anew");
        }
        return parse(room);
    }

    private IndexHeader parse(ByteBuffer room) {
        int length = room.getInt();
        int expected = room.getInt();
        if (length < 0 || length > IndexFile.HEADER_ROOM - IndexFile.PREAMBLE) {
            throw altered("header");
        }
        byte[] json = new byte[length];
        room.position(IndexFile.PREAMBLE).get(json);
        CRC32C sum = new CRC32C();
        sum.update(json);
        if ((int) sum.getValue() != expected) {
            throw altered("header");
        }
        try {
            return IndexFile.JSON.readValue(json, IndexHeader.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ArtifactException(
                    "Index file " + path + " has a header that is not understood: " + e.getMessage()
                            + ": build it anew",
                    e);
        } catch (IOException e) {
            throw new AssertionError("an array can be read", e);
        }
    }

    private ArtifactException cutShort(long found, long expected) {
        return new ArtifactException("Index file " + path + " has " + found + " bytes, expected " + expected
                + "; it was cut short: copy it again, or build it anew");
    }

    private ArtifactException altered(String section) {
        return new ArtifactException(
                "Index file " + path + ": its " + section
                        + " is not what was written (checksum); it was altered or the disk is failing: copy it again, or build it anew");
    }

    private Opened read() throws IOException {
        if (channel.size() != header.bytes()) {
            throw cutShort(channel.size(), header.bytes());
        }
        Numbers numbers = header.numbers();
        int size = numbers.items();
        int words = CodeKernel.words(numbers.dim());
        VectorRows vectors = vectors(section("vectors", 4L * size * numbers.dim()), size, numbers.dim());
        long[] codeWords = longs("codes", Codes.FIRST, size * words);
        Optional<Lift> lift = numbers.longest() > 0
                ? Optional.of(new Lift(floats("lift", size), numbers.longest()))
                : Optional.empty();
        Codes codes = new Codes(codeWords, words, numbers.step(), lift);
        long[] removed = longs("removed", 0, count("removed", Long.BYTES));
        CodedItems items = new CodedItems(
                numbers.similarity(),
                vectors,
                codes,
                Optional.empty(),
                Optional.empty(),
                removed,
                numbers.numRemoved());
        return new Opened(searched(items, numbers), numbers);
    }

    private CodedItems searched(CodedItems items, Numbers numbers) throws IOException {
        if (!numbers.graph().isEmpty()) {
            return items.with(graph(numbers, items.size()));
        }
        return numbers.lists().isEmpty()
                ? items
                : items.with(lists(items, numbers.lists().get(0)));
    }

    private ListView lists(CodedItems items, Lists lists) throws IOException {
        float[] centres = floats("centres", Math.multiplyExact(lists.count(), SphericalKMeans.width(items)));
        int[] listOf = ints("listOf", 0, items.size());
        if (Arrays.stream(listOf).anyMatch(list -> list < -1 || list >= lists.count())) {
            throw altered("listOf");
        }
        return ListView.of(centres, lists.trained(), listOf, items);
    }

    private GraphView graph(Numbers numbers, int size) throws IOException {
        Links links = numbers.graph().get(0);
        int m = links.options().links();
        int[] base = ints("base", GraphView.FIRST, size * 2 * m);
        int[] upper = ints("upper", 0, count("upper", Integer.BYTES));
        return new GraphView(size, links.entry(), links.top(), m, base, upper, ints("upperAt", 0, size));
    }

    private Section section(String name, long length) {
        Section section = header.sections().get(name);
        if (section == null || section.length() != length || section.at() + length > header.bytes()) {
            throw altered(name);
        }
        return section;
    }

    private int count(String name, int width) {
        Section section = header.sections().get(name);
        if (section == null || section.length() > (long) width * Integer.MAX_VALUE) {
            throw altered(name);
        }
        return (int) (section.length() / width);
    }

    private float[] floats(String name, int count) throws IOException {
        float[] values = new float[count];
        ByteBuffer bytes = checked(name, 4L * count);
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private int[] ints(String name, int first, int count) throws IOException {
        int[] values = new int[Math.addExact(first, count)];
        Section section = section(name, 4L * count);
        Pieces pieces = new Pieces(section, PIECE);
        for (int from = 0; from < count; from += (int) (PIECE / 4)) {
            int fit = (int) Math.min(count - from, PIECE / 4);
            pieces.next().asIntBuffer().get(values, first + from, fit);
        }
        pieces.verify(name);
        return values;
    }

    private long[] longs(String name, int first, int count) throws IOException {
        long[] values = new long[Math.addExact(first, count)];
        Pieces pieces = new Pieces(section(name, 8L * count), PIECE);
        for (int from = 0; from < count; from += (int) (PIECE / 8)) {
            int fit = (int) Math.min(count - from, PIECE / 8);
            pieces.next().asLongBuffer().get(values, first + from, fit);
        }
        pieces.verify(name);
        return values;
    }

    private ByteBuffer checked(String name, long length) throws IOException {
        Pieces pieces = new Pieces(section(name, length), length);
        ByteBuffer bytes = pieces.next();
        pieces.verify(name);
        return bytes;
    }

    /** A section, mapped piece by piece and summed up on the way. */
    private final class Pieces {
        private final Section section;
        private final long size;
        private final CRC32C sum = new CRC32C();
        private long done;

        Pieces(Section section, long size) {
            this.section = section;
            this.size = size;
        }

        ByteBuffer next() throws IOException {
            long length = Math.min(size, section.length() - done);
            ByteBuffer piece =
                    channel.map(MapMode.READ_ONLY, section.at() + done, length).order(ByteOrder.LITTLE_ENDIAN);
            sum.update(piece.duplicate());
            done += length;
            return piece;
        }

        void verify(String name) {
            if (sum.getValue() != section.crc32c()) {
                throw altered(name);
            }
        }
    }

    private VectorRows vectors(Section section, int size, int dim) throws IOException {
        long segment = 4L * VectorRows.SEGMENT * dim;
        Pieces pieces = new Pieces(section, Math.max(1, PIECE / segment) * segment);
        List<FloatBuffer> segments = new ArrayList<>();
        for (long left = section.length(); left > 0; ) {
            ByteBuffer piece = pieces.next();
            for (int at = 0; at < piece.limit(); at += (int) segment) {
                int length = (int) Math.min(segment, piece.limit() - at);
                segments.add(
                        piece.slice(at, length).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
            }
            left -= piece.limit();
        }
        pieces.verify("vectors");
        return new VectorRows(dim, size, segments);
    }

    private void fill(ByteBuffer room) throws IOException {
        int read = 0;
        while (room.hasRemaining() && read >= 0) {
            read = channel.read(room, room.position());
        }
    }
}
