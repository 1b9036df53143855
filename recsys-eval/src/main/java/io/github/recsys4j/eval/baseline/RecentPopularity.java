package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.time.Duration;

/**
 * What is popular now, the same for everybody: items by how many interactions they have in the last stretch of the
 * training data, equal ones by how many they have in all of it.
 *
 * <p>With times, the stretch is the {@code window} that ends with the latest interaction, that instant included.
 * Without times a position is all that is known of time, and the stretch is each user's last {@code lastPerUser}
 * interactions.
 *
 * @param window how far back the stretch goes, above zero
 * @param lastPerUser how many interactions of each user count where there are no times, at least 1
 */
public record RecentPopularity(Duration window, int lastPerUser) implements Baseline {
    /** The setting of {@link Baselines#all()}: 30 days. */
    public static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    /** The setting of {@link Baselines#all()}. */
    public static final int DEFAULT_LAST_PER_USER = 10;

    /**
     * Checks the settings.
     *
     * @param window how far back the stretch goes
     * @param lastPerUser how many interactions of each user count where there are no times
     * @throws IllegalArgumentException if the window is not above zero or {@code lastPerUser} below 1
     */
    public RecentPopularity {
        checkArgument(
                !window.isZero() && !window.isNegative(), "window must be above zero, such as PT24H, got %s", window);
        checkArgument(lastPerUser >= 1, "lastPerUser must be at least 1, got %s", lastPerUser);
    }

    /** {@return recent popularity with its default settings} */
    public static RecentPopularity defaults() {
        return new RecentPopularity(DEFAULT_WINDOW, DEFAULT_LAST_PER_USER);
    }

    @Override
    public String name() {
        return "recent-popularity";
    }

    @Override
    public Recommender train(Dataset train) {
        int numItems = train.items().size();
        Interactions interactions = train.interactions();
        double[] ranks = new double[numItems];
        int[] all = interactions.itemCounts(numItems);
        int[] recent = recent(interactions).itemCounts(numItems);
        for (int item = 0; item < numItems; item++) {
            ranks[item] = recent[item] + all[item] / (interactions.size() + 1.0);
        }
        return new HistoryRecommender(
                name(), train, (userId, history, scores) -> System.arraycopy(ranks, 0, scores, 0, numItems));
    }

    private Interactions recent(Interactions interactions) {
        if (interactions.hasTimes()) {
            long oldest = latest(interactions) - window.toMillis();
            return interactions.filter(row -> interactions.time(row) >= oldest);
        }
        boolean[] kept = new boolean[interactions.size()];
        for (int user = 0; user < interactions.numUsers(); user++) {
            int end = interactions.end(user);
            for (int row = Math.max(interactions.start(user), end - lastPerUser); row < end; row++) {
                kept[row] = true;
            }
        }
        return interactions.filter(row -> kept[row]);
    }

    private static long latest(Interactions interactions) {
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < interactions.size(); row++) {
            latest = Math.max(latest, interactions.time(row));
        }
        return latest;
    }
}
