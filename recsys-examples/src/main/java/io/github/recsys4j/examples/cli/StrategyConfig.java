package io.github.recsys4j.examples.cli;

import io.github.recsys4j.eval.search.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;

/** How settings are chosen. */
sealed interface StrategyConfig {

    Strategy strategy();

    /** By name, the default first. */
    static Map<String, StrategyConfig> all() {
        Map<String, StrategyConfig> strategies = new LinkedHashMap<>();
        strategies.put("tpe", new Tpe(30));
        strategies.put("random", new Random(30));
        strategies.put("halving", new Halving(27, 1, 27, 3));
        return strategies;
    }

    /** Where good ones were. */
    record Tpe(int trials) implements StrategyConfig {
        public Tpe {
            Strategy.tpe(trials);
        }

        @Override
        public Strategy strategy() {
            return Strategy.tpe(trials);
        }
    }

    /** Anywhere. */
    record Random(int trials) implements StrategyConfig {
        public Random {
            Strategy.random(trials);
        }

        @Override
        public Strategy strategy() {
            return Strategy.random(trials);
        }
    }

    /** Many with little, the best of them with more. */
    record Halving(int configurations, int smallest, int largest, int reduction) implements StrategyConfig {
        public Halving {
            Strategy.halving(configurations, smallest, largest, reduction);
        }

        @Override
        public Strategy strategy() {
            return Strategy.halving(configurations, smallest, largest, reduction);
        }
    }
}
