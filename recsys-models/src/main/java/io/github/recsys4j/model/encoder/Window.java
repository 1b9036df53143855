package io.github.recsys4j.model.encoder;

/** A rectangle of an image, in pixels from its left top corner. */
record Window(int left, int top, int width, int height) {

    static Window all(int width, int height) {
        return new Window(0, 0, width, height);
    }

    boolean inside(int imageWidth, int imageHeight) {
        return left >= 0 && top >= 0 && left + width <= imageWidth && top + height <= imageHeight;
    }
}
