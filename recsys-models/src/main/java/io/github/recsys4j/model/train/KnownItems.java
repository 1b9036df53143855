package io.github.recsys4j.model.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The items that a loss may compare with. Where items have contents, those that the training data never mention are
 * left out: always a negative and never a positive, they would teach the network that contents like theirs are wrong,
 * and these are the items that contents are there for. Where items are ids only, all take part, as published.
 *
 * <p>Thread-safety: immutable.
 */
final class KnownItems {
    private final int[] items;
    private final int[] places;

    private KnownItems(int[] items, int all) {
        this.items = items;
        this.places = new int[all];
        Arrays.fill(places, -1);
        for (int place = 0; place < items.length; place++) {
            places[items[place]] = place;
        }
    }

    /** Of all items those whose id is read. */
    static KnownItems of(float[] idPresence) {
        IntStream all = IntStream.range(0, idPresence.length);
        return new KnownItems(all.filter(item -> idPresence[item] > 0).toArray(), idPresence.length);
    }

    static KnownItems all(int items) {
        return new KnownItems(IntStream.range(0, items).toArray(), items);
    }

    /** How many there are. */
    int size() {
        return items.length;
    }

    private boolean areAll() {
        return items.length == places.length;
    }

    /** The values of these items only. */
    int[] select(int[] values) {
        return areAll() ? values : IntStream.of(items).map(item -> values[item]).toArray();
    }

    /** Items to places among these; the order stays. */
    int[] places(int[] given) {
        return areAll() ? given : IntStream.of(given).map(item -> places[item]).toArray();
    }

    /** The rows of these items only. */
    TorchTensor rows(TorchStep pass, TorchTensor table) {
        return areAll() ? table : (TorchTensor) table.gather(pass.indices(TrainingStep.longs(items), items.length));
    }
}
