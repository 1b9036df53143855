package io.github.recsys4j.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pulls two contents of the same item together and those of other items apart (Radford et al. 2021, CLIP): symmetric
 * InfoNCE between vectors of length 1 with a learned temperature.
 */
final class Alignment {
    private static final int MOST_ITEMS = 512;
    private static final InBatch DIRECTIONS =
            InBatch.symmetric(1).withLogQ(LogQ.NONE).withAccidentalHits(AccidentalHits.SAME_ITEM);

    private Alignment() {}

    /**
     * The mean loss over all pairs of contents, each over some items that have both; empty where no two do.
     *
     * @param parts the projected contents of all items
     * @param presence 1 where an item has the content, {@code [items, parts]} row-major
     * @param random chooses the items
     */
    static Optional<TorchTensor> loss(
            List<TorchTensor> parts, float[] presence, TorchTensor logScale, Randomness random) {
        TorchStep step = logScale.step();
        int columns = parts.size();
        List<TorchTensor> losses = new ArrayList<>();
        for (int left = 0; left < columns; left++) {
            for (int right = left + 1; right < columns; right++) {
                int[] items = both(presence, columns, left, right);
                random.shuffle(items);
                int count = Math.min(items.length, MOST_ITEMS);
                if (count > 1) {
                    long[] chosen = TrainingStep.longs(Arrays.copyOf(items, count));
                    TorchTensor rows = step.indices(chosen, count);
                    losses.add(loss(
                            (TorchTensor) parts.get(left).gather(rows),
                            (TorchTensor) parts.get(right).gather(rows),
                            logScale));
                }
            }
        }
        return losses.stream()
                .reduce((one, other) -> (TorchTensor) one.add(other))
                .map(sum -> (TorchTensor) sum.mul(1.0 / losses.size()));
    }

    private static int[] both(float[] presence, int columns, int left, int right) {
        return IntStream.range(0, presence.length / columns)
                .filter(item -> presence[item * columns + left] > 0 && presence[item * columns + right] > 0)
                .toArray();
    }

    /**
     * The loss of as many items as there are rows.
     *
     * @param left {@code [items, dim]}
     * @param right {@code [items, dim]}, row by row the same items
     * @param logScale one element: the logarithm of what cosines are multiplied by, so that it stays positive
     * @return one element
     */
    static TorchTensor loss(TorchTensor left, TorchTensor right, TorchTensor logScale) {
        TorchTensor scores = Contrast.scores(left, right, true, logScale);
        int items = Math.toIntExact(left.shape().get(0));
        int[] distinct = IntStream.range(0, items).toArray();
        TorchTensor rows = Contrast.rowLosses(scores, Contrast.Columns.of(distinct), DIRECTIONS);
        return (TorchTensor) rows.reshape(-1).mean(0);
    }
}
