package io.github.recsys4j.examples.quickstart;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the shop sells: ten projects of ten things each in three colours, and twenty everyday things. One thing of each
 * project and colour arrives later.
 *
 * <p>Ids are dealt out at random, so that nothing about a product can be read from its id.
 */
final class ShopCatalog {
    /** How many things belong to a project, in the order in which they are bought. */
    static final int STEPS = 10;

    private static final Splitter THINGS = Splitter.on(", ");
    private static final List<String> COLOURS = List.of("blue", "green", "red");

    private static final String PROJECTS = """
            Camping: Two-person tent, Sleeping bag, Camping mat, Gas stove, Cooking pot set, Head torch, Water filter, Folding chair, Dry bag, Hammock
            Trail running: Trail running shoes, Running socks, Running shorts, Running shirt, Hydration vest, Soft flask, Running jacket, Running cap, Running gloves, Sports watch
            Coffee: Espresso machine, Coffee grinder, Milk jug, Espresso cups, Tamper, Knock box, Coffee scale, Coffee canister, Coffee brush, Serving tray
            Bread baking: Mixing bowl, Kitchen scale, Dough scraper, Proofing basket, Bread tin, Dutch oven, Oven gloves, Cooling rack, Bread knife, Bread box
            Home office: Desk, Office chair, Desk lamp, Monitor arm, Keyboard, Computer mouse, Headset, Webcam, Laptop stand, Desk mat
            Bicycle touring: Touring bicycle, Bicycle helmet, Bicycle lock, Bicycle pump, Pannier bags, Handlebar bag, Bicycle lights, Mudguards, Phone mount, Repair kit
            Painting: Easel, Canvas set, Paint brushes, Acrylic paints, Palette, Painting apron, Brush jar, Sketchbook, Portfolio case, Picture frame
            Gardening: Planter box, Trowel, Garden gloves, Watering can, Plant labels, Pruning shears, Garden hose, Kneeling pad, Compost bin, Garden bench
            Yoga: Yoga mat, Yoga block, Yoga strap, Yoga leggings, Yoga top, Bolster, Meditation cushion, Yoga towel, Mat bag, Foam roller
            Swimming: Swimsuit, Swimming goggles, Swimming cap, Kickboard, Pull buoy, Swim fins, Beach towel, Swim bag, Bath sandals, Snorkel set
            """;

    private static final String EVERYDAY_THINGS =
            "AA batteries, Gift card, Chocolate bar, Sunscreen, Umbrella, Phone cable, Power bank, Shopping bag, Hand cream, Tea selection,"
                    + " Greeting cards, Notebook, Ballpoint pens, Dish soap, Light bulbs, Tissues, Plasters, Lip balm, Chewing gum, Socks";

    private final List<Product> products;
    private final List<Product> arrivals;
    private final List<String> projects;
    private final Map<String, Product> byId;
    private final Map<String, Product> byTitle;

    private ShopCatalog(List<Product> products, List<Product> arrivals) {
        this.products = List.copyOf(products);
        this.arrivals = List.copyOf(arrivals);
        projects = products.stream()
                .filter(product -> !product.isEveryday())
                .map(Product::project)
                .distinct()
                .toList();
        byId = products.stream().collect(Collectors.toMap(Product::id, Function.identity()));
        byTitle = products.stream().collect(Collectors.toMap(Product::title, Function.identity()));
    }

    /** Fills the shelves; the seed decides which id each product gets, and which ones arrive later. */
    static ShopCatalog create(long seed) {
        List<Product> shelf = new ArrayList<>();
        for (String line : PROJECTS.lines().toList()) {
            List<String> parts = Splitter.on(": ").splitToList(line);
            addProject(shelf, parts.get(0), THINGS.splitToList(parts.get(1)));
        }
        for (String title : THINGS.split(EVERYDAY_THINGS)) {
            shelf.add(new Product("", title, Product.EVERYDAY, 0, ""));
        }
        List<Product> all = withIds(shelf, seed);
        Set<Product> late = late(all, new Random(seed));
        return new ShopCatalog(
                all.stream().filter(product -> !late.contains(product)).toList(),
                all.stream().filter(late::contains).toList());
    }

    /** Of each project, a thing in each colour, never the same thing in two. */
    private static Set<Product> late(List<Product> all, Random random) {
        Map<String, List<Integer>> steps = new HashMap<>();
        Set<Product> late = new HashSet<>();
        for (Product product : all) {
            List<Integer> shuffled =
                    steps.computeIfAbsent(product.project(), project -> shuffled(IntStream.range(0, STEPS), random));
            int colour = COLOURS.indexOf(product.colour());
            if (colour >= 0 && shuffled.get(colour) == product.step()) {
                late.add(product);
            }
        }
        return late;
    }

    private static List<Integer> shuffled(IntStream numbers, Random random) {
        List<Integer> shuffled = new ArrayList<>(numbers.boxed().toList());
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** Gives the catalogue with the new products on sale too, behind the others. */
    ShopCatalog withArrivals() {
        return new ShopCatalog(
                Stream.concat(products.stream(), arrivals.stream()).toList(), List.of());
    }

    private static void addProject(List<Product> shelf, String project, List<String> things) {
        for (int step = 0; step < things.size(); step++) {
            for (String colour : COLOURS) {
                shelf.add(new Product("", things.get(step), project, step, colour));
            }
        }
    }

    private static List<Product> withIds(List<Product> shelf, long seed) {
        List<Integer> numbers = shuffled(IntStream.range(1000, 1000 + shelf.size()), new Random(seed));
        List<Product> result = new ArrayList<>();
        for (int i = 0; i < shelf.size(); i++) {
            Product product = shelf.get(i);
            result.add(new Product(
                    "sku-" + numbers.get(i), product.thing(), product.project(), product.step(), product.colour()));
        }
        return result;
    }

    /** Gives everything on sale. */
    List<Product> products() {
        return products;
    }

    /** Gives what is not on sale yet. */
    List<Product> arrivals() {
        return arrivals;
    }

    /** Gives the names of the projects, the most common one first. */
    List<String> projects() {
        return projects;
    }

    /** Gives the colours that project things come in. */
    List<String> colours() {
        return COLOURS;
    }

    /** Gives what anybody buys at any time, the most common thing first. */
    List<Product> everyday() {
        return products.stream().filter(Product::isEveryday).toList();
    }

    /** Gives what is on sale for a project in a colour, in the order in which it is bought. */
    List<Product> shelf(String project, String colour) {
        return products.stream()
                .filter(product ->
                        product.project().equals(project) && product.colour().equals(colour))
                .sorted(Comparator.comparingInt(Product::step))
                .toList();
    }

    /** Gives what follows a product in its project and colour, or nothing where the project is complete. */
    Optional<Product> after(Product product) {
        return shelf(product.project(), product.colour()).stream()
                .filter(other -> other.step() > product.step())
                .findFirst();
    }

    /** Gives the product with that id. */
    Product byId(String id) {
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(() -> new IllegalArgumentException("The shop sells nothing with id \"" + id + "\""));
    }

    /** Gives the product with that title. */
    Product byTitle(String title) {
        return Optional.ofNullable(byTitle.get(title))
                .orElseThrow(
                        () -> new IllegalArgumentException("The shop sells nothing with the title \"" + title + "\""));
    }
}
