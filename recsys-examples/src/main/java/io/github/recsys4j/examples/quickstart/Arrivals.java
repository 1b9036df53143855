package io.github.recsys4j.examples.quickstart;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.examples.quickstart.EpochLines.Teller;
import io.github.recsys4j.model.MultimodalRecommender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks whether new products reach the people who need them. By the shop's rule, a product is the next purchase of
 * certain shoppers and of nobody else: they should find it among the first {@value #K} recommendations, others
 * should not.
 */
final class Arrivals {
    private static final int K = 10;
    private static final int SHOWN = 5;
    private static final int STRANGERS = 3000;
    private static final long SEED = 7;
    private static final double PROMISED = 0.5;

    private final Shop shop;
    private final Map<String, Product> fresh;
    private final MultimodalRecommender model;
    private final Map<Product, Reach> reaches = new HashMap<>();

    /** How often a new product was recommended, to those who need it next and to the others. */
    private static final class Reach {
        private int needed;
        private int found;
        private int others;
        private int unwanted;

        void count(boolean isNeeded, boolean isFound) {
            needed += isNeeded ? 1 : 0;
            found += isNeeded && isFound ? 1 : 0;
            others += isNeeded ? 0 : 1;
            unwanted += !isNeeded && isFound ? 1 : 0;
        }
    }

    /**
     * Prepares the look.
     *
     * @param shop before the arrival
     * @param model with the new products
     */
    Arrivals(Shop shop, MultimodalRecommender model) {
        this.shop = shop.withArrivals();
        this.model = model;
        fresh = shop.catalog().arrivals().stream().collect(Collectors.toMap(Product::id, product -> product));
    }

    /** Tells how many reach their people; true if most do. */
    boolean tell(Teller teller) {
        List<List<Product>> histories = new ArrayList<>();
        for (List<Product> basket : shop.strangers(STRANGERS, SEED)) {
            histories.add(basket.subList(0, basket.size() - 1));
        }
        List<RecommendationResult> answers =
                model.recommend(histories.stream().map(Arrivals::request).toList());
        for (int i = 0; i < histories.size(); i++) {
            count(histories.get(i), answers.get(i));
        }
        teller.say(
                "%d products that nobody has ever bought: until now, each was sold in two other colours only.",
                fresh.size());
        showFirst(teller, histories, answers);
        return summarize(teller);
    }

    private static RecommendationRequest request(List<Product> history) {
        return RecommendationRequest.forHistory(
                        history.stream().map(Product::id).toList())
                .k(K)
                .build();
    }

    private void count(List<Product> history, RecommendationResult answer) {
        Optional<Product> right = shop.next(history);
        List<String> found =
                answer.recommendations().stream().map(Recommendation::itemId).toList();
        for (Product product : fresh.values()) {
            if (!history.contains(product)) {
                reaches.computeIfAbsent(product, key -> new Reach())
                        .count(right.filter(product::equals).isPresent(), found.contains(product.id()));
            }
        }
    }

    /** Shows the first stranger who needs a new product. */
    private void showFirst(Teller teller, List<List<Product>> histories, List<RecommendationResult> answers) {
        for (int i = 0; i < histories.size(); i++) {
            Optional<Product> right = shop.next(histories.get(i)).filter(fresh::containsValue);
            if (right.isPresent()) {
                teller.say("A stranger bought:");
                histories.get(i).forEach(product -> teller.say("     %s", product.title()));
                teller.say("  and is recommended:");
                shown(answers.get(i).recommendations(), right.get()).forEach(each -> show(teller, each, right.get()));
                return;
            }
        }
    }

    /** The first few, and on to the right answer where it stands behind them. */
    private static List<Recommendation> shown(List<Recommendation> all, Product right) {
        int place = all.stream().map(Recommendation::itemId).toList().indexOf(right.id());
        return all.subList(0, Math.min(all.size(), Math.max(SHOWN, place + 1)));
    }

    private void show(Teller teller, Recommendation each, Product right) {
        Product product = shop.catalog().byId(each.itemId());
        boolean hit = product.equals(right);
        teller.say(
                "   %s %-28s %8.3f   %s%s",
                hit ? "*" : " ",
                product.title(),
                each.score(),
                why(each.itemId()),
                hit ? "   the right answer, and new" : fresh.containsValue(product) ? "   new" : "");
    }

    private String why(String itemId) {
        return model.contentShares(itemId).entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .map(share -> String.format(Locale.ROOT, "%s %.0f %%", share.getKey(), 100 * share.getValue()))
                .collect(Collectors.joining(", "));
    }

    private boolean summarize(Teller teller) {
        int needed = reaches.values().stream().mapToInt(reach -> reach.needed).sum();
        int found = reaches.values().stream().mapToInt(reach -> reach.found).sum();
        long others = reaches.values().stream().mapToLong(reach -> reach.others).sum();
        long unwanted =
                reaches.values().stream().mapToLong(reach -> reach.unwanted).sum();
        double chance = (double) K / shop.catalog().products().size();
        teller.say(
                "%,d of %,d more strangers need one of them next, and %,d find it in their first %d (by chance: %.0f);",
                needed, STRANGERS, found, K, needed * chance);
        teller.say(
                "to those who do not need it, a new product is shown in %.1f %% of the cases (by chance: %.1f %%).",
                100.0 * unwanted / others, 100 * chance);
        long reached = reaches.values().stream()
                .filter(reach -> reach.found > PROMISED * reach.needed)
                .count();
        long wanted =
                reaches.values().stream().filter(reach -> reach.needed > 0).count();
        teller.say("%d of the %d new products that somebody needs reach most of their people.", reached, wanted);
        return found > PROMISED * needed && found > 3 * needed * chance;
    }
}
