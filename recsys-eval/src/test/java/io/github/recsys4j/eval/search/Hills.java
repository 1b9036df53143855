package io.github.recsys4j.eval.search;

/**
 * A function of settings whose optimum is known: two hills, a choice between them, and a parameter that one of them
 * has alone.
 */
final class Hills {
    static final double OPTIMUM = 0;

    static final SearchSpace SPACE = SearchSpace.of(
            Parameter.choice("hill", "low", "high"),
            Parameter.logNumber("rate", 1e-5, 1e-1),
            Parameter.number("x", -5, 5),
            Parameter.integer("n", 1, 100),
            Parameter.number("only-high", 0, 1).when("hill", "high"));

    /** The optimum, 0, is at hill=high, rate=1e-3, x=2, n=30, only-high=0.8. */
    static final Objective SCORE = trial -> {
        Settings at = trial.settings();
        double rate = Math.log10(at.number("rate")) + 3;
        double x = (at.number("x") - 2) / 2;
        double n = (at.integer("n") - 30) / 30.0;
        double rest = at.has("only-high") ? 3 * Math.abs(at.number("only-high") - 0.8) : 2;
        return -(rate * rate + x * x + n * n + rest);
    };

    private Hills() {}
}
