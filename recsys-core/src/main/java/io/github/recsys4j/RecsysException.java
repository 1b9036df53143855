package io.github.recsys4j;

/**
 * The root of the failures that the world, not the caller, is to blame for: a data file, a model folder, a
 * native library, the content of an item, a history store. A caller's mistake is an {@link IllegalArgumentException} instead.
 */
public abstract sealed class RecsysException extends RuntimeException
        permits DatasetException,
                ArtifactException,
                InferenceException,
                TrainingException,
                EncodingException,
                HistoryException {

    RecsysException(String message) {
        super(message);
    }

    RecsysException(String message, Throwable cause) {
        super(message, cause);
    }
}
