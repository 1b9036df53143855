package io.github.recsys4j.serve;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Histories in the heap, bounded per user and over users; gone with the process.
 *
 * <p>The users are in the order of their last append, so that the same appends in the same order always leave the same
 * histories, whatever was looked up in between.
 *
 * <p>Thread-safety: safe for many threads; one lock, held for microseconds.
 */
public final class InMemoryHistoryStore implements HistoryStore {
    private final HistoryBounds bounds;
    private final Map<String, List<Interaction>> histories = new LinkedHashMap<>();
    private long size;

    /** Makes an empty store with {@link HistoryBounds#defaults()}. */
    public InMemoryHistoryStore() {
        this(HistoryBounds.defaults());
    }

    /**
     * Makes an empty store.
     *
     * @param bounds how much it keeps
     */
    public InMemoryHistoryStore(HistoryBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public synchronized List<Interaction> find(String userId) {
        List<Interaction> history = histories.get(userId);
        return history == null ? List.of() : List.copyOf(history);
    }

    @Override
    public synchronized void append(Interaction interaction) {
        List<Interaction> history = histories.remove(interaction.userId());
        List<Interaction> kept = history == null ? new ArrayList<>(4) : history;
        int place = kept.size();
        while (place > 0 && kept.get(place - 1).time() > interaction.time()) {
            place--;
        }
        kept.add(place, interaction);
        size++;
        if (kept.size() > bounds.perUser()) {
            kept.remove(0);
            size--;
        }
        histories.put(interaction.userId(), kept);
        if (histories.size() > bounds.users()) {
            forgetEldest();
        }
    }

    private void forgetEldest() {
        Iterator<List<Interaction>> eldest = histories.values().iterator();
        size -= eldest.next().size();
        eldest.remove();
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    /** {@return how many users have a history} */
    public synchronized int users() {
        return histories.size();
    }

    /** {@return how many interactions all histories hold} */
    public synchronized long size() {
        return size;
    }

    /** Hands out everything, in an order that leaves the same store when it is appended to an empty one. */
    synchronized void forEach(Consumer<Interaction> taker) {
        histories.values().forEach(history -> history.forEach(taker));
    }
}
