package io.github.recsys4j.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.prepare.ImageInspector.Inspection;
import io.github.recsys4j.prepare.ImageInspector.Problem;
import io.github.recsys4j.testing.Pictures;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageInspectorTest {
    private final ImageInspector inspector = ImageInspector.defaults();

    @ParameterizedTest
    @CsvSource({"png,png", "jpg,jpeg", "gif,gif", "bmp,bmp"})
    void inspect_image_knowsFormatAndSize(String format, String name) {
        assertThat(inspector.inspect(Pictures.plain(format, 30, 20, 0xFF0000)))
                .isEqualTo(new Inspection(name, 30, 20, Optional.empty()));
    }

    @Test
    void inspect_decompressionBomb_isTooLargeAndNotDecoded() {
        Inspection bomb = inspector.inspect(Pictures.claiming(50_000, 50_000));
        assertThat(bomb.problem())
                .contains(new Problem("too large", "50000 x 50000 pixels, at most 50000000 are decoded"));
        assertThat(inspector
                        .withMaxPixels(2_500_000_000L)
                        .inspect(Pictures.claiming(50_000, 50_000))
                        .problem())
                .isEmpty();
    }

    @Test
    void inspect_smallImage_saysWhatIsNeeded() {
        assertThat(inspector
                        .withMinSide(64)
                        .inspect(Pictures.plain("png", 100, 63, 0))
                        .problem())
                .contains(new Problem("too small", "100 x 63 pixels, each side needs at least 64"));
    }

    @Test
    void inspect_noImage_saysSo() {
        assertThat(inspector.inspect(new byte[0]).problem().orElseThrow().reason())
                .isEqualTo("not an image");
        assertThat(inspector
                        .inspect("a text".repeat(9).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .problem())
                .contains(new Problem("not an image", "54 bytes do not begin like an image of a known format"));
    }

    @Test
    void inspect_damagedHeaders_neverThrows() {
        Random random = new Random(7);
        for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
            byte[] whole = Pictures.plain(format, 9, 9, 0x00FF00);
            for (int round = 0; round < 300; round++) {
                byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                Inspection found = inspector.inspect(damaged);
                assertThat(found.problem().isPresent() || found.width() > 0).isTrue();
            }
        }
    }

    @Test
    void inspect_realPosters_areFine() throws IOException {
        Path posters = RealData.path("ml-100k-multimodal", "posters");
        for (int item = 1; item <= 5; item++) {
            Inspection poster = inspector.inspect(Files.readAllBytes(posters.resolve(item + ".jpg")));
            assertThat(poster.problem()).isEmpty();
            assertThat(poster.width()).isEqualTo(92);
        }
    }

    @Test
    void inspector_wrongLimits_saysWhatIsAllowed() {
        assertThatThrownBy(() -> inspector.withMinSide(0)).hasMessage("minSide must be at least 1, got 0");
        assertThatThrownBy(() -> inspector.withMaxPixels(0)).hasMessage("maxPixels must be at least 1, got 0");
    }
}
