package io.github.recsys4j.model.encoder;

import static io.github.recsys4j.model.encoder.Pixels.CHANNELS;

import java.awt.image.Raster;
import java.nio.ByteBuffer;

/**
 * What a JPEG file says of its components, and the conversion of four components to RGB.
 *
 * <p>CMYK is taken as Photoshop stores it, inverted, and becomes RGB by {@code (1 - c)(1 - k)} without an ink profile:
 * that is what Pillow gives and so what the encoders saw.
 */
final class JpegComponents {
    private static final int YCCK = 2;

    private final int count;
    private final int adobeTransform;

    private JpegComponents(int count, int adobeTransform) {
        this.count = count;
        this.adobeTransform = adobeTransform;
    }

    static JpegComponents of(byte[] file) throws BrokenContentException {
        ByteBuffer jpeg = ByteBuffer.wrap(file);
        int transform = -1;
        try {
            for (int at = 2; ; ) {
                int marker = jpeg.get(at + 1) & 0xff;
                if ((jpeg.get(at) & 0xff) != 0xff || marker == 0xff) {
                    at++;
                } else if (isFrame(marker)) {
                    return new JpegComponents(jpeg.get(at + 9), transform);
                } else {
                    if (marker == 0xee && jpeg.getInt(at + 4) == 0x41646f62) {
                        transform = jpeg.get(at + 15);
                    }
                    at += 2 + (jpeg.getShort(at + 2) & 0xffff);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new BrokenContentException("the JPEG file ends before its frame header", e);
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    int count() {
        return count;
    }

    /** Converts inverted CMYK or YCCK samples. */
    Pixels toRgb(Raster raster) {
        int width = raster.getWidth();
        byte[] rgb = new byte[width * raster.getHeight() * CHANNELS];
        int[] row = new int[width * 4];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < row.length; x += 4) {
                if (adobeTransform == YCCK) {
                    fromYcc(row, x);
                }
                for (int channel = 0; channel < CHANNELS; channel++) {
                    rgb[at++] = (byte) lit(row[x + channel], row[x + 3]);
                }
            }
        }
        return new Pixels(width, raster.getHeight(), rgb);
    }

    /** What an inverted ink leaves of an inverted black, rounded as Pillow rounds it. */
    private static int lit(int ink, int black) {
        int product = (255 - ink) * black + 128;
        return Math.max(0, black - (((product >> 8) + product) >> 8));
    }

    /** ITU-T T.871 for the first three samples, which then stand for inverted cyan, magenta and yellow. */
    private static void fromYcc(int[] row, int x) {
        double luma = row[x];
        double blue = row[x + 1] - 128;
        double red = row[x + 2] - 128;
        row[x] = 255 - clip(luma + 1.402 * red);
        row[x + 1] = 255 - clip(luma - 0.344136 * blue - 0.714136 * red);
        row[x + 2] = 255 - clip(luma + 1.772 * blue);
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, Math.rint(value)));
    }
}
