package io.github.recsys4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A scale of a chart.
 *
 * @param low the value at the beginning
 * @param high the value at the end, above {@code low}
 * @param from where it begins
 * @param to where it ends
 * @param ticks marked values with their labels
 */
record Axis(double low, double high, double from, double to, List<Tick> ticks) {
    private static final double THOUSANDS = 10_000;

    /** A marked value. */
    record Tick(double value, String label) {}

    /** Round ticks at a distance of 1, 2 or 5 times a power of ten, from tick to tick. */
    static Axis of(double least, double greatest, int ticks, double from, double to) {
        double width = greatest > least ? greatest - least : Math.max(1e-3, Math.abs(greatest) / 2);
        double raw = width / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        double low = Math.floor(least / step + 1e-9) * step;
        double high = Math.max(Math.ceil(greatest / step - 1e-9) * step, low + step);
        List<Tick> marked = new ArrayList<>();
        for (long i = Math.round(low / step); i <= Math.round(high / step); i++) {
            marked.add(new Tick(i * step, label(i * step, step, Math.max(Math.abs(low), high))));
        }
        return new Axis(low, high, from, to, marked);
    }

    private static String label(double tick, double step, double largest) {
        if (largest >= THOUSANDS && step >= 1000) {
            return Math.round(tick / 1000) + (tick == 0 ? "" : "k");
        }
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", tick == 0 ? 0.0 : tick);
    }

    /** Ticks at powers of ten, and at twice and five times each where there are few; values above 0. */
    static Axis log(double least, double greatest, double from, double to) {
        double low = Math.log10(least);
        double high = Math.max(Math.log10(greatest), low + 0.1);
        boolean few = high - low < 2;
        List<Tick> marked = new ArrayList<>();
        for (int power = (int) Math.floor(low); power <= high; power++) {
            for (int factor : few ? new int[] {1, 2, 5} : new int[] {1}) {
                double at = Math.log10(factor) + power;
                if (at >= low - 1e-9 && at <= high + 1e-9) {
                    marked.add(new Tick(at, logLabel(factor, power)));
                }
            }
        }
        return new Axis(low, high, from, to, marked);
    }

    private static String logLabel(int factor, int power) {
        return power >= -3 && power <= 3
                ? String.format(Locale.ROOT, "%." + Math.max(0, -power) + "f", factor * Math.pow(10, power))
                : factor + "e" + power;
    }

    /** Names at equal distances, whose values are their numbers. */
    static Axis of(List<String> names, double from, double to) {
        List<Tick> marked = IntStream.range(0, names.size())
                .mapToObj(i -> new Tick(i, names.get(i)))
                .toList();
        double margin = names.size() > 1 ? 0.12 * (names.size() - 1) : 1;
        return new Axis(-margin, names.size() - 1 + margin, from, to, marked);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }
}
