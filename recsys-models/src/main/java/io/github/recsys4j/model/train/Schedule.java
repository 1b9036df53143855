package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How the learning rate changes during training, with the formulas of PyTorch 2; any of them may follow a linear
 * warm-up ({@link TrainingOptions.Builder#warmup}).
 *
 * <p>Thread-safety: immutable.
 */
public sealed interface Schedule {

    /** {@return the base rate throughout} */
    static Schedule constant() {
        return new Constant();
    }

    /**
     * Half a cosine from the base rate down to a minimum, over all steps that follow the warm-up.
     *
     * @param minimum the rate at the end, at least 0
     * @return the schedule
     */
    static Schedule cosine(double minimum) {
        return new Cosine(minimum);
    }

    /**
     * Multiplies the rate by a factor every so many epochs.
     *
     * @param everyEpochs at least 1
     * @param factor in {@code (0, 1)}
     * @return the schedule
     */
    static Schedule step(int everyEpochs, double factor) {
        return new Step(everyEpochs, factor);
    }

    /**
     * Multiplies the rate by a factor when the validation metric has not risen for more than {@code patience}
     * validations; a rise counts above a relative threshold of 1e-4.
     *
     * @param factor in {@code (0, 1)}
     * @param patience validations without a rise that are borne, at least 0
     * @return the schedule, without cool-down or minimum
     */
    static Plateau reduceOnPlateau(double factor, int patience) {
        return new Plateau(factor, patience, 1e-4, 0, 0);
    }

    /** The base rate throughout. */
    record Constant() implements Schedule {}

    /**
     * Half a cosine: {@code minimum + (base - minimum) * (1 + cos(pi * step / steps)) / 2}.
     *
     * @param minimum the rate at the end, at least 0
     */
    record Cosine(double minimum) implements Schedule {
        /**
         * Checks the range.
         *
         * @param minimum the rate at the end
         */
        public Cosine {
            Checks.notNegative("cosine minimum", minimum);
        }
    }

    /**
     * Stairs: {@code base * factor^(epoch / everyEpochs)}, with the integer quotient.
     *
     * @param everyEpochs width of a stair in epochs, at least 1
     * @param factor in {@code (0, 1)}
     */
    record Step(int everyEpochs, double factor) implements Schedule {
        /**
         * Checks the ranges.
         *
         * @param everyEpochs width of a stair
         * @param factor height of a stair
         */
        public Step {
            Checks.atLeastOne("step everyEpochs", everyEpochs);
            checkFactor("step", factor);
        }
    }

    /**
     * Falls when the validation metric stops rising.
     *
     * @param factor what the rate is multiplied by, in {@code (0, 1)}
     * @param patience validations without a rise that are borne, at least 0
     * @param threshold relative rise that counts, at least 0
     * @param cooldown validations after a fall during which none is counted, at least 0
     * @param minimum the lowest rate, at least 0
     */
    record Plateau(double factor, int patience, double threshold, int cooldown, double minimum) implements Schedule {
        /**
         * Checks the ranges.
         *
         * @param factor what the rate is multiplied by
         * @param patience validations that are borne
         * @param threshold relative rise that counts
         * @param cooldown validations that are not counted
         * @param minimum the lowest rate
         */
        public Plateau {
            checkFactor("plateau", factor);
            checkArgument(patience >= 0, "plateau patience must be at least 0, got %s", patience);
            Checks.notNegative("plateau threshold", threshold);
            checkArgument(cooldown >= 0, "plateau cooldown must be at least 0, got %s", cooldown);
            Checks.notNegative("plateau minimum", minimum);
        }

        /**
         * {@return the same with a pause after each fall}
         *
         * @param validations how many validations are not counted, at least 0
         */
        public Plateau withCooldown(int validations) {
            return new Plateau(factor, patience, threshold, validations, minimum);
        }

        /**
         * {@return the same with a lowest rate}
         *
         * @param rate at least 0
         */
        public Plateau withMinimum(double rate) {
            return new Plateau(factor, patience, threshold, cooldown, rate);
        }
    }

    private static void checkFactor(String name, double factor) {
        checkArgument(factor > 0 && factor < 1, "%s factor must be in (0, 1), got %s", name, factor);
    }
}
