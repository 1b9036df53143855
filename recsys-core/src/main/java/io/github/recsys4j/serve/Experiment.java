package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.Hashing;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.retrieval.ItemPredicate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Divides users between recommenders and says in each answer which arm it came from.
 *
 * <p>A user's arm is {@code h / 2^63} with {@code h} the upper 63 bits of MurmurHash3 (128 bits, seed 0) over the
 * experiment's name, a zero byte and the user id in UTF-8, looked up in the running sum of the arms' shares. So it is the
 * same in every process and at all times, and independent between experiments of different names. A request without a user
 * goes to the first arm.
 *
 * <p>Closing it closes the arms' recommenders. Thread-safety: safe for many threads.
 */
public final class Experiment implements Recommender {
    private final String name;
    private final List<Arm> arms;

    private Experiment(String name, List<Arm> arms) {
        this.name = name;
        this.arms = arms;
    }

    /** A recommender and where its part of the unit interval ends. */
    private record Arm(String name, Recommender recommender, double end) {}

    /**
     * Starts an experiment.
     *
     * @param name part of the hash, so that another name divides the users anew
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * {@return the arm of a user}
     *
     * @param userId the application's own user id
     */
    public String armOf(String userId) {
        return arm(userId).name();
    }

    private Arm arm(String userId) {
        long hash = Hashing.murmur3_128()
                .hashString(name + '\0' + userId, StandardCharsets.UTF_8)
                .asLong();
        double place = (hash >>> 1) / 0x1p63;
        for (Arm arm : arms) {
            if (place < arm.end()) {
                return arm;
            }
        }
        return arms.get(arms.size() - 1);
    }

    private Arm arm(RecommendationRequest request) {
        return request.userId().map(this::arm).orElse(arms.get(0));
    }

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        Arm arm = arm(request);
        return arm.recommender().recommend(request).withArm(arm.name());
    }

    @Override
    public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        Map<Arm, List<RecommendationRequest>> parts = new LinkedHashMap<>();
        List<Integer> places = new ArrayList<>();
        for (RecommendationRequest request : requests) {
            List<RecommendationRequest> part = parts.computeIfAbsent(arm(request), arm -> new ArrayList<>());
            places.add(part.size());
            part.add(request);
        }
        Map<Arm, List<RecommendationResult>> answers = new LinkedHashMap<>();
        parts.forEach((arm, part) -> answers.put(arm, arm.recommender().recommend(part)));
        List<RecommendationResult> results = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            Arm arm = arm(requests.get(i));
            results.add(answers.getOrDefault(arm, List.of()).get(places.get(i)).withArm(arm.name()));
        }
        return results;
    }

    @Override
    public List<String> history(String userId) {
        return arm(userId).recommender().history(userId);
    }

    /** {@return what the first arm says: all arms recommend from one catalogue} */
    @Override
    public Optional<Predicate<String>> matching(ItemPredicate condition) {
        return arms.get(0).recommender().matching(condition);
    }

    @Override
    public void close() {
        arms.forEach(arm -> arm.recommender().close());
    }

    /** Collects the arms. Not thread-safe. */
    public static final class Builder {
        private static final double ROUNDING = 1e-9;

        private final String name;
        private final List<Arm> arms = new ArrayList<>();
        private double sum;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Adds an arm.
         *
         * @param armName distinct
         * @param recommender who answers
         * @param share of the users, above 0; all shares sum to 1
         * @return this
         * @throws IllegalArgumentException if the name is taken or the share is not above 0
         */
        @CanIgnoreReturnValue
        public Builder arm(String armName, Recommender recommender, double share) {
            checkArgument(
                    share > 0 && share <= 1, "share of arm %s must be above 0 and at most 1, got %s", armName, share);
            checkArgument(
                    arms.stream().noneMatch(arm -> arm.name().equals(armName)),
                    "arm \"%s\" is there already: give each arm its own name",
                    armName);
            sum += share;
            arms.add(new Arm(armName, recommender, sum));
            return this;
        }

        /**
         * Makes the experiment.
         *
         * @return the experiment
         * @throws IllegalArgumentException if the shares do not sum to 1
         */
        public Experiment build() {
            checkArgument(
                    Math.abs(sum - 1) < ROUNDING,
                    "shares of the arms must sum to 1, got %s: each user belongs to one arm",
                    sum);
            return new Experiment(name, List.copyOf(arms));
        }
    }
}
