package io.github.recsys4j.prepare;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Looks at an image's header: whether it is an image, of a known format, and of a reasonable size. The pixels are not
 * decoded, so a file of a few kilobytes that claims a billion pixels costs nothing; but a file that breaks off behind its
 * header passes, and is found when it is encoded.
 *
 * <p>Which formats are known depends on the plug-ins of Java's ImageIO on the class path. Thread-safety: immutable.
 *
 * @param minSide pixels that width and height must have at least, at least 1
 * @param maxPixels how many pixels an image may have at most, at least 1
 */
public record ImageInspector(int minSide, long maxPixels) {

    /**
     * Checks the limits.
     *
     * @param minSide at least 1
     * @param maxPixels at least 1
     * @throws IllegalArgumentException if one of them is below 1
     */
    public ImageInspector {
        checkArgument(minSide >= 1, "minSide must be at least 1, got %s", minSide);
        checkArgument(maxPixels >= 1, "maxPixels must be at least 1, got %s", maxPixels);
    }

    /** {@return an inspector that lets through images of 1 x 1 to 50 million pixels} */
    public static ImageInspector defaults() {
        return new ImageInspector(1, 50_000_000);
    }

    /**
     * {@return this inspector with another smallest size}
     *
     * @param side pixels that width and height must have at least
     * @throws IllegalArgumentException if it is below 1
     */
    public ImageInspector withMinSide(int side) {
        return new ImageInspector(side, maxPixels);
    }

    /**
     * {@return this inspector with another largest size}
     *
     * @param pixels how many an image may have at most
     * @throws IllegalArgumentException if it is below 1
     */
    public ImageInspector withMaxPixels(long pixels) {
        return new ImageInspector(minSide, pixels);
    }

    /**
     * What an image is.
     *
     * @param format in small letters, such as {@code jpeg}; empty if it is not known
     * @param width pixels, 0 if not known
     * @param height pixels, 0 if not known
     * @param problem why the image is not fit for use, or nothing
     */
    public record Inspection(String format, int width, int height, Optional<Problem> problem) {}

    /**
     * Why an image is not fit for use.
     *
     * @param reason one of {@code not an image}, {@code broken}, {@code too small} and {@code too large}
     * @param detail what was found and what is allowed
     */
    public record Problem(String reason, String detail) {}

    /**
     * Looks at an image.
     *
     * @param file the bytes of a file
     * @return what it is
     */
    public Inspection inspect(byte[] file) {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            return readers.hasNext()
                    ? inspect(readers.next(), stream)
                    : failed("not an image", file.length + " bytes do not begin like an image of a known format");
        } catch (IOException e) {
            return failed("broken", e.toString());
        }
    }

    /** Plug-ins throw unchecked exceptions too when a header is broken. */
    private Inspection inspect(ImageReader reader, ImageInputStream stream) {
        try {
            reader.setInput(stream, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            return new Inspection(
                    reader.getFormatName().toLowerCase(Locale.ROOT), width, height, problem(width, height));
        } catch (IOException | RuntimeException e) {
            return failed("broken", e.toString());
        } finally {
            reader.dispose();
        }
    }

    private Optional<Problem> problem(int width, int height) {
        if (Math.min(width, height) < minSide) {
            return Optional.of(
                    new Problem("too small", width + " x " + height + " pixels, each side needs at least " + minSide));
        }
        if ((long) width * height > maxPixels) {
            return Optional.of(new Problem(
                    "too large", width + " x " + height + " pixels, at most " + maxPixels + " are decoded"));
        }
        return Optional.empty();
    }

    private static Inspection failed(String reason, String detail) {
        return new Inspection("", 0, 0, Optional.of(new Problem(reason, detail)));
    }
}
