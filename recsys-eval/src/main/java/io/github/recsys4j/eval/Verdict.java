package io.github.recsys4j.eval;

import java.util.Locale;

/** What a {@link Comparison} lets one say. */
public enum Verdict {
    /** The model's mean is better than the other's, and chance is no likely reason. */
    BETTER,
    /** The model's mean is worse than the other's, and chance is no likely reason. */
    WORSE,
    /** The means differ and chance is no likely reason, but neither direction of this metric is better. */
    DIFFERENT,
    /** Chance may well be the reason for the difference: it must not be called one. */
    NOT_DISTINGUISHABLE;

    Verdict reversed() {
        return switch (this) {
            case BETTER -> WORSE;
            case WORSE -> BETTER;
            default -> this;
        };
    }

    /** {@return such as {@code not distinguishable}} */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
