package io.github.recsys4j.eval.search;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Which settings a search tries next.
 *
 * <p>A strategy is a pure function of the seed, the trial's number and the results of a prefix of the trials, so
 * that a search that was cut off goes on as if nothing had happened. Thread-safety: immutable.
 */
public abstract sealed class Strategy permits CountedStrategy, HalvingStrategy {
    /** How many trials {@link #tpe(int)} draws at random before it looks at results. */
    public static final int STARTUP_TRIALS = 10;

    Strategy() {}

    /**
     * Independent draws: hard to beat where few parameters matter, and as parallel as one likes.
     *
     * @param trials how many, at least 1
     * @return the strategy
     * @throws IllegalArgumentException if {@code trials} is below 1
     * @see <a href="https://www.jmlr.org/papers/v13/bergstra12a.html">Bergstra and Bengio, Random Search for
     *     Hyper-Parameter Optimization, JMLR 2012</a>
     */
    public static Strategy random(int trials) {
        return new RandomStrategy(trials);
    }

    /**
     * Successive halving: many random configurations with a small budget, the best {@code 1 / reduction} of them
     * again with {@code reduction} times the budget, and so on up to the largest. Equal scores go to the earlier
     * configuration.
     *
     * @param configurations how many begin, at least 2
     * @param smallest the budget they begin with, at least 1, in units that the objective understands, such as
     *     epochs or per cent of the data
     * @param largest the budget at which nobody is dropped any more, above {@code smallest}
     * @param reduction how many compete for one place, at least 2; 3 is usual
     * @return the strategy
     * @throws IllegalArgumentException if a number is out of its range
     * @see <a href="https://proceedings.mlr.press/v51/jamieson16.html">Jamieson and Talwalkar, Non-Stochastic Best
     *     Arm Identification and Hyperparameter Optimization, AISTATS 2016</a>
     */
    public static Strategy halving(int configurations, int smallest, int largest, int reduction) {
        return new HalvingStrategy(configurations, smallest, largest, reduction);
    }

    /**
     * A tree-structured Parzen estimator: after {@value #STARTUP_TRIALS} random trials, settings that are likely
     * among the good trials and unlikely among the others. With several jobs it does not know the trials that are
     * still running.
     *
     * @param trials how many, at least 1
     * @return the strategy
     * @throws IllegalArgumentException if {@code trials} is below 1
     * @see <a href="https://papers.nips.cc/paper/4443-algorithms-for-hyper-parameter-optimization">Bergstra et al.,
     *     Algorithms for Hyper-Parameter Optimization, NeurIPS 2011</a>
     */
    public static Strategy tpe(int trials) {
        return new TpeStrategy(trials);
    }

    /** {@return how many measurements the search makes in all} */
    public abstract int trials();

    /**
     * {@return the sum of all budgets the search spends, if no trial fails to be made; 0 without budgets}
     */
    public long totalBudget() {
        return 0;
    }

    /** {@return what must be equal for a search to be resumed; the number of trials where it may grow is left out} */
    abstract String fingerprint();

    /** {@return how many of the first trials must have ended before that trial can be proposed} */
    abstract int mustKnow(int number, int jobs);

    /**
     * Proposes a trial.
     *
     * @param known the results of the first {@link #mustKnow} trials, by number
     */
    abstract Trial propose(int number, List<TrialResult> known, SearchSpace space, long seed);

    static Settings drawRandom(SearchSpace space, SplittableRandom random) {
        return space.draw((parameter, before) -> parameter.domain().at(random.nextDouble()));
    }
}
