package io.github.recsys4j.examples.quickstart;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.examples.quickstart.EpochLines.Teller;
import java.util.List;
import java.util.Optional;

/** Asks a recommender questions whose answers the shop knows. */
final class ShopQuiz {
    private static final int K = 5;

    private final Shop shop;
    private final Recommender recommender;

    ShopQuiz(Shop shop, Recommender recommender) {
        this.shop = shop;
        this.recommender = recommender;
    }

    /** Asks about a shopper by id and about a stranger by history; tells whether both answers hold the right one. */
    boolean ask(Teller teller) {
        int shopper = firstWithAnswer();
        List<Product> bought = shop.baskets().get(shopper);
        teller.say("%s, as the model knows them, bought:", Shop.userId(shopper));
        boolean known = answer(
                teller, bought.subList(0, bought.size() - 2), recommender.getRecommendations(Shop.userId(shopper), K));
        List<Product> camping = shop.catalog().shelf("Camping", "green");
        List<Product> coffee = shop.catalog().shelf("Coffee", "red");
        List<Product> stranger = List.of(
                camping.get(0),
                coffee.get(0),
                camping.get(1),
                coffee.get(1),
                shop.catalog().byTitle("Chocolate bar"));
        teller.say("A stranger, who is in no file, bought:");
        boolean unknown = answer(teller, stranger, recommender.getRecommendations(ids(stranger), K));
        return known && unknown;
    }

    private int firstWithAnswer() {
        for (int shopper = 0; shopper < shop.baskets().size(); shopper++) {
            List<Product> basket = shop.baskets().get(shopper);
            if (shop.next(basket.subList(0, basket.size() - 2)).isPresent()) {
                return shopper;
            }
        }
        throw new IllegalStateException("no shopper's next purchase is known");
    }

    private boolean answer(Teller teller, List<Product> history, List<Recommendation> recommendations) {
        history.forEach(product -> teller.say("     %s", product.title()));
        Product right = shop.next(history).orElseThrow();
        teller.say("  and is recommended:");
        boolean found = false;
        for (Recommendation each : recommendations) {
            Product product = shop.catalog().byId(each.itemId());
            boolean hit = product.equals(right);
            found |= hit;
            teller.say(
                    "   %s %-28s %8.3f%s",
                    hit ? "*" : " ", product.title(), each.score(), hit ? "   the right answer" : "");
        }
        if (!found) {
            teller.say("     the right answer, %s, is missing", right.title());
        }
        return found;
    }

    /** Counts the histories whose first recommendation is the right one; the last purchase is what is asked for. */
    int countRight(List<List<Product>> baskets) {
        int right = 0;
        for (List<Product> basket : baskets) {
            List<Product> history = basket.subList(0, basket.size() - 1);
            Optional<Product> expected = shop.next(history);
            List<Recommendation> first = recommender.getRecommendations(ids(history), 1);
            right += expected.isPresent()
                            && first.get(0).itemId().equals(expected.get().id())
                    ? 1
                    : 0;
        }
        return right;
    }

    private static List<String> ids(List<Product> products) {
        return products.stream().map(Product::id).toList();
    }
}
