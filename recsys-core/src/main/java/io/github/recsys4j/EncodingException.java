package io.github.recsys4j;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Content that an encoder cannot turn into a vector: a broken image, a sound of an unknown format. It names the position
 * of the input in the list that was handed over, so that the rest can be encoded without it.
 */
public final class EncodingException extends RecsysException {
    /** Which of the inputs, from 0. */
    private final int position;

    /**
     * Says which input is broken and why.
     *
     * @param message what was found, what is allowed and what to do
     * @param position of the broken input in the list, from 0
     */
    public EncodingException(String message, int position) {
        super(message);
        this.position = checked(position);
    }

    /**
     * Says which input is broken and why.
     *
     * @param message what was found, what is allowed and what to do
     * @param position of the broken input in the list, from 0
     * @param cause what failed underneath
     */
    public EncodingException(String message, int position, Throwable cause) {
        super(message, cause);
        this.position = checked(position);
    }

    private static int checked(int position) {
        checkArgument(position >= 0, "position must be at least 0, got %s", position);
        return position;
    }

    /** {@return the position of the broken input in the list that was to be encoded, from 0} */
    public int position() {
        return position;
    }
}
