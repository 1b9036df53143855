package io.github.recsys4j.feature;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors of one encoder on the disk: {@link Segment}s in a folder, and in memory where each key's vector lies.
 * Several processes may add to the folder; what others added is taken in before anything is computed or written.
 *
 * <p>Thread-safety: safe for many threads. Lookups run side by side.
 */
final class VectorFolder {
    private static final Logger LOG = LoggerFactory.getLogger(VectorFolder.class);
    private static final String INDEX = ".index";

    private final Path folder;
    private final EncoderInfo info;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private VectorEntries entries = new VectorEntries();
    private final List<Taken> segments = new ArrayList<>();
    private long damaged;

    /** A segment, and how many of its records were taken in. */
    private static final class Taken {
        private final Segment segment;
        private int rows;

        Taken(Segment segment) {
            this.segment = segment;
        }
    }

    /** An entry whose bytes are not those that were written. */
    private record Damage(int at, int segment, int row) {}

    private VectorFolder(Path folder, EncoderInfo info) {
        this.folder = folder;
        this.info = info;
    }

    static VectorFolder open(Path directory, EncoderInfo info) {
        Path folder = CacheManifest.folder(directory, info);
        VectorFolder opened = new VectorFolder(folder, info);
        try {
            Files.createDirectories(folder);
            FolderLock.alone(folder, () -> {
                CacheManifest.claim(folder, info);
                opened.takeIn(true);
            });
        } catch (IOException e) {
            throw new ArtifactException(
                    "Feature cache " + folder + " cannot be opened: " + e + ". The folder must be readable and"
                            + " writable: change its permissions, or choose another with directory(path).",
                    e);
        }
        return opened;
    }

    Path path() {
        return folder;
    }

    int size() {
        lock.readLock().lock();
        try {
            return entries.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** How many entries were found to be damaged since the folder was opened. */
    long damaged() {
        lock.readLock().lock();
        try {
            return damaged;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Copies the vectors that are here into rows of the target, and marks them as found. */
    int read(KeyBatch batch, float[] target) {
        List<Damage> damages = new ArrayList<>();
        int before = batch.numMissing();
        lock.readLock().lock();
        try {
            FloatBuffer rows = FloatBuffer.wrap(target);
            for (int at = batch.nextMissing(0); at >= 0; at = batch.nextMissing(at + 1)) {
                int entry = entries.find(batch.words(), batch.place(at));
                if (entry >= 0) {
                    readEntry(entry, at, batch, rows, damages);
                }
            }
        } catch (IOException e) {
            throw new ArtifactException(
                    "Feature cache " + folder + " cannot be read: " + e + ". Check the disk, or delete the folder;"
                            + " it is filled again.",
                    e);
        } finally {
            lock.readLock().unlock();
        }
        forget(batch, damages);
        return before - batch.numMissing();
    }

    private void readEntry(int entry, int at, KeyBatch batch, FloatBuffer rows, List<Damage> damages)
            throws IOException {
        int segment = entries.segment(entry);
        int row = entries.row(entry);
        Taken taken = segments.get(segment);
        rows.position(at * info.dim());
        if (taken.segment.read(row, taken.rows, entries.sum(entry), rows)) {
            batch.found(at);
        } else {
            damages.add(new Damage(at, segment, row));
        }
    }

    private void forget(KeyBatch batch, List<Damage> damages) {
        if (damages.isEmpty()) {
            return;
        }
        lock.writeLock().lock();
        try {
            for (Damage damage : damages) {
                if (entries.removeIfAt(batch.words(), batch.place(damage.at), damage.segment, damage.row)) {
                    damaged++;
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Takes in what other processes added since the last look, without waiting for a writer. */
    void refresh() {
        try {
            takeIn(false);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is being cleared", folder, e);
        } catch (IOException e) {
            throw new ArtifactException(
                    "Feature cache " + folder + " cannot be read: " + e + ". Make the folder readable, or choose"
                            + " another with directory(path).",
                    e);
        }
    }

    /**
     * Adds vectors; keys that another process added meanwhile are left out.
     *
     * @param places the keys' places in the batch, distinct keys
     * @param vectors a row for each of the places
     */
    void append(KeyBatch batch, int[] places, float[] vectors) {
        try {
            Files.createDirectories(folder);
            FolderLock.alone(folder, () -> {
                CacheManifest.claim(folder, info);
                takeIn(true);
                int from = 0;
                while (from < places.length) {
                    from = appendToLast(batch, places, vectors, from);
                }
            });
        } catch (IOException e) {
            throw new ArtifactException(
                    String.format(
                            Locale.ROOT,
                            "Feature cache %s cannot store %d new vectors of %d bytes: %s. %s. What was stored before is"
                                    + " intact. Free space there, or choose another folder with directory(path), and"
                                    + " run again: only what is not stored is computed anew.",
                            folder,
                            places.length,
                            info.dim() * Float.BYTES,
                            e,
                            freeSpace()),
                    e);
        }
    }

    private String freeSpace() {
        try {
            return "Its disk has " + (Files.getFileStore(folder).getUsableSpace() >> 20) + " MiB free";
        } catch (IOException e) {
            return "The free space of its disk is not known";
        }
    }

    /** Fills the last segment, or a new one; gives the first place that is still to be stored. */
    private int appendToLast(KeyBatch batch, int[] places, float[] vectors, int from) throws IOException {
        Taken last = lastWithRoom();
        int room = last.segment.capacity() - last.rows;
        int rowBytes = info.dim() * Float.BYTES;
        int most = Math.min(room, places.length - from);
        ByteBuffer bytes = ByteBuffer.allocate(most * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer records = ByteBuffer.allocate(most * Segment.RECORD);
        int next = from;
        for (; next < places.length && bytes.hasRemaining(); next++) {
            if (entries.find(batch.words(), batch.place(places[next])) < 0) {
                int start = bytes.position();
                bytes.asFloatBuffer().put(vectors, next * info.dim(), info.dim());
                bytes.position(start + rowBytes);
                addRecord(batch, places[next], sum(bytes, start, rowBytes), records);
            }
        }
        if (bytes.position() > 0) {
            last.segment.append(last.rows, bytes.flip(), records.flip());
            takeIn(true);
        }
        return next;
    }

    private static void addRecord(KeyBatch batch, int place, int vectorSum, ByteBuffer records) {
        int start = records.position();
        batch.writeTo(place, records);
        records.order(ByteOrder.LITTLE_ENDIAN).putInt(vectorSum);
        records.putInt(sum(records, start, Segment.RECORD - Integer.BYTES)).order(ByteOrder.BIG_ENDIAN);
    }

    private static int sum(ByteBuffer bytes, int from, int count) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(from, count));
        return (int) sum.getValue();
    }

    private Taken lastWithRoom() throws IOException {
        if (!segments.isEmpty()) {
            Taken last = segments.get(segments.size() - 1);
            if (last.rows < last.segment.capacity()) {
                return last;
            }
        }
        String name = String.format(
                Locale.ROOT,
                "%06d-%s",
                segments.size(),
                UUID.randomUUID().toString().substring(0, 8));
        new Segment(folder, name, info.dim()).create();
        takeIn(true);
        return segments.get(segments.size() - 1);
    }

    /** Takes in segments and records that are new; starts over if somebody cleared the folder. */
    private void takeIn(boolean alone) throws IOException {
        List<String> names = segmentNames(folder);
        lock.writeLock().lock();
        try {
            if (wasCleared(names)) {
                forgetAll();
            }
            for (String name : names.subList(segments.size(), names.size())) {
                segments.add(new Taken(new Segment(folder, name, info.dim())));
            }
            for (int segment = 0; segment < segments.size(); segment++) {
                takeRecords(segment, alone);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private boolean wasCleared(List<String> names) throws IOException {
        for (int segment = 0; segment < segments.size(); segment++) {
            Taken taken = segments.get(segment);
            if (segment >= names.size()
                    || !names.get(segment).equals(taken.segment.name())
                    || taken.segment.rowsOnDisk() < taken.rows) {
                return true;
            }
        }
        return false;
    }

    private void forgetAll() {
        entries = new VectorEntries();
        segments.clear();
    }

    private void takeRecords(int segment, boolean alone) throws IOException {
        Taken taken = segments.get(segment);
        int rows = taken.segment.rowsOnDisk();
        if (rows > taken.rows) {
            int from = taken.rows;
            int[] whole = {0};
            taken.rows = taken.segment.readRecords(from, alone, (row, key, sum) -> {
                entries.add(key, segment, row, sum);
                whole[0]++;
            });
            damaged += taken.rows - from - whole[0];
        }
    }

    /** The segments' names in the order in which they were made. */
    private static List<String> segmentNames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(INDEX))
                    .map(name -> name.substring(0, name.length() - INDEX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** Counts what lies in a folder. */
    static CacheFolder describe(Path folder, EncoderInfo encoder) throws IOException {
        long vectors = 0;
        for (String name : segmentNames(folder)) {
            vectors += new Segment(folder, name, encoder.dim()).rowsOnDisk();
        }
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return new CacheFolder(folder, encoder, vectors, bytes);
    }

    /** Deletes all vectors, also those of other processes. */
    void clear() {
        clear(folder, info.dim());
        lock.writeLock().lock();
        try {
            forgetAll();
        } finally {
            lock.writeLock().unlock();
        }
    }

    static void clear(Path folder, int dim) {
        try {
            FolderLock.alone(folder, () -> {
                for (String name : segmentNames(folder)) {
                    new Segment(folder, name, dim).delete();
                }
            });
        } catch (IOException e) {
            throw new ArtifactException(
                    "Feature cache " + folder + " cannot be cleared: " + e
                            + ". Close the processes that use it, make it writable, and try again.",
                    e);
        }
    }
}
