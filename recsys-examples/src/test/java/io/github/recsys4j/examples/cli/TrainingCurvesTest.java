package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.examples.cli.TrainingCurves.Curve;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCurvesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void draw_twoCurves_writesAPictureWithBothColours() throws IOException {
        Curve loss = Curve.named("loss");
        Curve metric = Curve.named("NDCG@10");
        for (int epoch = 1; epoch <= 20; epoch++) {
            loss.add(epoch, 5 / Math.sqrt(epoch));
            metric.add(epoch, 1 - 1.0 / epoch);
        }
        Path file = folder.resolve("curves.png");

        TrainingCurves.draw(file, "training of model", loss, metric);

        assertThat(colours(file)).contains(0xff1f6f8b, 0xffd1495b);
    }

    @Test
    void draw_noEpochFinished_stillWritesAPicture() throws IOException {
        Path file = folder.resolve("curves.png");

        TrainingCurves.draw(file, "nothing", Curve.named("loss"), Curve.named("NDCG@10"));

        assertThat(colours(file)).isNotEmpty();
    }

    private static Set<Integer> colours(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }
}
