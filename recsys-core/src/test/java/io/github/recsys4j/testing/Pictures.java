package io.github.recsys4j.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small image files. */
public final class Pictures {
    private Pictures() {}

    /**
     * {@return the bytes of an image of one colour}
     *
     * @param format {@code png}, {@code jpg}, {@code gif} or {@code bmp}
     * @param width pixels
     * @param height pixels
     * @param colour red, green and blue, a byte each
     */
    public static byte[] plain(String format, int width, int height, int colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * {@return a PNG file of a few bytes that claims a size}
     *
     * @param width pixels claimed
     * @param height pixels claimed
     */
    public static byte[] claiming(int width, int height) {
        byte[] png = plain("png", 1, 1, 0);
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        return png;
    }
}
