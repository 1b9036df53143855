package io.github.recsys4j.model.encoder;

/** One input cannot be read; whoever knows its position in the list turns this into an {@code EncodingException}. */
final class BrokenContentException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenContentException(String message) {
        super(message);
    }

    BrokenContentException(String message, Throwable cause) {
        super(message, cause);
    }
}
