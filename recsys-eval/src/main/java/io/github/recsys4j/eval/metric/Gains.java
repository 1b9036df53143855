package io.github.recsys4j.eval.metric;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.HashMap;
import java.util.Map;

/** How much each relevant item is worth to a user, as a rating tells. */
@FunctionalInterface
public interface Gains {

    /**
     * {@return the gain of an item that is relevant to the user, at least 0}
     *
     * @param user a user index
     * @param item the index of a held-out item
     */
    double gain(int user, int item);

    /**
     * Reads gains off the values of a data set, held-out rows included, such as star ratings.
     *
     * @param all the data set before the split; of several rows of one pair the last counts
     * @return the row's value; 0 for a pair without a row
     */
    static Gains of(Dataset all) {
        Map<Long, Float> values = new HashMap<>();
        Interactions rows = all.interactions();
        for (int user = 0; user < rows.numUsers(); user++) {
            for (int row = rows.start(user); row < rows.end(user); row++) {
                values.put(key(user, rows.item(row)), rows.value(row));
            }
        }
        return (user, item) -> values.getOrDefault(key(user, item), 0f);
    }

    /** {@return {@code 2^gain - 1}, which sets high grades further apart than low ones} */
    default Gains exponential() {
        return (user, item) -> Math.pow(2, gain(user, item)) - 1;
    }

    private static long key(int user, int item) {
        return (long) user << Integer.SIZE | item;
    }
}
