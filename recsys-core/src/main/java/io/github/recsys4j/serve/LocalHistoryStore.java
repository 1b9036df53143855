package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.HistoryException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Histories on the local disk that survive a crash: every interaction is appended to {@code history.log} with a
 * checksum before it is acknowledged, and all of them, within the bounds, are also held in memory, where they are read.
 *
 * <p>When it opens, it reads the log up to the first record that is not whole. What follows is the torn end of a write
 * that was never acknowledged; it is moved to {@code history.log.torn} and a warning says so, so that a damaged disk
 * loses nothing in silence. {@link Sync} decides what a power cut may cost.
 *
 * <p>When the log is {@value #SLACK} times as long as what is still within the bounds, and at least
 * {@value #COMPACT_FROM} bytes, it is written anew beside its place, synced and renamed; appends wait meanwhile. A crash
 * leaves the old log or the new one.
 *
 * <p>One store per folder at a time, held by a file lock. Files are written without interruptible channels, so that an
 * interrupted thread does not close the log for all others.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class LocalHistoryStore implements HistoryStore {
    private static final Logger LOG = LoggerFactory.getLogger(LocalHistoryStore.class);
    private static final int SLACK = 2;
    private static final long COMPACT_FROM = 1 << 20;

    private final Path file;
    private final Path torn;
    private final Path compacting;
    private final Sync sync;
    private final InMemoryHistoryStore memory;
    private final FolderOwner owner;
    private final Object syncing = new Object();
    private RandomAccessFile log;
    private long length;
    private long records;
    private volatile long synced;
    private boolean closed;

    private LocalHistoryStore(Path folder, HistoryBounds bounds, Sync sync, FolderOwner owner) throws IOException {
        this.file = folder.resolve("history.log");
        this.torn = folder.resolve("history.log.torn");
        this.compacting = folder.resolve("history.log.compacting");
        this.sync = sync;
        this.memory = new InMemoryHistoryStore(bounds);
        this.owner = owner;
        Files.deleteIfExists(compacting);
        length = Files.exists(file) ? read() : 0;
        log = new RandomAccessFile(file.toFile(), "rw");
        log.seek(length);
    }

    /**
     * Opens a store with {@link HistoryBounds#defaults()} and {@link Sync#EVERY_APPEND}.
     *
     * @param folder its own; made if missing
     * @return the store, to be closed by the caller
     * @throws HistoryException if it cannot be read or written, or is open elsewhere
     */
    public static LocalHistoryStore open(Path folder) {
        return open(folder, HistoryBounds.defaults(), Sync.EVERY_APPEND);
    }

    /**
     * Opens a store.
     *
     * @param folder its own; made if missing
     * @param bounds how much it keeps
     * @param sync what a power cut may cost
     * @return the store, to be closed by the caller
     * @throws HistoryException if it cannot be read or written, or is open elsewhere
     */
    public static LocalHistoryStore open(Path folder, HistoryBounds bounds, Sync sync) {
        try {
            Files.createDirectories(folder);
            FolderOwner owner = FolderOwner.take(folder);
            try {
                return new LocalHistoryStore(folder, bounds, sync, owner);
            } catch (IOException | RuntimeException e) {
                owner.close();
                throw e;
            }
        } catch (IOException e) {
            throw new HistoryException("History folder " + folder + " could not be opened: " + e, e);
        }
    }

    /** The right to a folder. */
    private record FolderOwner(FileChannel channel) {
        static FolderOwner take(Path folder) throws IOException {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return new FolderOwner(channel);
                }
            } catch (OverlappingFileLockException taken) {
                LOG.debug("folder {} is taken in this process", folder, taken);
            }
            channel.close();
            throw new HistoryException("History folder " + folder
                    + " is open in another store: close that one, or give each its own folder");
        }

        void close() throws IOException {
            channel.close();
        }
    }

    /** Fills the memory and gives the length of what is whole; the rest is put aside. */
    private long read() throws IOException {
        long whole = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Optional<Interaction> next = LogRecord.read(in);
            while (next.isPresent()) {
                memory.append(next.get());
                whole += LogRecord.bytes(next.get()).length;
                records++;
                next = LogRecord.read(in);
            }
        }
        long rest = Files.size(file) - whole;
        if (rest > 0) {
            setAside(whole, rest);
        }
        return whole;
    }

    private void setAside(long whole, long rest) throws IOException {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw");
                OutputStream aside = Files.newOutputStream(torn)) {
            damaged.seek(whole);
            byte[] chunk = new byte[1 << 16];
            for (int read = damaged.read(chunk); read > 0; read = damaged.read(chunk)) {
                aside.write(chunk, 0, read);
            }
            damaged.setLength(whole);
            damaged.getFD().sync();
        }
        LOG.warn(
                "History log {} holds {} whole records; {} bytes behind them are not whole and were moved to {}",
                file,
                records,
                rest,
                torn);
    }

    @Override
    public List<Interaction> find(String userId) {
        return memory.find(userId);
    }

    @Override
    public void append(Interaction interaction) {
        byte[] bytes = LogRecord.bytes(interaction);
        long mine;
        boolean slack;
        synchronized (this) {
            checkState(!closed, "history store %s is closed: open it again", file);
            write(bytes);
            memory.append(interaction);
            records++;
            mine = length;
            slack = length >= COMPACT_FROM && records > SLACK * memory.size();
        }
        if (sync == Sync.EVERY_APPEND) {
            syncUpTo(mine);
        }
        if (slack) {
            compact(true);
        }
    }

    private void write(byte[] bytes) {
        try {
            log.write(bytes);
            length += bytes.length;
        } catch (IOException e) {
            cutBack();
            throw new HistoryException(
                    "History log " + file + " could not be written: " + e + ". The interaction was not kept", e);
        }
    }

    /** Takes away what a failed write may have left, so that the next one begins at a whole record. */
    private void cutBack() {
        try {
            log.setLength(length);
            log.seek(length);
        } catch (IOException e) {
            LOG.warn("History log {} could not be cut back to {} bytes", file, length, e);
        }
    }

    /** Waits until those bytes are on the disk; whoever syncs first syncs for all who have written by then. */
    private void syncUpTo(long end) {
        synchronized (syncing) {
            if (synced >= end) {
                return;
            }
            try {
                long written;
                RandomAccessFile current;
                synchronized (this) {
                    written = length;
                    current = log;
                }
                current.getFD().sync();
                synced = written;
            } catch (IOException e) {
                throw new HistoryException(
                        "History log " + file + " could not be synced: " + e + ". The interaction may be lost in a"
                                + " power cut",
                        e);
            }
        }
    }

    /** Writes the log anew with what is still kept. */
    public void compact() {
        compact(false);
    }

    /** Locks are taken in this order everywhere: the syncing first. */
    private void compact(boolean ifSlack) {
        synchronized (syncing) {
            synchronized (this) {
                if (!closed && (!ifSlack || records > SLACK * memory.size())) {
                    tryRewrite();
                }
            }
        }
    }

    private void tryRewrite() {
        try {
            rewrite();
        } catch (IOException | UncheckedIOException e) {
            records = memory.size();
            LOG.warn("History log {} could not be compacted; it goes on as it is", file, e);
        }
    }

    private void rewrite() throws IOException {
        try (FileOutputStream out = new FileOutputStream(compacting.toFile());
                BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16)) {
            memory.forEach(interaction -> put(buffered, interaction));
            buffered.flush();
            out.getFD().sync();
        }
        RandomAccessFile before = log;
        Files.move(compacting, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        log = new RandomAccessFile(file.toFile(), "rw");
        length = log.length();
        log.seek(length);
        records = memory.size();
        synced = length;
        before.close();
        syncFolder();
    }

    private static void put(OutputStream out, Interaction interaction) {
        try {
            out.write(LogRecord.bytes(interaction));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void syncFolder() {
        @Nullable Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("Folder {} cannot be synced", folder, e);
        }
    }

    /** {@return how many bytes the log has} */
    public synchronized long logBytes() {
        return length;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public void close() {
        synchronized (syncing) {
            synchronized (this) {
                if (!closed) {
                    closed = true;
                    release();
                }
            }
        }
    }

    private void release() {
        try (RandomAccessFile last = log) {
            last.getFD().sync();
            owner.close();
        } catch (IOException e) {
            throw new HistoryException("History log " + file + " could not be closed: " + e, e);
        }
    }
}
