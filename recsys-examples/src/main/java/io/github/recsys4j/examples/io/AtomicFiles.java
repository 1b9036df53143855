package io.github.recsys4j.examples.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files beside their place, syncs them, then renames: whoever looks sees the old file, none, or the whole
 * new one.
 *
 * <p>Thread-safety: safe; of two writers of one file, the later wins.
 */
public final class AtomicFiles {
    private static final int BUFFER = 1 << 16;

    private AtomicFiles() {}

    /** What is to stand in a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes it.
         *
         * @param out where to; buffered, closed by the caller
         * @throws IOException if that is not possible
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a text in UTF-8, and the folders above it where they are missing.
     *
     * @param file where; replaced if it exists
     * @param text what
     * @throws UncheckedIOException if that is not possible; the message names the file and the reason
     */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes, and the folders above them where they are missing.
     *
     * @param file where; replaced if it exists
     * @param content what
     * @throws UncheckedIOException if that is not possible; the message names the file and the reason
     */
    public static void write(Path file, byte[] content) {
        write(file, out -> out.write(content));
    }

    /**
     * Writes what need not fit into memory, and the folders above it where they are missing.
     *
     * @param file where; replaced if it exists
     * @param content what
     * @throws UncheckedIOException if that is not possible; the message names the file and the reason
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            createParent(target);
            writeAndSync(beside, content);
            rename(beside, target);
        } catch (IOException e) {
            throw new UncheckedIOException(cannotWrite(file, e), e);
        } finally {
            discard(beside);
        }
    }

    private static void createParent(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    private static void writeAndSync(Path beside, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void rename(Path beside, Path target) throws IOException {
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException ignored) {
            // A file that cannot be discarded harms nobody, and another failure may be on its way.
        }
    }

    private static String cannotWrite(Path file, IOException e) {
        String reason = e instanceof FileAlreadyExistsException
                ? "a file stands where a folder is needed: " + e.getMessage()
                : e.getClass().getSimpleName() + ": " + e.getMessage();
        return "cannot write " + file + " (" + reason + "): choose a place that can be written";
    }
}
