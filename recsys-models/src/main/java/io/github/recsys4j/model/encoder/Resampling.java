package io.github.recsys4j.model.encoder;

/**
 * How an image is made larger or smaller, named as in Pillow.
 *
 * <p>Each but {@link #NEAREST} weighs all source pixels under a kernel that grows with the reduction, so that a smaller
 * image has no moire (antialiasing).
 */
public enum Resampling {
    /** The source pixel under the centre of the target pixel. */
    NEAREST(0, 0),
    /** A windowed sinc over three pixels. */
    LANCZOS(1, 3),
    /** A triangle over one pixel. */
    BILINEAR(2, 1),
    /** Keys' cubic with a = -0.5, over two pixels. */
    BICUBIC(3, 2),
    /** The mean of the covered pixels. */
    BOX(4, 0.5),
    /** A Hamming-windowed sinc over one pixel. */
    HAMMING(5, 1);

    private static final double CUBIC = -0.5;

    private final int number;
    private final double support;

    Resampling(int number, double support) {
        this.number = number;
        this.support = support;
    }

    /** What {@code resample} is in a {@code preprocessor_config.json}. */
    int number() {
        return number;
    }

    double support() {
        return support;
    }

    double weight(double distance) {
        double x = Math.abs(distance);
        return switch (this) {
            case NEAREST -> 1;
            case BOX -> distance > -0.5 && distance <= 0.5 ? 1 : 0;
            case BILINEAR -> Math.max(0, 1 - x);
            case HAMMING -> x == 0 ? 1 : x >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x));
            case BICUBIC -> cubic(x);
            case LANCZOS -> x < 3 ? sinc(x) * sinc(x / 3) : 0;
        };
    }

    private static double cubic(double x) {
        if (x < 1) {
            return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
