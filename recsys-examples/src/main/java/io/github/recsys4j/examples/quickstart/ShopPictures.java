package io.github.recsys4j.examples.quickstart;

import com.google.common.io.Resources;
import io.github.recsys4j.examples.io.AtomicFiles;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Draws what the shop sells: the shape says what a product is, the colour is its own, and each picture is taken a
 * little differently, from its id. Needs no display.
 */
final class ShopPictures {
    private static final int SIZE = 96;
    private static final int ACROSS = 20;
    private static final double FILL = 0.8;
    private static final double TURN = 0.14;
    private static final Map<String, Color> COLOURS = Map.of(
            "blue", new Color(0x2f6fd0),
            "green", new Color(0x3a9d4f),
            "red", new Color(0xd0433b));
    private static final List<Color> EVERYDAY =
            List.of(new Color(0xe0a030), new Color(0x8a5bb5), new Color(0xd977a8), new Color(0x8f8678));

    private final Map<String, Drawing> drawings = new HashMap<>();

    private ShopPictures(List<String> lines) {
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(':');
                drawings.put(line.substring(0, colon), Drawing.parse(line.substring(colon + 1)));
            }
        }
    }

    /** Reads the drawings. */
    static ShopPictures load() {
        try {
            return new ShopPictures(Resources.readLines(
                    Resources.getResource(ShopPictures.class, "drawings.txt"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the drawings of the made-up shop cannot be read", e);
        }
    }

    /** Writes {@code <id>.png} for each product. */
    void write(List<Product> products, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Product product : products) {
                Files.write(folder.resolve(product.id() + ".png"), png(picture(product)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the pictures cannot be written to " + folder + ": " + e, e);
        }
    }

    /** Writes one picture of all products, {@value #ACROSS} beside each other. */
    void writeSheet(List<Product> products, Path file) {
        int rows = (products.size() + ACROSS - 1) / ACROSS;
        BufferedImage sheet = new BufferedImage(ACROSS * SIZE, rows * SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = sheet.createGraphics();
        for (int i = 0; i < products.size(); i++) {
            canvas.drawImage(picture(products.get(i)), i % ACROSS * SIZE, i / ACROSS * SIZE, null);
        }
        canvas.dispose();
        AtomicFiles.write(file, png(sheet));
    }

    private BufferedImage picture(Product product) {
        Drawing drawing = drawings.get(product.thing());
        if (drawing == null) {
            throw new IllegalStateException("drawings.txt has no drawing of \"" + product.thing() + "\"");
        }
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.setPaint(new GradientPaint(0, 0, new Color(0xfbfaf7), 0, SIZE, new Color(0xe9e6df)));
        canvas.fillRect(0, 0, SIZE, SIZE);
        canvas.setPaint(new Color(0, 0, 0, 22));
        canvas.fillOval(SIZE / 8, SIZE * 83 / 100, SIZE * 3 / 4, SIZE / 9);
        aim(canvas, new SplittableRandom(product.id().hashCode()));
        drawing.paint(canvas, colour(product));
        canvas.dispose();
        return image;
    }

    /** No two photographs are taken from the very same place. */
    private static void aim(Graphics2D canvas, SplittableRandom random) {
        double scale = FILL * SIZE / Drawing.CANVAS * (0.94 + 0.12 * random.nextDouble());
        canvas.translate(SIZE / 2.0 + 4 * (random.nextDouble() - 0.5), SIZE / 2.0 + 4 * (random.nextDouble() - 0.5));
        canvas.rotate(TURN * (random.nextDouble() - 0.5));
        canvas.scale(scale, scale);
        canvas.translate(-Drawing.CANVAS / 2.0, -Drawing.CANVAS / 2.0);
    }

    private static Color colour(Product product) {
        Color chosen = COLOURS.get(product.colour());
        return chosen == null ? EVERYDAY.get(Math.floorMod(product.thing().hashCode(), EVERYDAY.size())) : chosen;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture of the shop cannot be written: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
