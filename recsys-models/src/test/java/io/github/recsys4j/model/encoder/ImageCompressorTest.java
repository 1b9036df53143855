package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.testing.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageCompressorTest {
    private static final ImageCompressor SMALL = new ImageCompressor(5_000, 64, 32, 0.85);

    @Test
    void compress_withinBothLimits_isTheSameFile() {
        byte[] file = Pictures.plain("png", 64, 20, 0xFF0000);
        assertThat(SMALL.compress(file)).isSameAs(file);
    }

    @Test
    void compress_tooLong_longerSideIsAsAskedAndColoursStay() throws BrokenContentException {
        byte[] jpeg = SMALL.compress(Pictures.plain("png", 40, 80, 0x3060C0));
        Pixels image = ImageDecoder.decode(jpeg);
        assertThat(ImageFormat.of(jpeg)).isEqualTo(ImageFormat.JPEG);
        assertThat(image.width()).isEqualTo(16);
        assertThat(image.height()).isEqualTo(32);
        assertThat(image.value(8, 16, 0)).isCloseTo(0x30, within(3));
        assertThat(image.value(8, 16, 1)).isCloseTo(0x60, within(3));
        assertThat(image.value(8, 16, 2)).isCloseTo(0xC0, within(3));
    }

    @Test
    void compress_tooManyBytes_becomesASmallerJpegOfTheSameSize() throws IOException, BrokenContentException {
        byte[] noise = noise(60, 60);
        assertThat(noise.length).isGreaterThan(5_000);
        byte[] jpeg = SMALL.compress(noise);
        assertThat(jpeg.length).isLessThan(noise.length);
        assertThat(ImageDecoder.decode(jpeg).width()).isEqualTo(60);
        assertThat(new ImageCompressor(5_000, 64, 32, 0.2).compress(noise).length)
                .isLessThan(jpeg.length);
    }

    @Test
    void compress_jpegThatWouldGrow_isTheSameFile() throws IOException {
        ImageCompressor coarse = new ImageCompressor(0, 64, 32, 0.3);
        ImageCompressor fine = new ImageCompressor(0, 64, 32, 1);
        byte[] jpeg = coarse.compress(noise(60, 60));
        assertThat(fine.compress(jpeg)).isSameAs(jpeg);
    }

    @Test
    void compress_brokenOrBomb_isRefusedByReason() {
        assertThatThrownBy(() -> SMALL.compress(new byte[] {1, 2, 3})).isInstanceOf(DatasetException.class);
        assertThatThrownBy(() -> SMALL.compress(Pictures.claiming(60_000, 60_000)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("60000 x 60000 pixels");
    }

    @Test
    void create_outsideItsRange_saysWhich() {
        assertThatThrownBy(() -> new ImageCompressor(-1, 64, 32, 0.5))
                .hasMessage("maxBytes must be at least 0, given -1");
        assertThatThrownBy(() -> new ImageCompressor(1, 0, 32, 0.5)).hasMessage("maxSide must be at least 1, given 0");
        assertThatThrownBy(() -> new ImageCompressor(1, 64, 65, 0.5))
                .hasMessage("side must be from 1 to maxSide = 64, given 65");
        assertThatThrownBy(() -> new ImageCompressor(1, 64, 32, 1.5))
                .hasMessage("quality must be from 0 to 1, given 1.5");
    }

    private static byte[] noise(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
