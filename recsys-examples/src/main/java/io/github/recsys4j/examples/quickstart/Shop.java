package io.github.recsys4j.examples.quickstart;

import io.github.recsys4j.examples.io.AtomicFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A made-up shop whose shoppers follow a rule, so that the right recommendation is known.
 *
 * <p>Every shopper has two projects on hand, such as camping in green and coffee in red, and buys for them in turn,
 * each in its own order: tent, espresso machine, sleeping bag, coffee grinder, camping mat ... Now and then an
 * everyday thing comes between. So the next purchase follows from the purchase <em>before</em> the last one, in
 * the colour of that project: {@link #next(List)}. Somebody who looks at the last purchase alone, at what is bought
 * together, or at what is popular cannot know it; somebody who reads the sequence can.
 *
 * <p>A product's text says what it is and what it is for, and leaves the colour out; only its picture shows that.
 */
final class Shop {
    /** Where each product's picture is. */
    static final String IMAGES = "images";

    /** What is sold later. */
    static final String ARRIVALS = "arrivals.csv";

    /** All pictures in one. */
    static final String SHEET = "pictures.png";

    private static final double EVERYDAY_SHARE = 0.08;
    private static final int MIN_ROUNDS = 3;
    private static final int MAX_ROUNDS = 6;
    private static final Instant OPENING = Instant.parse("2025-01-01T09:00:00Z");

    private final ShopCatalog catalog;
    private final List<List<Product>> baskets;

    private Shop(ShopCatalog catalog, List<List<Product>> baskets) {
        this.catalog = catalog;
        this.baskets = baskets;
    }

    /** Opens the shop and lets shoppers buy; the same arguments give the same purchases. */
    static Shop open(int shoppers, long seed) {
        ShopCatalog catalog = ShopCatalog.create(seed);
        return new Shop(catalog, shop(catalog, shoppers, new SplittableRandom(seed)));
    }

    private static List<List<Product>> shop(ShopCatalog catalog, int shoppers, SplittableRandom random) {
        List<List<Product>> baskets = new ArrayList<>();
        for (int shopper = 0; shopper < shoppers; shopper++) {
            baskets.add(new Shopper(catalog, random).purchases());
        }
        return baskets;
    }

    /** Gives the shop on the day when the new products are on sale too. */
    Shop withArrivals() {
        return new Shop(catalog.withArrivals(), baskets);
    }

    /** Lets people shop who are in no file, to ask a finished model about somebody new. */
    List<List<Product>> strangers(int count, long seed) {
        return shop(catalog, count, new SplittableRandom(seed));
    }

    /** Gives what is on sale. */
    ShopCatalog catalog() {
        return catalog;
    }

    /** Gives each shopper's purchases, oldest first. */
    List<List<Product>> baskets() {
        return baskets;
    }

    /** Names a shopper as in the file. */
    static String userId(int shopper) {
        return "shopper-" + (shopper + 1);
    }

    /**
     * Gives what a shopper buys next by the shop's rule: the next step of the project that was not the last one
     * bought for. Empty when only one project is visible or that project is complete.
     */
    Optional<Product> next(List<Product> history) {
        List<Product> planned =
                history.stream().filter(product -> !product.isEveryday()).toList();
        if (planned.isEmpty()) {
            return Optional.empty();
        }
        Product last = planned.get(planned.size() - 1);
        for (int i = planned.size() - 1; i >= 0; i--) {
            Product other = planned.get(i);
            if (!other.belongsWith(last)) {
                return catalog.after(other);
            }
        }
        return Optional.empty();
    }

    /**
     * Writes {@code interactions.csv}, {@code items.csv}, the folder {@code images} and {@code pictures.png}, which shows
     * them all; of the new products {@code arrivals.csv} and their images.
     */
    void write(Path folder) {
        StringBuilder interactions = new StringBuilder("user_id,item_id,timestamp\n");
        for (int shopper = 0; shopper < baskets.size(); shopper++) {
            Instant time = OPENING.plusSeconds(60L * shopper);
            for (Product product : baskets.get(shopper)) {
                String row = userId(shopper) + "," + product.id() + "," + time.toEpochMilli();
                interactions.append(row).append('\n');
                time = time.plusSeconds(86_400);
            }
        }
        AtomicFiles.write(folder.resolve("interactions.csv"), interactions.toString());
        AtomicFiles.write(folder.resolve("items.csv"), table(catalog.products()));
        AtomicFiles.write(folder.resolve(ARRIVALS), table(catalog.arrivals()));
        List<Product> all = catalog.withArrivals().products();
        ShopPictures pictures = ShopPictures.load();
        pictures.write(all, folder.resolve(IMAGES));
        pictures.writeSheet(all, folder.resolve(SHEET));
    }

    private static String table(List<Product> products) {
        StringBuilder rows = new StringBuilder("item_id,title,description\n");
        for (Product product : products) {
            String use = product.project().toLowerCase(Locale.ROOT);
            String row = product.id() + "," + product.thing() + ",Made for " + use + ".";
            rows.append(row).append('\n');
        }
        return rows.toString();
    }

    /** One shopper's plans, made of a shared random stream. */
    private static final class Shopper {
        private final ShopCatalog catalog;
        private final SplittableRandom random;
        private final List<Product> purchases = new ArrayList<>();
        private final Set<Product> owned = new HashSet<>();

        Shopper(ShopCatalog catalog, SplittableRandom random) {
            this.catalog = catalog;
            this.random = random;
        }

        List<Product> purchases() {
            int rounds = random.nextInt(MIN_ROUNDS, MAX_ROUNDS + 1);
            String first = pick(catalog.projects());
            String second = first;
            while (second.equals(first)) {
                second = pick(catalog.projects());
            }
            List<Product> one = plan(first, rounds);
            List<Product> two = plan(second, rounds);
            for (int round = 0; round < rounds; round++) {
                buy(one.get(round));
                buy(two.get(round));
            }
            return List.copyOf(purchases);
        }

        private List<Product> plan(String project, int rounds) {
            String colour =
                    catalog.colours().get(random.nextInt(catalog.colours().size()));
            List<Product> shelf = catalog.shelf(project, colour);
            int start = random.nextInt(shelf.size() - rounds + 1);
            return shelf.subList(start, start + rounds);
        }

        private void buy(Product planned) {
            if (random.nextDouble() < EVERYDAY_SHARE) {
                Product thing = pick(catalog.everyday());
                if (owned.add(thing)) {
                    purchases.add(thing);
                }
            }
            purchases.add(planned);
        }

        /** Picks the earlier entries more often, as some things are more popular than others. */
        private <T> T pick(List<T> choices) {
            int bound = choices.size();
            return choices.get(Math.min(random.nextInt(bound), random.nextInt(bound)));
        }
    }
}
