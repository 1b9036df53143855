package io.github.recsys4j.serve;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where users' histories live while an application serves: {@link InMemoryHistoryStore}, {@link LocalHistoryStore}, or
 * the application's own store behind two lambdas:
 *
 * <pre>{@code
 * HistoryStore store = HistoryStore.of(users::findInteractions, users::insertInteraction);
 * }</pre>
 *
 * <p>What was appended is found by the next look-up. Implementations are safe for many threads.
 */
public interface HistoryStore extends AutoCloseable {

    /**
     * Looks a user up.
     *
     * @param userId the application's own user id
     * @return the user's interactions, oldest first; empty for a user it does not know
     */
    List<Interaction> find(String userId);

    /**
     * Takes an interaction. One that is older than the user's last is put in its place by time; equal times keep the
     * order of arrival.
     *
     * @param interaction what happened
     * @throws io.github.recsys4j.HistoryException if it could not be kept
     */
    void append(Interaction interaction);

    /**
     * Says whether a call may take long or hang, as a call over a network may; such calls are made on other threads,
     * with a time limit.
     *
     * @return true unless the store lives in this process
     */
    default boolean mayBlock() {
        return true;
    }

    /** Releases what the store owns; a second call is harmless. */
    @Override
    default void close() {}

    /**
     * Makes a store of two functions; nothing is closed with it.
     *
     * @param find a user's interactions, oldest first; empty for an unknown user; safe for many threads
     * @param append keeps an interaction; safe for many threads
     * @return the store
     */
    static HistoryStore of(Function<String, List<Interaction>> find, Consumer<Interaction> append) {
        return new HistoryStore() {
            @Override
            public List<Interaction> find(String userId) {
                return find.apply(userId);
            }

            @Override
            public void append(Interaction interaction) {
                append.accept(interaction);
            }
        };
    }
}
