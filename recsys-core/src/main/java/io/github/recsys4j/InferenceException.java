package io.github.recsys4j;

/** A model that cannot be run: a missing device, a class path with two runtimes, inputs of a wrong shape. */
public final class InferenceException extends RecsysException {

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     */
    public InferenceException(String message) {
        super(message);
    }

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     * @param cause what failed underneath
     */
    public InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
