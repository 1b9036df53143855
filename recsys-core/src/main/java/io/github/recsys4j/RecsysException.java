package io.github.recsys4j;

/**
 * The root of the failures that the world, not the caller, is to blame for: a data file, a model folder, a
 * native library, the content of an item. A caller's mistake is an {@link IllegalArgumentException} instead.
 */
public abstract sealed class RecsysException extends RuntimeException
        permits DatasetException, ArtifactException, InferenceException, TrainingException, EncodingException {

    RecsysException(String message) {
        super(message);
    }

    RecsysException(String message, Throwable cause) {
        super(message, cause);
    }
}
