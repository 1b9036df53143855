package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The parsed blocks of one file, by their place in it. As blocks are handed out in order, all blocks before one that
 * stops the reading are parsed too, so the first problem of the file is known whatever the number of threads.
 *
 * <p>Thread-safety: safe for many threads.
 */
final class BlockResults {
    private final ConcurrentSkipListMap<Integer, BlockColumns> blocks = new ConcurrentSkipListMap<>();
    private volatile Optional<DatasetException> failure = Optional.empty();
    private volatile boolean quotesSeen;
    private volatile boolean stopped;

    void put(int number, BlockColumns block) {
        blocks.put(number, block);
    }

    /** Has no further block handed out. */
    void stop() {
        stopped = true;
    }

    void stopForQuotes() {
        quotesSeen = true;
        stop();
    }

    void stopFor(DatasetException problem) {
        failure = Optional.of(problem);
        stop();
    }

    boolean isStopped() {
        return stopped;
    }

    boolean quotesSeen() {
        return quotesSeen;
    }

    /** What kept the file from being read to its end. */
    Optional<DatasetException> failure() {
        return failure;
    }

    /** The blocks in the order of the file. */
    Collection<BlockColumns> blocks() {
        return blocks.values();
    }
}
