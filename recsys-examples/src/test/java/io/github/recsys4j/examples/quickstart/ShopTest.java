package io.github.recsys4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {
    private static final Shop SHOP = Shop.open(1000, 7);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void open_sameSeed_sellsTheSame() {
        assertThat(Shop.open(20, 3).baskets()).isEqualTo(Shop.open(20, 3).baskets());
        assertThat(Shop.open(20, 3).baskets()).isNotEqualTo(Shop.open(20, 4).baskets());
    }

    @Test
    void catalog_products_areManyAndDistinct() {
        List<Product> products = SHOP.catalog().products();

        assertThat(products).hasSize(10 * 9 * 3 + 20);
        assertThat(products.stream().map(Product::id).distinct()).hasSameSizeAs(products);
        assertThat(products.stream().map(Product::title).distinct()).hasSameSizeAs(products);
    }

    @Test
    void catalog_arrivals_areOneOfEachProjectAndColourWhoseThingIsSoldInOthers() {
        List<Product> arrivals = SHOP.catalog().arrivals();

        assertThat(arrivals)
                .hasSize(30)
                .doesNotContainAnyElementsOf(SHOP.catalog().products());
        assertThat(arrivals.stream().map(each -> each.project() + each.colour()).distinct())
                .hasSize(30);
        for (Product arrival : arrivals) {
            assertThat(SHOP.catalog().products().stream()
                            .filter(each -> each.thing().equals(arrival.thing())))
                    .hasSize(2);
        }
    }

    @Test
    void withArrivals_rule_namesTheNewProductWhereItWasSkipped() {
        Product arrival = SHOP.catalog().arrivals().stream()
                .filter(product -> product.step() > 0)
                .findFirst()
                .orElseThrow();
        Shop later = SHOP.withArrivals();
        List<Product> shelf = later.catalog().shelf(arrival.project(), arrival.colour());
        Product before = shelf.get(shelf.indexOf(arrival) - 1);
        Product other = SHOP.catalog().everyday().get(0);
        Product elsewhere = SHOP.catalog().products().stream()
                .filter(product -> !product.project().equals(arrival.project()) && !product.isEveryday())
                .findFirst()
                .orElseThrow();

        assertThat(later.next(List.of(before, other, elsewhere))).contains(arrival);
        assertThat(SHOP.next(List.of(before, other, elsewhere)))
                .isNotEqualTo(later.next(List.of(before, other, elsewhere)));
    }

    @Test
    void baskets_everyShopper_buysNothingTwice() {
        for (List<Product> basket : SHOP.baskets()) {
            assertThat(basket).hasSizeBetween(6, 24);
            assertThat(new HashSet<>(basket)).hasSameSizeAs(basket);
        }
    }

    @Test
    void next_lastPurchaseOfEveryShopper_isWhatTheRuleSays() {
        for (List<Product> basket : SHOP.baskets()) {
            List<Product> before = basket.subList(0, basket.size() - 1);

            assertThat(SHOP.next(before)).contains(basket.get(basket.size() - 1));
        }
    }

    @Test
    void next_lastPurchaseAlone_doesNotDecide() {
        Map<Product, Map<Product, Integer>> following = new HashMap<>();
        for (List<Product> basket : SHOP.baskets()) {
            Product last = basket.get(basket.size() - 2);
            following
                    .computeIfAbsent(last, key -> new HashMap<>())
                    .merge(basket.get(basket.size() - 1), 1, Integer::sum);
        }
        int hits = following.values().stream()
                .mapToInt(counts ->
                        counts.values().stream().mapToInt(i -> i).max().orElse(0))
                .sum();

        assertThat(hits / 1000.0)
                .as("share that the best first-order rule could know")
                .isLessThan(0.5);
    }

    @Test
    void next_oneProjectOnly_isUnknown() {
        Product first = SHOP.catalog().shelf("Camping", "green").get(0);

        assertThat(SHOP.next(List.of(first))).isEmpty();
        assertThat(SHOP.next(List.of())).isEmpty();
    }

    @Test
    void next_everydayThingBetween_isIgnored() {
        ShopCatalog catalog = SHOP.catalog();
        List<Product> camping = catalog.shelf("Camping", "green");
        List<Product> history =
                List.of(camping.get(0), catalog.shelf("Coffee", "red").get(0), catalog.byTitle("Chocolate bar"));

        assertThat(SHOP.next(history)).contains(camping.get(1));
    }

    @Test
    void byTitle_unknown_saysSo() {
        assertThatThrownBy(() -> SHOP.catalog().byTitle("Boat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The shop sells nothing with the title \"Boat\"");
    }

    @Test
    void write_folder_holdsOneRowPerPurchaseAndProduct() throws IOException {
        SHOP.write(folder);

        int purchases = SHOP.baskets().stream().mapToInt(List::size).sum();
        assertThat(Files.readAllLines(folder.resolve("interactions.csv")))
                .hasSize(purchases + 1)
                .startsWith("user_id,item_id,timestamp");
        assertThat(Files.readAllLines(folder.resolve("items.csv")))
                .hasSize(291)
                .startsWith("item_id,title,description")
                .noneMatch(line -> line.contains("green"));
        assertThat(Files.readAllLines(folder.resolve("arrivals.csv"))).hasSize(31);
    }

    @Test
    void write_pictures_showEveryProductInItsColour() throws IOException {
        SHOP.write(folder);

        for (Product product : SHOP.withArrivals().catalog().products()) {
            BufferedImage picture = ImageIO.read(
                    folder.resolve("images").resolve(product.id() + ".png").toFile());
            assertThat(strongest(picture))
                    .as(product.title())
                    .isEqualTo(product.isEveryday() ? strongest(picture) : product.colour());
        }
        assertThat(folder.resolve("pictures.png")).isNotEmptyFile();
    }

    /** Sums up how much each channel stands out, over all pixels. */
    private static String strongest(BufferedImage picture) {
        Map<String, Integer> sums = new HashMap<>();
        for (int pixel : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
            Color colour = new Color(pixel);
            int grey = (colour.getRed() + colour.getGreen() + colour.getBlue()) / 3;
            sums.merge("red", Math.max(0, colour.getRed() - grey - 30), Integer::sum);
            sums.merge("green", Math.max(0, colour.getGreen() - grey - 30), Integer::sum);
            sums.merge("blue", Math.max(0, colour.getBlue() - grey - 30), Integer::sum);
        }
        return Collections.max(sums.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
}
