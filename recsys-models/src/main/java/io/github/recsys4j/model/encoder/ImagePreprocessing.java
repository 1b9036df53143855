package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * From a picture to the numbers that a network was trained on: resize, cut out the centre, scale, standardise. A folder
 * says it in {@code preprocessor_config.json}; for a bare ONNX file it is set in code:
 *
 * <pre>{@code
 * ImagePreprocessing.shortestEdge(256, Resampling.BICUBIC)
 *         .withCrop(224, 224)
 *         .withNormalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225))
 * }</pre>
 *
 * <p>Equals the NumPy and Pillow image processors of the transformers library: exact in the resized 8-bit pixels, and
 * to float32 rounding afterwards. Thread-safety: immutable.
 */
public final class ImagePreprocessing {
    private static final int LEVELS = 256;
    private static final int MAX_EDGE = 4096;

    private final int edge;
    private final int width;
    private final int height;
    private final Resampling resampling;
    private final int cropWidth;
    private final int cropHeight;
    private final Scaling scaling;

    /** What happens to each 8-bit value. */
    private record Scaling(double factor, List<Double> mean, List<Double> deviation) {
        float[][] table() {
            float[][] table = new float[Pixels.CHANNELS][LEVELS];
            for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                float centre = mean.get(channel).floatValue();
                float spread = deviation.get(channel).floatValue();
                for (int level = 0; level < LEVELS; level++) {
                    table[channel][level] = ((float) (level * factor) - centre) / spread;
                }
            }
            return table;
        }
    }

    private ImagePreprocessing(
            int edge, int width, int height, Resampling resampling, int cropWidth, int cropHeight, Scaling scaling) {
        this.edge = edge;
        this.width = width;
        this.height = height;
        this.resampling = Objects.requireNonNull(resampling, "resampling");
        this.cropWidth = cropWidth;
        this.cropHeight = cropHeight;
        this.scaling = scaling;
    }

    /**
     * Makes the shorter side that long and keeps the proportions; a crop must follow, since a network takes one size.
     *
     * @param pixels the length of the shorter side, 1 to 4096
     * @param resampling how
     * @return the preprocessing, which scales to 0 ... 1
     * @throws IllegalArgumentException if the size is out of range
     */
    public static ImagePreprocessing shortestEdge(int pixels, Resampling resampling) {
        checkSize("shortest edge", pixels);
        return new ImagePreprocessing(pixels, 0, 0, resampling, pixels, pixels, unscaled(1 / 255.0));
    }

    /**
     * Makes every image that wide and high, whatever its proportions.
     *
     * @param width in pixels, 1 to 4096
     * @param height in pixels, 1 to 4096
     * @param resampling how
     * @return the preprocessing, which scales to 0 ... 1
     * @throws IllegalArgumentException if a size is out of range
     */
    public static ImagePreprocessing resize(int width, int height, Resampling resampling) {
        checkSize("width", width);
        checkSize("height", height);
        return new ImagePreprocessing(0, width, height, resampling, width, height, unscaled(1 / 255.0));
    }

    /** Takes images as they are. */
    static ImagePreprocessing unresized(int cropWidth, int cropHeight) {
        return new ImagePreprocessing(0, 0, 0, Resampling.NEAREST, cropWidth, cropHeight, unscaled(1 / 255.0));
    }

    private static Scaling unscaled(double factor) {
        return new Scaling(factor, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    }

    private static void checkSize(String name, int pixels) {
        checkArgument(pixels >= 1 && pixels <= MAX_EDGE, "%s must be 1 to %s pixels, got %s", name, MAX_EDGE, pixels);
    }

    /**
     * {@return the same with the centre cut out, after the resize; where the image is smaller, black fills the rim}
     *
     * @param width in pixels, 1 to 4096
     * @param height in pixels, 1 to 4096
     * @throws IllegalArgumentException if a size is out of range
     */
    public ImagePreprocessing withCrop(int width, int height) {
        checkSize("crop width", width);
        checkSize("crop height", height);
        return new ImagePreprocessing(edge, this.width, this.height, resampling, width, height, scaling);
    }

    /**
     * {@return the same with another factor for the 8-bit values}
     *
     * @param factor what 0 ... 255 are multiplied by, such as {@code 1 / 255.0}; positive
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public ImagePreprocessing withFactor(double factor) {
        checkArgument(factor > 0 && Double.isFinite(factor), "factor must be positive and finite, got %s", factor);
        return with(new Scaling(factor, scaling.mean, scaling.deviation));
    }

    /**
     * {@return the same that subtracts a mean from the scaled values and divides by a deviation}
     *
     * @param mean of red, green and blue
     * @param deviation of red, green and blue, not zero
     * @throws IllegalArgumentException if there are not three finite numbers each, or a deviation is zero
     */
    public ImagePreprocessing withNormalization(List<Double> mean, List<Double> deviation) {
        checkArgument(
                mean.size() == Pixels.CHANNELS && mean.stream().allMatch(Double::isFinite),
                "mean must be three finite numbers, got %s",
                mean);
        checkArgument(
                deviation.size() == Pixels.CHANNELS
                        && deviation.stream().allMatch(value -> Double.isFinite(value) && value != 0),
                "deviation must be three finite numbers other than 0, got %s",
                deviation);
        return with(new Scaling(scaling.factor, List.copyOf(mean), List.copyOf(deviation)));
    }

    private ImagePreprocessing with(Scaling other) {
        return new ImagePreprocessing(edge, width, height, resampling, cropWidth, cropHeight, other);
    }

    /** {@return the width of what comes out, in pixels} */
    public int width() {
        return cropWidth;
    }

    /** {@return the height of what comes out, in pixels} */
    public int height() {
        return cropHeight;
    }

    int floats() {
        return Pixels.CHANNELS * cropWidth * cropHeight;
    }

    /** The 8-bit part: resized and cut. */
    Pixels geometry(Pixels image) {
        int resizedWidth = width == 0 ? image.width() : width;
        int resizedHeight = height == 0 ? image.height() : height;
        if (edge > 0) {
            boolean tall = image.width() <= image.height();
            resizedWidth = tall ? edge : longer(image.width(), image.height());
            resizedHeight = tall ? longer(image.height(), image.width()) : edge;
        }
        Window window = new Window(
                Math.floorDiv(resizedWidth - cropWidth, 2),
                Math.floorDiv(resizedHeight - cropHeight, 2),
                cropWidth,
                cropHeight);
        return window.inside(resizedWidth, resizedHeight)
                ? PixelResizer.resize(image, resizedWidth, resizedHeight, window, resampling)
                : padded(
                        PixelResizer.resize(
                                image,
                                resizedWidth,
                                resizedHeight,
                                Window.all(resizedWidth, resizedHeight),
                                resampling),
                        window);
    }

    private int longer(int longSide, int shortSide) {
        return (int) ((long) edge * longSide / shortSide);
    }

    private static Pixels padded(Pixels image, Window window) {
        Pixels result = new Pixels(
                window.width(), window.height(), new byte[window.width() * window.height() * Pixels.CHANNELS]);
        // The rim is centred as the image processors do it: the odd pixel goes to the left and the top.
        int left = -window.left();
        int top = -window.top();
        for (int y = Math.max(0, -top); y < image.height() && y + top < window.height(); y++) {
            int from = Math.max(0, -left);
            int until = Math.min(image.width(), window.width() - left);
            System.arraycopy(
                    image.rgb(),
                    (y * image.width() + from) * Pixels.CHANNELS,
                    result.rgb(),
                    ((y + top) * window.width() + from + left) * Pixels.CHANNELS,
                    (until - from) * Pixels.CHANNELS);
        }
        return result;
    }

    /** Writes one image, channel by channel, from a place of the buffer on. */
    void write(Pixels image, FloatBuffer target, int offset) {
        Pixels pixels = geometry(image);
        float[][] table = scaling.table();
        byte[] rgb = pixels.rgb();
        int plane = cropWidth * cropHeight;
        float[] red = new float[cropWidth];
        float[] green = new float[cropWidth];
        float[] blue = new float[cropWidth];
        for (int from = 0; from < plane; from += cropWidth) {
            for (int x = 0, at = from * Pixels.CHANNELS; x < cropWidth; x++, at += Pixels.CHANNELS) {
                red[x] = table[0][rgb[at] & 0xff];
                green[x] = table[1][rgb[at + 1] & 0xff];
                blue[x] = table[2][rgb[at + 2] & 0xff];
            }
            target.put(offset + from, red);
            target.put(offset + plane + from, green);
            target.put(offset + 2 * plane + from, blue);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImagePreprocessing that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        String resize = edge > 0 ? "shortest edge " + edge : width == 0 ? "no resize" : width + " x " + height;
        return "ImagePreprocessing[" + resize + " " + resampling + ", crop " + cropWidth + " x " + cropHeight
                + ", factor " + scaling.factor + ", mean " + scaling.mean + ", deviation " + scaling.deviation + "]";
    }
}
