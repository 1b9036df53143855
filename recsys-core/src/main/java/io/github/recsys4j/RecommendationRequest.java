package io.github.recsys4j;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.rerank.ReRanker;
import io.github.recsys4j.rerank.ReRanking;
import io.github.recsys4j.retrieval.ItemPredicate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A question to a {@link Recommender}: for whom, given what, how many, and from which items.
 *
 * <p>Without {@linkplain Builder#history(List) a history} the recommender uses the one it has of the user.
 * With one, that history alone decides, so a new user needs no training. What the history holds counts as seen
 * and is not recommended unless {@link Builder#includeSeen()} says so; {@link Builder#seen(Collection)} replaces
 * that set where more was seen than the history tells.
 *
 * <p>Thread-safety: immutable.
 */
public final class RecommendationRequest {
    /** How many items an answer holds unless the request says otherwise. */
    public static final int DEFAULT_K = 10;

    private final Optional<String> userId;
    private final Optional<List<String>> history;
    private final Optional<Set<String>> seen;
    private final Optional<Set<String>> candidates;
    private final Set<String> exclusions;
    private final Optional<ItemPredicate> filter;
    private final boolean seenExcluded;
    private final int k;
    private final ReRanking reRanking;
    private final boolean explained;

    private RecommendationRequest(Builder builder) {
        userId = builder.userId;
        history = builder.history;
        seen = builder.seen;
        candidates = builder.candidates;
        exclusions = builder.exclusions;
        filter = builder.filter;
        seenExcluded = builder.seenExcluded;
        k = builder.k;
        reRanking = builder.reRanking;
        explained = builder.explained;
    }

    /**
     * Starts from this request, to change some of it.
     *
     * @return a builder with everything that is set here
     */
    public Builder toBuilder() {
        Builder builder = new Builder(userId);
        builder.history = history;
        builder.seen = seen;
        builder.candidates = candidates;
        builder.exclusions = exclusions;
        builder.filter = filter;
        builder.seenExcluded = seenExcluded;
        builder.k = k;
        builder.reRanking = reRanking;
        builder.explained = explained;
        return builder;
    }

    /**
     * Starts a request for a user the recommender may know.
     *
     * @param userId the application's own user id
     * @return a builder
     */
    public static Builder forUser(String userId) {
        return new Builder(Optional.of(userId));
    }

    /**
     * Starts a request for whoever has this history.
     *
     * @param history item ids, oldest first; may be empty
     * @return a builder
     */
    public static Builder forHistory(List<String> history) {
        return new Builder(Optional.empty()).history(history);
    }

    /** {@return the user, or empty if only a history was given} */
    public Optional<String> userId() {
        return userId;
    }

    /** {@return item ids, oldest first, or empty if the recommender's own record of the user decides} */
    public Optional<List<String>> history() {
        return history;
    }

    /** {@return the items that count as seen, or empty if they are those of the history} */
    public Optional<Set<String>> seen() {
        return seen;
    }

    /** {@return the only items that may be recommended, or empty if all may} */
    public Optional<Set<String>> candidates() {
        return candidates;
    }

    /** {@return items never to recommend, beside what was seen} */
    public Set<String> exclusions() {
        return exclusions;
    }

    /** {@return the condition on an item's columns that every recommended item fulfils, or empty if there is none} */
    public Optional<ItemPredicate> filter() {
        return filter;
    }

    /** {@return whether seen items are left out} */
    public boolean seenExcluded() {
        return seenExcluded;
    }

    /** {@return how many items at most, at least 1} */
    public int k() {
        return k;
    }

    /** {@return what is done between finding items and showing them} */
    public ReRanking reRanking() {
        return reRanking;
    }

    /** {@return whether the answer is to say why, in {@link RecommendationResult#explanations()}} */
    public boolean isExplained() {
        return explained;
    }

    /** Collects the options of a request. Not thread-safe. */
    public static final class Builder {
        private final Optional<String> userId;
        private Optional<List<String>> history = Optional.empty();
        private Optional<Set<String>> seen = Optional.empty();
        private Optional<Set<String>> candidates = Optional.empty();
        private Set<String> exclusions = Set.of();
        private Optional<ItemPredicate> filter = Optional.empty();
        private boolean seenExcluded = true;
        private int k = DEFAULT_K;
        private ReRanking reRanking = ReRanking.none();
        private boolean explained;

        private Builder(Optional<String> userId) {
            this.userId = userId;
        }

        /**
         * Gives the history to recommend from.
         *
         * @param itemIds oldest first; unknown ids are skipped and reported
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder history(List<String> itemIds) {
            history = Optional.of(List.copyOf(itemIds));
            return this;
        }

        /**
         * Replaces the set of items that count as seen; by default it is the history's.
         *
         * @param itemIds the seen items
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder seen(Collection<String> itemIds) {
            seen = Optional.of(Set.copyOf(itemIds));
            return this;
        }

        /**
         * Lets seen items be recommended again.
         *
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder includeSeen() {
            seenExcluded = false;
            return this;
        }

        /**
         * Ranks only these items; unknown ids are ignored.
         *
         * @param itemIds the allowed items
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder candidates(Collection<String> itemIds) {
            candidates = Optional.of(Set.copyOf(itemIds));
            return this;
        }

        /**
         * Never recommends these items; unknown ids are ignored.
         *
         * @param itemIds the excluded items
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder excluding(Collection<String> itemIds) {
            exclusions = Set.copyOf(itemIds);
            return this;
        }

        /**
         * Recommends only items whose columns fulfil a condition, such as
         * {@code ItemPredicate.equal("genre", "Drama").and(ItemPredicate.atLeast("year", 1990))}. The recommender refuses
         * a column that its items do not have.
         *
         * @param condition on columns of the items' table
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder filter(ItemPredicate condition) {
            filter = Optional.of(condition);
            return this;
        }

        /**
         * Sets how many items to return at most, {@value #DEFAULT_K} by default.
         *
         * @param count at least 1
         * @return this
         * @throws IllegalArgumentException if {@code count} is below 1
         */
        @CanIgnoreReturnValue
        public Builder k(int count) {
            checkArgument(count >= 1, "k must be at least 1, got %s: ask for one recommendation or more", count);
            k = count;
            return this;
        }

        /**
         * Leaves out what the model scores lower; an answer of another {@linkplain RecommendationResult.Source
         * source} is not cut.
         *
         * @param score in the units of the model's scores
         * @return this
         * @throws IllegalArgumentException if it is NaN
         */
        @CanIgnoreReturnValue
        public Builder minimumScore(float score) {
            reRanking = reRanking.withMinimumScore(score);
            return this;
        }

        /**
         * Trades score for difference between the items of the answer, by {@link io.github.recsys4j.rerank.Mmr}.
         *
         * @param share from 0, the default, to 1
         * @return this
         * @throws IllegalArgumentException if it is not from 0 to 1
         */
        @CanIgnoreReturnValue
        public Builder diversity(double share) {
            reRanking = reRanking.withDiversity(share);
            return this;
        }

        /**
         * Prefers what few have chosen.
         *
         * @param weight of the {@linkplain io.github.recsys4j.rerank.Objective#novelty() novelty} against the score,
         *     from 0, the default, to 1
         * @return this
         * @throws IllegalArgumentException if it is not from 0 to 1, or {@link #popularity} is set
         */
        @CanIgnoreReturnValue
        public Builder novelty(double weight) {
            reRanking = reRanking.withNovelty(weight);
            return this;
        }

        /**
         * Prefers what many have chosen.
         *
         * @param weight of the popularity against the score, from 0, the default, to 1
         * @return this
         * @throws IllegalArgumentException if it is not from 0 to 1, or {@link #novelty} is set
         */
        @CanIgnoreReturnValue
        public Builder popularity(double weight) {
            reRanking = reRanking.withPopularity(weight);
            return this;
        }

        /**
         * Adds a step of one's own, after novelty and popularity, before diversity.
         *
         * @param step safe for many threads
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder reRank(ReRanker step) {
            reRanking = reRanking.withStep(step);
            return this;
        }

        /**
         * Sets all of the re-ranking at once.
         *
         * @param settings how
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder reRanking(ReRanking settings) {
            reRanking = settings;
            return this;
        }

        /**
         * Asks why each item is recommended. A model that can explain runs once more, on as many histories as the
         * history has items; a recommender that cannot leaves the explanations out.
         *
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder explain() {
            explained = true;
            return this;
        }

        /** {@return the request} */
        public RecommendationRequest build() {
            return new RecommendationRequest(this);
        }
    }
}
