package io.github.recsys4j.model.train;

/**
 * What the rows of the items may be made of: contents, and ids where training data mention the item or nothing else is
 * known of it. Thread-safety: immutable; the arrays are not copied.
 */
final class KnownContents {
    private final ContentMatrices features;
    private final float[] ids;
    private final float[] presence;

    KnownContents(ContentMatrices features, int[] counts) {
        this.features = features;
        this.presence = features.presence();
        this.ids = new float[counts.length];
        for (int item = 0; item < counts.length; item++) {
            ids[item] = counts[item] > 0 || !features.anyOf(item) ? 1 : 0;
        }
    }

    ContentMatrices features() {
        return features;
    }

    /** 1 where an item has the content and 0 elsewhere, {@code [items, contents]}. */
    float[] presence() {
        return presence;
    }

    /** 1 where an item's id is read and 0 elsewhere, {@code [items]}. */
    float[] ids() {
        return ids;
    }

    /** Ids of which a share is hidden at random; an item without contents keeps its own. */
    float[] idsWithout(double share, Randomness random) {
        float[] left = ids.clone();
        for (int item = 0; item < left.length; item++) {
            double chance = (random.nextLong() >>> 11) * 0x1p-53;
            if (chance < share && features.anyOf(item)) {
                left[item] = 0;
            }
        }
        return left;
    }
}
