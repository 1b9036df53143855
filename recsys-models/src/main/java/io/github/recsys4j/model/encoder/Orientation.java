package io.github.recsys4j.model.encoder;

import static io.github.recsys4j.model.encoder.Pixels.CHANNELS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The EXIF orientation of an image file, and turning the image upright by it.
 *
 * <p>Read wherever the four formats keep it: the APP1 segment of JPEG, the {@code eXIf} chunk of PNG, the {@code EXIF}
 * chunk of WebP, the first directory of TIFF. What cannot be read counts as upright.
 */
final class Orientation {
    static final int UPRIGHT = 1;
    private static final int TAG = 0x0112;
    private static final int DIRECTORY_ENTRY = 12;
    private static final int MAX_ENTRIES = 1000;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private Orientation() {}

    static int of(byte[] file, ImageFormat format) {
        try {
            int value = find(ByteBuffer.wrap(file), format);
            return value >= 1 && value <= 8 ? value : UPRIGHT;
        } catch (IndexOutOfBoundsException e) {
            return UPRIGHT;
        }
    }

    private static int find(ByteBuffer file, ImageFormat format) {
        return switch (format) {
            case JPEG -> inJpeg(file);
            case PNG -> inPng(file);
            case WEBP -> inWebp(file.order(ByteOrder.LITTLE_ENDIAN));
            case TIFF -> inDirectory(file, 0);
            case GIF, BMP -> UPRIGHT;
        };
    }

    private static int inJpeg(ByteBuffer file) {
        int at = 2;
        while ((file.get(at) & 0xff) == 0xff) {
            int marker = file.get(at + 1) & 0xff;
            if (marker == 0xda) {
                return UPRIGHT;
            }
            if (marker == 0xe1 && startsWith(file, at + 4, EXIF)) {
                return inDirectory(file, at + 4 + EXIF.length);
            }
            at += 2 + (file.getShort(at + 2) & 0xffff);
        }
        return UPRIGHT;
    }

    private static int inPng(ByteBuffer file) {
        int at = 8;
        while (file.getInt(at) >= 0) {
            if (file.getInt(at + 4) == 0x65584966) {
                return inDirectory(file, at + 8);
            }
            at = Math.addExact(at, 12 + file.getInt(at));
        }
        return UPRIGHT;
    }

    private static int inWebp(ByteBuffer file) {
        int at = 12;
        while (file.getInt(at + 4) >= 0) {
            if (startsWith(file, at, "EXIF".getBytes(StandardCharsets.ISO_8859_1))) {
                int data = at + 8;
                return inDirectory(file, startsWith(file, data, EXIF) ? data + EXIF.length : data);
            }
            int size = file.getInt(at + 4);
            at += 8 + size + (size & 1);
        }
        return UPRIGHT;
    }

    private static int inDirectory(ByteBuffer file, int start) {
        ByteOrder order = file.get(start) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer tiff = file.duplicate().order(order);
        int directory = start + tiff.getInt(start + 4);
        int entries = Math.min(MAX_ENTRIES, tiff.getShort(directory) & 0xffff);
        for (int entry = 0; entry < entries; entry++) {
            int at = directory + 2 + entry * DIRECTORY_ENTRY;
            if ((tiff.getShort(at) & 0xffff) == TAG) {
                return tiff.getShort(at + 8) & 0xffff;
            }
        }
        return UPRIGHT;
    }

    private static boolean startsWith(ByteBuffer file, int at, byte[] text) {
        return file.slice(at, text.length).equals(ByteBuffer.wrap(text));
    }

    /** Turns and mirrors an image as one of the eight orientations asks for. */
    static Pixels upright(Pixels image, int orientation) {
        if (orientation == UPRIGHT) {
            return image;
        }
        boolean turned = orientation >= 5;
        int width = turned ? image.height() : image.width();
        int height = turned ? image.width() : image.height();
        byte[] result = new byte[image.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = source(image, orientation, x, y) * CHANNELS;
                System.arraycopy(image.rgb(), from, result, (y * width + x) * CHANNELS, CHANNELS);
            }
        }
        return new Pixels(width, height, result);
    }

    private static int source(Pixels image, int orientation, int x, int y) {
        int right = image.width() - 1;
        int bottom = image.height() - 1;
        int column = new int[] {x, right - x, right - x, x, y, y, right - y, right - y}[orientation - 1];
        int row = new int[] {y, y, bottom - y, bottom - y, x, bottom - x, bottom - x, x}[orientation - 1];
        return row * image.width() + column;
    }
}
