package io.github.recsys4j.eval;

/** How negatives are drawn, without replacement, by counts of training. */
public enum Sampling {
    /** Every item alike. */
    UNIFORM,
    /** In proportion to an item's training interactions and one. */
    POPULARITY,
    /** In inverse proportion to an item's training interactions and one. */
    INVERSE_POPULARITY;

    double weight(int count) {
        return switch (this) {
            case UNIFORM -> 1;
            case POPULARITY -> count + 1.0;
            case INVERSE_POPULARITY -> 1 / (count + 1.0);
        };
    }
}
