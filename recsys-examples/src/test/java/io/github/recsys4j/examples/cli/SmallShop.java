package io.github.recsys4j.examples.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A few items of two kinds that texts, pictures, prices and tags tell apart, and people who keep to one kind; one
 * picture is broken, one is missing.
 */
final class SmallShop {
    static final int ITEMS = 20;
    static final int USERS = 40;

    private SmallShop() {}

    /** Writes interactions, items, users and images, and two new items in a folder of their own. */
    static void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.writeString(folder.resolve("interactions.csv"), interactions());
        Files.writeString(folder.resolve("items.csv"), items(IntStream.range(0, ITEMS)));
        Files.writeString(folder.resolve("users.csv"), users());
        for (int item = 0; item < ITEMS - 2; item++) {
            picture(folder.resolve("images/i" + item + ".png"), item);
        }
        Files.writeString(folder.resolve("images/i" + (ITEMS - 2) + ".png"), "no picture at all");
        Files.createDirectories(folder.resolve("new"));
        Files.writeString(folder.resolve("new/items.csv"), items(IntStream.of(100, 101)));
        picture(folder.resolve("new/i100.png"), 100);
        picture(folder.resolve("new/i101.png"), 101);
    }

    private static String interactions() {
        StringBuilder rows = new StringBuilder("user_id,item_id,timestamp\n");
        for (int user = 0; user < USERS; user++) {
            for (int step = 0; step < 7; step++) {
                int item = (user + 2 * step) % ITEMS;
                rows.append("u" + user + ",i" + item + "," + (1_700_000_000L + user * 100L + step) + "\n");
            }
        }
        return rows.toString();
    }

    private static String items(IntStream numbers) {
        StringBuilder rows = new StringBuilder("item_id,title,price,tags\n");
        numbers.forEach(item -> rows.append("i" + item + "," + (item % 2 == 0 ? "Red <b>shoe</b> " : "Blue hat ") + item
                + "," + (item % 2 == 0 ? 90 + item : 9 + item) + "," + (item % 2 == 0 ? "shoes|red" : "hats|blue")
                + "\n"));
        return rows.toString();
    }

    private static String users() {
        StringBuilder rows = new StringBuilder("user_id,country,age\n");
        for (int user = 0; user < USERS; user++) {
            rows.append("u" + user + "," + (user % 2 == 0 ? "NO" : "PT") + "," + (20 + user) + "\n");
        }
        return rows.toString();
    }

    private static void picture(Path file, int item) throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(item % 2 == 0 ? Color.RED : Color.BLUE);
        canvas.fillRect(5, 5, 10 + item % ITEMS, 25);
        canvas.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
