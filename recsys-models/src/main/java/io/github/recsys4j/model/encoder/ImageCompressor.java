package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.DatasetException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes large image files small before they are kept: one that has more bytes or a longer side than is allowed is turned
 * upright, shrunk with Lanczos' filter, and written as JPEG. The encoders read images of 224 or 384 pixels a side, so
 * little is lost that they would have seen.
 *
 * <p>Thread-safety: immutable.
 *
 * @param maxBytes files up to this size are left as they are, unless they are too long; at least 0
 * @param maxSide pixels that the longer side may have, at least 1
 * @param side pixels that the longer side has after an image was shrunk because it was too long, from 1 to {@code maxSide}
 * @param quality of the JPEG, from 0 (small) to 1 (good)
 */
public record ImageCompressor(long maxBytes, int maxSide, int side, double quality) {

    /**
     * Checks the ranges.
     *
     * @param maxBytes at least 0
     * @param maxSide at least 1
     * @param side from 1 to {@code maxSide}
     * @param quality from 0 to 1
     * @throws IllegalArgumentException if one of them is outside its range
     */
    public ImageCompressor {
        checkArgument(maxBytes >= 0, "maxBytes must be at least 0, given %s", maxBytes);
        checkArgument(maxSide >= 1, "maxSide must be at least 1, given %s", maxSide);
        checkArgument(side >= 1 && side <= maxSide, "side must be from 1 to maxSide = %s, given %s", maxSide, side);
        checkArgument(quality >= 0 && quality <= 1, "quality must be from 0 to 1, given %s", quality);
    }

    /** {@return files over 500 kB become JPEGs of quality 0.85, sides over 2048 pixels become 1024} */
    public static ImageCompressor defaults() {
        return new ImageCompressor(500_000, 2048, 1024, 0.85);
    }

    /**
     * Compresses a file.
     *
     * @param file JPEG, PNG, WebP, GIF, BMP or TIFF
     * @return a JPEG file, or the given bytes where they are within the limits, or where the JPEG would have been no
     *     smaller and the sides are within theirs
     * @throws DatasetException if the file is no image, is damaged, or has more than 100 million pixels
     */
    public byte[] compress(byte[] file) {
        try {
            if (file.length <= maxBytes && ImageDecoder.longerSide(file) <= maxSide) {
                return file;
            }
            Pixels image = ImageDecoder.decode(file);
            Pixels shrunk = shrink(image);
            byte[] jpeg = jpeg(shrunk);
            return shrunk == image && jpeg.length >= file.length ? file : jpeg;
        } catch (BrokenContentException e) {
            throw new DatasetException("Image cannot be compressed: " + e.getMessage(), e);
        }
    }

    private Pixels shrink(Pixels image) {
        int longer = Math.max(image.width(), image.height());
        if (longer <= maxSide) {
            return image;
        }
        int width = scaled(image.width(), longer);
        int height = scaled(image.height(), longer);
        return PixelResizer.resize(image, width, height, Window.all(width, height), Resampling.LANCZOS);
    }

    private int scaled(int length, int longer) {
        return (int) Math.max(1, Math.round((double) length * side / longer));
    }

    private byte[] jpeg(Pixels image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality((float) quality);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(buffered(image), null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("a JPEG could not be written to memory: " + e.getMessage(), e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage buffered(Pixels image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[image.width()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2);
            }
            buffered.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return buffered;
    }
}
