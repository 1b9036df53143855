package io.github.recsys4j.model;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The histories that a model carries: row {@code u} of {@code items} begins at {@code offsets[u]} and ends before
 * {@code offsets[u + 1]}. The buffers may be files that are mapped, of which only what is asked for is read.
 *
 * @param users the users, by row
 * @param catalogue the items, by index
 * @param offsets shape {@code [users + 1]}
 * @param items item indices, oldest first within a user
 */
record StoredHistories(Vocabulary users, Vocabulary catalogue, LongBuffer offsets, LongBuffer items)
        implements UserHistories {

    static StoredHistories of(Dataset dataset) {
        Interactions interactions = dataset.interactions();
        long[] offsets = new long[interactions.numUsers() + 1];
        long[] items = new long[interactions.size()];
        for (int user = 0; user < interactions.numUsers(); user++) {
            offsets[user + 1] = interactions.end(user);
        }
        for (int row = 0; row < items.length; row++) {
            items[row] = interactions.item(row);
        }
        return new StoredHistories(dataset.users(), dataset.items(), LongBuffer.wrap(offsets), LongBuffer.wrap(items));
    }

    @Override
    public Optional<List<String>> find(String userId) {
        return indices(userId).map(catalogue::idsOf);
    }

    /** As {@link #find}, in item indices. */
    Optional<int[]> indices(String userId) {
        int user = users.indexOf(userId);
        return user == Vocabulary.UNKNOWN ? Optional.empty() : Optional.of(row(user));
    }

    private int[] row(int user) {
        int start = (int) offsets.get(user);
        int[] history = new int[(int) offsets.get(user + 1) - start];
        for (int i = 0; i < history.length; i++) {
            history[i] = (int) items.get(start + i);
        }
        return history;
    }
}
