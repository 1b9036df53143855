package io.github.recsys4j;

/** A history store that cannot be read or written, or not in time; the message names the store and what happened. */
public final class HistoryException extends RecsysException {

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     */
    public HistoryException(String message) {
        super(message);
    }

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     * @param cause what failed underneath
     */
    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
