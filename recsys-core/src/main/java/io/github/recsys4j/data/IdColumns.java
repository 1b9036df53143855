package io.github.recsys4j.data;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The two columns of ids, in which codes are replaced by indices: first the items, of which some may be unknown and
 * take their rows with them, then the users of the rows that are left.
 */
final class IdColumns {
    private final InteractionReader reader;
    private final List<BlockColumns> blocks;
    private final Parallel parallel;

    IdColumns(InteractionReader reader, Parallel parallel) {
        this.reader = reader;
        this.parallel = parallel;
        blocks = reader.blocks();
    }

    /** The items of all rows. */
    UsedIds usedItems() {
        return UsedIds.of(reader.items(), blocks, parallel, (block, used) -> {
            for (int code : block.items) {
                used.add(block.worker, code);
            }
        });
    }

    /** Puts indices in the place of item codes, and {@link Vocabulary#UNKNOWN} in that of items without. */
    void replaceItems(IdIndex index) {
        parallel.forEach(blocks.size(), (thread, part) -> {
            BlockColumns block = blocks.get(part);
            for (int row = 0; row < block.rows(); row++) {
                block.items[row] = index.index(block.worker, block.items[row]);
            }
        });
    }

    /** How many rows have no item any more. */
    long rowsWithoutItem() {
        AtomicLong count = new AtomicLong();
        parallel.forEach(blocks.size(), (thread, part) -> {
            for (int item : blocks.get(part).items) {
                if (item < 0) {
                    count.incrementAndGet();
                }
            }
        });
        return count.get();
    }

    /** The users of the rows whose item has an index. */
    UsedIds usedUsers() {
        return UsedIds.of(reader.users(), blocks, parallel, (block, used) -> {
            for (int row = 0; row < block.rows(); row++) {
                if (block.items[row] >= 0) {
                    used.add(block.worker, block.users[row]);
                }
            }
        });
    }

    /** Puts indices in the place of user codes. */
    void replaceUsers(IdIndex index) {
        parallel.forEach(blocks.size(), (thread, part) -> {
            BlockColumns block = blocks.get(part);
            for (int row = 0; row < block.rows(); row++) {
                if (block.items[row] >= 0) {
                    block.users[row] = index.index(block.worker, block.users[row]);
                }
            }
        });
    }
}
