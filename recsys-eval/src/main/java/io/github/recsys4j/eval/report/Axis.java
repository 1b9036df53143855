package io.github.recsys4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A scale of a chart: round ticks at a distance of 1, 2 or 5 times a power of ten, from tick to tick. */
record Axis(double low, double high, double step, double from, double to) {

    static Axis of(double least, double greatest, int ticks, double from, double to) {
        double width = greatest > least ? greatest - least : Math.max(1e-3, Math.abs(greatest) / 2);
        double raw = width / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        double low = Math.floor(least / step + 1e-9) * step;
        double high = Math.ceil(greatest / step - 1e-9) * step;
        return new Axis(low, high > low ? high : low + step, step, from, to);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long i = Math.round(low / step); i <= Math.round(high / step); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    String label(double tick) {
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", tick == 0 ? 0.0 : tick);
    }
}
