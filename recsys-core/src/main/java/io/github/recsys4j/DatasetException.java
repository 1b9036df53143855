package io.github.recsys4j;

/** A data file that cannot be read as what it should be; the message names the file, the line and the value. */
public final class DatasetException extends RecsysException {

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     */
    public DatasetException(String message) {
        super(message);
    }

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     * @param cause what failed underneath
     */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
