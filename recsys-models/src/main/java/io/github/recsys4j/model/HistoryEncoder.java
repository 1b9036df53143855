package io.github.recsys4j.model;

import io.github.recsys4j.model.export.OnnxExporter;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Turns histories into user vectors: gathers the items' input vectors into a direct buffer, which ONNX Runtime reads
 * in place, and runs the user tower.
 *
 * <p>One history runs at its exact length. Many are sorted by length and run in blocks, the shorter ones of a block
 * padded on the left; blocks run side by side on the fork-join pool of the calling thread. Which block a history is
 * in depends on the other histories only, so the result does not depend on the number of threads; sums differ from a
 * single run's in the last bits.
 *
 * <p>Thread-safety: safe for many threads; a buffer belongs to one run at a time and is used again.
 */
final class HistoryEncoder implements AutoCloseable {
    private static final int BLOCK_POSITIONS = 1 << 12;

    private final OrtModel tower;
    private final FloatBuffer itemInputs;
    private final int dim;
    private final int maxLength;
    private final int contextWidth;
    private final Queue<Scratch> singles;
    private final Queue<Scratch> blocks;

    HistoryEncoder(OrtModel tower, FloatBuffer itemInputs, Manifest manifest) {
        this.tower = tower;
        this.itemInputs = itemInputs;
        this.dim = manifest.shape().dim();
        this.maxLength = manifest.shape().maxLength();
        this.contextWidth = manifest.contextWidth();
        this.singles = new ConcurrentLinkedQueue<>();
        this.blocks = new ConcurrentLinkedQueue<>();
    }

    private HistoryEncoder(HistoryEncoder of, FloatBuffer itemInputs) {
        this.tower = of.tower;
        this.itemInputs = itemInputs;
        this.dim = of.dim;
        this.maxLength = of.maxLength;
        this.contextWidth = of.contextWidth;
        this.singles = of.singles;
        this.blocks = of.blocks;
    }

    /** The same tower over other rows; closing either closes both. */
    HistoryEncoder over(FloatBuffer rows) {
        return new HistoryEncoder(this, rows);
    }

    /** Direct memory for the inputs of one run; unused places keep finite numbers, which the mask takes out. */
    private record Scratch(FloatBuffer inputs, FloatBuffer mask) {
        static Scratch of(int positions, int dim) {
            return new Scratch(direct(positions * dim), direct(positions));
        }

        private static FloatBuffer direct(int floats) {
            return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }

    /** Some histories of one run, by row, and the length they are padded to. */
    private record Block(List<Integer> rows, int length) {}

    /** A history of item indices, oldest first, and what else is known of the user, of the model's width. */
    static final class Past {
        private final int[] items;
        private final float[] context;

        Past(int[] items, float[] context) {
            this.items = items;
            this.context = context;
        }

        int[] items() {
            return items;
        }

        float[] context() {
            return context;
        }
    }

    /** A history of at least one item to a vector {@code [dim]}. */
    float[] encode(Past past) {
        int[] history = past.items();
        int length = Math.min(history.length, maxLength);
        Scratch pooled = singles.poll();
        Scratch scratch = pooled == null ? Scratch.of(maxLength, dim) : pooled;
        try {
            put(history, scratch, 0, length);
            return run(scratch, length, List.of(past.context())).floats();
        } finally {
            singles.add(scratch);
        }
    }

    /** As many vectors {@code [histories, dim]}; a row of zeros for an empty history. */
    float[] encode(List<Past> histories) {
        float[] vectors = new float[Math.multiplyExact(histories.size(), dim)];
        List<Block> plan = plan(histories);
        plan.stream().parallel().forEach(block -> encode(histories, block, vectors));
        return vectors;
    }

    private List<Block> plan(List<Past> histories) {
        List<Integer> rows = IntStream.range(0, histories.size())
                .filter(row -> histories.get(row).items().length > 0)
                .boxed()
                .sorted(Comparator.comparingInt(row -> -histories.get(row).items().length))
                .toList();
        List<Block> plan = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int length = Math.min(maxLength, histories.get(rows.get(from)).items().length);
            int to = Math.min(rows.size(), from + Math.max(1, BLOCK_POSITIONS / length));
            plan.add(new Block(rows.subList(from, to), length));
            from = to;
        }
        return plan;
    }

    private void encode(List<Past> histories, Block block, float[] vectors) {
        Scratch pooled = blocks.poll();
        Scratch scratch = pooled == null ? Scratch.of(Math.max(BLOCK_POSITIONS, maxLength), dim) : pooled;
        List<Integer> rows = block.rows();
        try {
            for (int row = 0; row < rows.size(); row++) {
                put(histories.get(rows.get(row)).items(), scratch, row, block.length());
            }
            List<float[]> contexts =
                    rows.stream().map(row -> histories.get(row).context()).toList();
            float[] found = run(scratch, block.length(), contexts).floats();
            for (int row = 0; row < rows.size(); row++) {
                System.arraycopy(found, row * dim, vectors, rows.get(row) * dim, dim);
            }
        } finally {
            blocks.add(scratch);
        }
    }

    /** The most recent items to the right end of a row of that length. */
    private void put(int[] history, Scratch scratch, int row, int length) {
        int count = Math.min(history.length, length);
        int begin = row * length;
        int first = begin + length - count;
        for (int place = begin; place < begin + length; place++) {
            scratch.mask.put(place, place < first ? 0 : 1);
        }
        for (int i = 0; i < count; i++) {
            int item = history[history.length - count + i];
            scratch.inputs.put((first + i) * dim, itemInputs, item * dim, dim);
        }
    }

    private OrtTensor run(Scratch scratch, int length, List<float[]> contexts) {
        int batch = contexts.size();
        Map<String, OrtTensor> inputs = new LinkedHashMap<>();
        inputs.put(
                OnnxExporter.INPUTS,
                OrtTensor.floats(scratch.inputs.slice(0, batch * length * dim), batch, length, dim));
        inputs.put(OnnxExporter.MASK, OrtTensor.floats(scratch.mask.slice(0, batch * length), batch, length));
        if (contextWidth > 0) {
            inputs.put(OnnxExporter.CONTEXT, OrtTensor.floats(joined(contexts), batch, contextWidth));
        }
        return tower.run(inputs, OnnxExporter.USER_VECTOR);
    }

    private float[] joined(List<float[]> contexts) {
        float[] all = new float[contexts.size() * contextWidth];
        for (int row = 0; row < contexts.size(); row++) {
            System.arraycopy(contexts.get(row), 0, all, row * contextWidth, contextWidth);
        }
        return all;
    }

    @Override
    public void close() {
        tower.close();
    }
}
