package io.github.recsys4j;

/** A training run that cannot go on: a loss that is not finite, a checkpoint of another run, a missing engine. */
public final class TrainingException extends RecsysException {

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     */
    public TrainingException(String message) {
        super(message);
    }

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     * @param cause what failed underneath
     */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
