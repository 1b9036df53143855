package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Successive halving, rung by rung: a rung begins when the one below it has ended. */
final class HalvingStrategy extends Strategy {
    private final String settings;
    private final List<Rung> rungs;

    /** Trials of equal budget; the first is the number of its first trial. */
    private record Rung(int first, int trials, int budget) {
        boolean holds(int number) {
            return number >= first && number < first + trials;
        }
    }

    HalvingStrategy(int configurations, int smallest, int largest, int reduction) {
        checkArgument(configurations >= 2, "configurations must be at least 2, got %s", configurations);
        checkArgument(smallest >= 1, "smallest budget must be at least 1, got %s", smallest);
        checkArgument(
                largest > smallest,
                "largest budget must be above the smallest, got %s and %s: search at random instead",
                largest,
                smallest);
        checkArgument(reduction >= 2, "reduction must be at least 2, got %s", reduction);
        settings = "%d configurations, budget %d to %d, reduction %d"
                .formatted(configurations, smallest, largest, reduction);
        rungs = rungs(configurations, smallest, largest, reduction);
    }

    private static List<Rung> rungs(int configurations, int smallest, int largest, int reduction) {
        List<Rung> rungs = new ArrayList<>();
        int first = 0;
        int trials = configurations;
        long budget = smallest;
        while (budget < largest) {
            rungs.add(new Rung(first, trials, (int) budget));
            first += trials;
            trials = Math.max(1, trials / reduction);
            budget *= reduction;
        }
        rungs.add(new Rung(first, trials, largest));
        return rungs;
    }

    @Override
    public int trials() {
        Rung last = rungs.get(rungs.size() - 1);
        return last.first() + last.trials();
    }

    @Override
    public long totalBudget() {
        return rungs.stream()
                .mapToLong(rung -> (long) rung.trials() * rung.budget())
                .sum();
    }

    @Override
    String fingerprint() {
        return "halving of " + settings;
    }

    @Override
    int mustKnow(int number, int jobs) {
        return rungs.get(rungOf(number)).first();
    }

    private int rungOf(int number) {
        int rung = 0;
        while (!rungs.get(rung).holds(number)) {
            rung++;
        }
        return rung;
    }

    @Override
    Trial propose(int number, List<TrialResult> known, SearchSpace space, long seed) {
        int index = rungOf(number);
        Rung rung = rungs.get(index);
        if (index == 0) {
            Settings drawn = drawRandom(space, Seeds.proposing(seed, number));
            return new Trial(number, number, drawn, rung.budget(), Seeds.training(seed, number));
        }
        Rung below = rungs.get(index - 1);
        Trial winner = known.subList(below.first(), below.first() + below.trials()).stream()
                .sorted(Comparator.comparingDouble(TrialResult::rank)
                        .reversed()
                        .thenComparing(result -> result.trial().configuration()))
                .toList()
                .get(number - rung.first())
                .trial();
        return new Trial(number, winner.configuration(), winner.settings(), rung.budget(), winner.seed());
    }

    @Override
    public String toString() {
        return "successive halving of " + settings;
    }
}
