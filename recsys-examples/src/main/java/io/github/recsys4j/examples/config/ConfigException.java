package io.github.recsys4j.examples.config;

/** A configuration that cannot be used as it is; the message names the file, the line, what is allowed and what to do. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message name, given, allowed, what to do
     */
    public ConfigException(String message) {
        super(message);
    }

    /**
     * Says what is wrong.
     *
     * @param message name, given, allowed, what to do
     * @param cause what failed underneath
     */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
