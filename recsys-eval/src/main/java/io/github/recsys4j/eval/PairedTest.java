package io.github.recsys4j.eval;

/**
 * How two recommenders are tested on the same users, two-sided.
 *
 * @see <a href="https://doi.org/10.1145/3331184.3331259">Urbano, Lima and Hanjalic, Statistical Significance Testing
 *     in Information Retrieval, SIGIR 2019</a>
 */
public enum PairedTest {
    /** Student's t-test of the differences of users. Fast; needs some dozens of users. */
    T,
    /**
     * The sign of each user's difference is drawn anew, as often as the resamples say; the p-value is the share of
     * draws, the real one included, whose mean difference is at least as great. Assumes nothing of the distribution,
     * and cannot give less than {@code 1 / (resamples + 1)}.
     */
    RANDOMISATION
}
