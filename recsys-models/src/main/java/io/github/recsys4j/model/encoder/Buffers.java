package io.github.recsys4j.model.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Native memory that batches are written to, used again by later ones. Thread-safe. */
final class Buffers {
    private final ConcurrentLinkedQueue<FloatBuffer> free = new ConcurrentLinkedQueue<>();

    /** A buffer of at least that many floats, limited to them. */
    FloatBuffer take(int floats) {
        FloatBuffer buffer = free.poll();
        if (buffer == null || buffer.capacity() < floats) {
            buffer = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return buffer.clear().limit(floats);
    }

    void give(FloatBuffer buffer) {
        free.add(buffer);
    }
}
