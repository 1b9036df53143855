package io.github.recsys4j.eval.search;

/** Makes one trial at a time. */
interface Measurer extends AutoCloseable {

    /** Measures a trial; whatever goes wrong with it is in the result. */
    TrialResult measure(Trial trial);

    @Override
    default void close() {}

    /** Gives each job one of its own. */
    interface Source {
        Measurer open();
    }

    /** Asks the objective itself. */
    record InThisJvm(Objective objective) implements Measurer {
        @Override
        public TrialResult measure(Trial trial) {
            long start = System.nanoTime();
            try {
                return TrialResult.of(trial, objective.measure(trial), secondsSince(start));
            } catch (RuntimeException e) {
                return TrialResult.failed(trial, describe(e), secondsSince(start));
            }
        }
    }

    static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    static String describe(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getName() : message;
    }
}
