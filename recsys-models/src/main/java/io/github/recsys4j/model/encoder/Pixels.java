package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

/** A decoded image: 8-bit red, green and blue of each pixel, row by row from the top. */
final class Pixels {
    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] rgb;

    Pixels(int width, int height, byte[] rgb) {
        checkArgument(
                width >= 1 && height >= 1 && rgb.length == width * height * CHANNELS,
                "an image of %s x %s pixels must have three bytes for each, got %s bytes",
                width,
                height,
                rgb.length);
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The bytes inside, not a copy. */
    byte[] rgb() {
        return rgb;
    }

    int value(int x, int y, int channel) {
        return rgb[(y * width + x) * CHANNELS + channel] & 0xff;
    }
}
