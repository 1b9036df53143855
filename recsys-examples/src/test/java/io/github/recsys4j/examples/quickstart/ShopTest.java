package io.github.recsys4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

        assertThat(products).hasSize(10 * 10 * 3 + 20);
        assertThat(products.stream().map(Product::id).distinct()).hasSameSizeAs(products);
        assertThat(products.stream().map(Product::title).distinct()).hasSameSizeAs(products);
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
        Product tent = SHOP.catalog().byTitle("Two-person tent, green");

        assertThat(SHOP.next(List.of(tent))).isEmpty();
        assertThat(SHOP.next(List.of())).isEmpty();
    }

    @Test
    void next_everydayThingBetween_isIgnored() {
        ShopCatalog catalog = SHOP.catalog();
        List<Product> history = List.of(
                catalog.byTitle("Two-person tent, green"),
                catalog.byTitle("Espresso machine, red"),
                catalog.byTitle("Chocolate bar"));

        assertThat(SHOP.next(history)).contains(catalog.byTitle("Sleeping bag, green"));
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
        assertThat(Files.readAllLines(folder.resolve("items.csv"))).hasSize(321).startsWith("item_id,title,category");
    }
}
