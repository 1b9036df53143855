package io.github.recsys4j.model.encoder;

import static io.github.recsys4j.model.encoder.Pixels.CHANNELS;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * Takes an image's samples as they are stored: no colour management, gray repeated, alpha dropped, 16 bits of
 * colour cut to the upper 8, 16 bits of gray clipped at 255. This is what {@code convert("RGB")} gives that the encoders were trained with; AWT's own conversion would
 * brighten gray images.
 */
final class RasterPixels {
    private RasterPixels() {}

    static Pixels of(BufferedImage image) throws BrokenContentException {
        return image.getColorModel() instanceof IndexColorModel palette
                ? fromPalette(image.getRaster(), palette)
                : fromSamples(image.getRaster());
    }

    private static Pixels fromPalette(Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        byte[] rgb = new byte[width * raster.getHeight() * CHANNELS];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                int colour = index < palette.getMapSize() ? palette.getRGB(index) : 0;
                rgb[at++] = (byte) (colour >> 16);
                rgb[at++] = (byte) (colour >> 8);
                rgb[at++] = (byte) colour;
            }
        }
        return new Pixels(width, raster.getHeight(), rgb);
    }

    private static Pixels fromSamples(Raster raster) throws BrokenContentException {
        int type = raster.getSampleModel().getDataType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            throw new BrokenContentException("the image holds floating-point samples; 8 or 16 bits can be read");
        }
        if (raster.getDataBuffer() instanceof DataBufferByte bytes
                && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getParent() == null) {
            return interleaved(raster, bytes.getData(), model);
        }
        return general(raster);
    }

    private static Pixels interleaved(Raster raster, byte[] samples, PixelInterleavedSampleModel model) {
        int[] offsets = model.getBandOffsets();
        boolean colour = offsets.length >= CHANNELS;
        int green = offsets[colour ? 1 : 0];
        int blue = offsets[colour ? 2 : 0];
        int step = model.getPixelStride();
        byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * CHANNELS];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            int from = y * model.getScanlineStride();
            for (int x = 0; x < raster.getWidth(); x++, from += step) {
                rgb[at++] = samples[from + offsets[0]];
                rgb[at++] = samples[from + green];
                rgb[at++] = samples[from + blue];
            }
        }
        return new Pixels(raster.getWidth(), raster.getHeight(), rgb);
    }

    private static Pixels general(Raster raster) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int[] depths = new int[bands];
        for (int band = 0; band < bands; band++) {
            depths[band] = raster.getSampleModel().getSampleSize(band);
        }
        boolean deepGray = bands < CHANNELS && depths[0] == 16;
        byte[] rgb = new byte[width * raster.getHeight() * CHANNELS];
        int[] row = new int[width * bands];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int band = bands >= CHANNELS ? channel : 0;
                    int sample = row[x * bands + band];
                    rgb[at++] = (byte) (deepGray ? Math.min(255, sample) : eightBits(sample, depths[band]));
                }
            }
        }
        return new Pixels(width, raster.getHeight(), rgb);
    }

    private static int eightBits(int sample, int bits) {
        return bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }
}
