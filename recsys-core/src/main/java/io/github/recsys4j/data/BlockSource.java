package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands out a file in blocks of whole lines, each to the thread that asks next. Reading is a copy from the page
 * cache (or an inflation) under the lock; parsing, the long part, happens outside.
 *
 * <p>Thread-safety: safe for many threads.
 */
final class BlockSource implements AutoCloseable {
    static final int BLOCK_BYTES = 1 << 20;

    /** Bytes at the end of a block that are not text, so that whole words can be read near its end. */
    private static final int SPARE = 1 + 2 * Long.BYTES;

    private final DataFile file;
    private final InputStream text;
    private final int maxLineBytes;
    private byte[] rest = new byte[0];
    private int blocks;
    private boolean ended;
    private final AtomicLong bytesRead = new AtomicLong();

    BlockSource(DataFile file, ReadLimits limits) {
        this.file = file;
        this.maxLineBytes = limits.maxLineBytes();
        text = file.open();
    }

    /** A block to be filled: of the usual size, or less where the whole file is less. */
    Block newBlock() {
        return new Block((int) Math.min(BLOCK_BYTES, file.plainBytes().orElse(BLOCK_BYTES) + 2 * SPARE));
    }

    /**
     * Fills a block with the next whole lines; the last line gets a line feed if it has none.
     *
     * @return false at the end of the file
     * @throws DatasetException if the file cannot be read, or a line is too long
     */
    synchronized boolean next(Block block) {
        try {
            return !ended && fill(block);
        } catch (IOException e) {
            ended = true;
            throw file.failure(e);
        }
    }

    private boolean fill(Block block) throws IOException {
        block.length = 0;
        block.number = blocks++;
        append(block, rest);
        rest = new byte[0];
        while (!ended) {
            readOn(block);
            int cut = lineEnd(block);
            if (ended || cut > 0) {
                finish(block, cut);
                break;
            }
            checkLine(block.length, block);
            block.bytes = Arrays.copyOf(block.bytes, 2 * block.bytes.length);
        }
        return block.length > 0;
    }

    private static void append(Block block, byte[] bytes) {
        if (bytes.length + SPARE > block.bytes.length) {
            block.bytes = new byte[2 * bytes.length + SPARE];
        }
        System.arraycopy(bytes, 0, block.bytes, 0, bytes.length);
        block.length = bytes.length;
    }

    /** Reads until only the room for a line feed and some spare bytes is left. */
    private void readOn(Block block) throws IOException {
        int room = block.bytes.length - SPARE;
        while (!ended && block.length < room) {
            int read = text.read(block.bytes, block.length, room - block.length);
            ended = read < 0;
            block.length += Math.max(read, 0);
            bytesRead.addAndGet(Math.max(read, 0));
        }
    }

    private static int lineEnd(Block block) {
        int at = block.length;
        while (at > 0 && block.bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private void finish(Block block, int cut) {
        if (!ended) {
            rest = Arrays.copyOfRange(block.bytes, cut, block.length);
            block.length = cut;
        } else if (cut < block.length) {
            checkLine(block.length - cut, block);
            block.bytes[block.length++] = '\n';
        }
    }

    private void checkLine(int bytes, Block block) {
        if (bytes > maxLineBytes) {
            ended = true;
            throw tooLong(file + ": a line after byte " + (bytesRead.get() - block.length), maxLineBytes);
        }
    }

    static DatasetException tooLong(String line, int maxLineBytes) {
        return new DatasetException(line + " is longer than " + maxLineBytes
                + " bytes. Is it really text? If so, raise ReadLimits.maxLineBytes(n).");
    }

    /** How many bytes of text were handed out so far. */
    long bytesRead() {
        return bytesRead.get();
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            throw file.failure(e);
        }
    }
}
