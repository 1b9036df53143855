package io.github.recsys4j.model.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside the heap that the engine reads in place, handed out from slabs that are used again for each pass:
 * without that, masks of some hundred megabytes a second would wait for the garbage collector.
 */
final class DirectMemory {
    private static final int SLAB = 1 << 24;
    private static final int ALIGNMENT = 64;

    private final List<ByteBuffer> slabs = new ArrayList<>();
    private int slab;

    /** Hands out memory that stays valid until {@link #reset}. */
    ByteBuffer take(int bytes) {
        while (slab < slabs.size()) {
            ByteBuffer current = slabs.get(slab);
            if (current.remaining() >= bytes) {
                return cut(current, bytes);
            }
            slab++;
        }
        ByteBuffer added = ByteBuffer.allocateDirect(aligned(Math.max(bytes, SLAB)) + ALIGNMENT)
                .alignedSlice(ALIGNMENT);
        slabs.add(added);
        return cut(added, bytes);
    }

    /** Takes everything back. */
    void reset() {
        slabs.forEach(ByteBuffer::clear);
        slab = 0;
    }

    private static ByteBuffer cut(ByteBuffer from, int bytes) {
        ByteBuffer piece = from.slice(from.position(), bytes).order(ByteOrder.nativeOrder());
        from.position(Math.min(aligned(from.position() + bytes), from.limit()));
        return piece;
    }

    /** The next multiple of the alignment: an aligned slice is cut at both ends. */
    private static int aligned(int bytes) {
        return Math.addExact(bytes, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
