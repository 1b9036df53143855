package io.github.recsys4j.examples.cli;

import io.github.recsys4j.eval.Tasks;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which question the held-out cases are cut down to. */
sealed interface TaskConfig {

    /** Cuts the cases down. */
    HeldOut of(Split split, HeldOut cases);

    /** By name, the default first. */
    static Map<String, TaskConfig> all() {
        Map<String, TaskConfig> tasks = new LinkedHashMap<>();
        tasks.put("all", new All());
        tasks.put("cold-users", new ColdUsers(5));
        tasks.put("cold-items", new ColdItems(0));
        tasks.put("next-n", new NextN(1));
        tasks.put("successive", new Successive());
        return tasks;
    }

    /** Every case as it is. */
    record All() implements TaskConfig {
        @Override
        public HeldOut of(Split split, HeldOut cases) {
            return cases;
        }
    }

    /** Users with at most so many training interactions. */
    record ColdUsers(int most) implements TaskConfig {
        public ColdUsers {
            checkMost(most);
        }

        @Override
        public HeldOut of(Split split, HeldOut cases) {
            return Tasks.coldUsers(split.train(), cases, most);
        }
    }

    /** Held-out items with at most so many training interactions. */
    record ColdItems(int most) implements TaskConfig {
        public ColdItems {
            checkMost(most);
        }

        @Override
        public HeldOut of(Split split, HeldOut cases) {
            return Tasks.coldItems(split.train(), cases, most);
        }
    }

    /** The first held-out items of each case. */
    record NextN(int n) implements TaskConfig {
        public NextN {
            if (n < 1) {
                throw new IllegalArgumentException("n must be at least 1, got " + n);
            }
        }

        @Override
        public HeldOut of(Split split, HeldOut cases) {
            return Tasks.nextN(cases, n);
        }
    }

    /** One held-out item after the other, those before it in the history. */
    record Successive() implements TaskConfig {
        @Override
        public HeldOut of(Split split, HeldOut cases) {
            return Tasks.successive(cases);
        }
    }

    private static void checkMost(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most must be at least 0, got " + most);
        }
    }
}
