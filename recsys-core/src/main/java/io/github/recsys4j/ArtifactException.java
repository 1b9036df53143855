package io.github.recsys4j;

/** A model folder that is missing, damaged, altered or of another version; the message names the path, what was found and what was expected. */
public final class ArtifactException extends RecsysException {

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     */
    public ArtifactException(String message) {
        super(message);
    }

    /**
     * Says what went wrong.
     *
     * @param message what was found, what is allowed and what to do
     * @param cause what failed underneath
     */
    public ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
