package io.github.recsys4j.model.encoder;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads the first image of a file as RGB, upright.
 *
 * <p>Sizes are read before pixels, so that a few bytes cannot ask for gigabytes. Thread-safety: no state.
 */
final class ImageDecoder {
    /** More pixels than this are refused. */
    static final long MAX_PIXELS = 100_000_000;

    private ImageDecoder() {}

    static Pixels decode(byte[] file) throws BrokenContentException {
        ImageFormat format = ImageFormat.of(file);
        ImageReader reader = reader(format);
        try (ImageInputStream stream = new ByteArrayImageInputStream(file)) {
            reader.setInput(stream, true, true);
            checkSize(reader);
            return Orientation.upright(read(reader, format, file), Orientation.of(file, format));
        } catch (IOException | RuntimeException e) {
            // The decoders of the JDK answer some damaged files with any unchecked exception.
            throw damaged(format, e);
        } finally {
            reader.dispose();
        }
    }

    /** Reads the header alone. */
    static int longerSide(byte[] file) throws BrokenContentException {
        ImageFormat format = ImageFormat.of(file);
        ImageReader reader = reader(format);
        try (ImageInputStream stream = new ByteArrayImageInputStream(file)) {
            reader.setInput(stream, true, true);
            return Math.max(reader.getWidth(0), reader.getHeight(0));
        } catch (IOException | RuntimeException e) {
            throw damaged(format, e);
        } finally {
            reader.dispose();
        }
    }

    private static BrokenContentException damaged(ImageFormat format, Exception cause) {
        return new BrokenContentException("the " + format + " image is damaged: " + cause.getMessage(), cause);
    }

    private static ImageReader reader(ImageFormat format) {
        if (format == ImageFormat.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT));
        ImageReader first = readers.next();
        while (readers.hasNext() && !isOfTheJdk(first)) {
            first = readers.next();
        }
        return first;
    }

    private static boolean isOfTheJdk(ImageReader reader) {
        return reader.getClass().getName().startsWith("com.sun.");
    }

    private static void checkSize(ImageReader reader) throws IOException, BrokenContentException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
            throw new BrokenContentException("the image has " + width + " x " + height + " pixels; 1 to " + MAX_PIXELS
                    + " can be read: make it smaller first");
        }
    }

    private static Pixels read(ImageReader reader, ImageFormat format, byte[] file)
            throws IOException, BrokenContentException {
        AtomicBoolean cut = new AtomicBoolean();
        reader.addIIOReadWarningListener(
                (source, warning) -> cut.compareAndSet(false, warning.contains("remature end")));
        Pixels pixels = format == ImageFormat.JPEG ? jpeg(reader, file) : RasterPixels.of(reader.read(0));
        if (cut.get()) {
            throw new BrokenContentException("the " + format + " image is cut off: bytes are missing at its end");
        }
        return pixels;
    }

    private static Pixels jpeg(ImageReader reader, byte[] file) throws IOException, BrokenContentException {
        JpegComponents components = JpegComponents.of(file);
        if (components.count() == 4) {
            return components.toRgb(reader.readRaster(0, null));
        }
        BufferedImage image = reader.read(0);
        return RasterPixels.of(image);
    }
}
