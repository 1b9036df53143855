package io.github.recsys4j.eval.report;

import io.github.recsys4j.eval.Interval;
import io.github.recsys4j.eval.Numbers;
import io.github.recsys4j.eval.report.Canvas.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The kinds of charts. */
final class Charts {
    private static final int NAME_WIDTH = 148;
    private static final int NAME_LETTERS = 18;
    private static final int ROW = 24;
    private static final int LINES_HEIGHT = 270;
    private static final int LEFT = 52;
    private static final int RIGHT = Canvas.WIDTH - 16;
    private static final int BOTTOM = LINES_HEIGHT - 40;
    private static final int FEW_POINTS = 20;

    private Charts() {}

    /** A named value with its interval. */
    record Row(String name, double value, Optional<Interval> interval, Ink ink) {
        private double low() {
            return interval.map(Interval::low).orElse(value);
        }

        private double high() {
            return interval.map(Interval::high).orElse(value);
        }
    }

    /** A line or points in the ink of what they belong to. */
    record Series(Curve curve, Ink ink) {}

    /** How wide one value of a list is spread over cases. */
    record Shares(String name, List<Double> shares) {}

    /** Values of rows as markers with their intervals; zero is always in sight. */
    static Chart dots(String title, String words, List<Row> rows) {
        int bottom = 10 + ROW * rows.size();
        double low = rows.stream().mapToDouble(Row::low).min().orElse(0);
        double high = rows.stream().mapToDouble(Row::high).max().orElse(1);
        Axis axis = Axis.of(Math.min(0, low), Math.max(0, high), 4, NAME_WIDTH, RIGHT);
        return new Chart(
                title,
                words,
                bottom + 26,
                canvas -> {
                    verticals(canvas, axis, bottom);
                    canvas.line(Ink.TEXT, 1, axis.at(0), 4, axis.at(0), bottom);
                    for (int i = 0; i < rows.size(); i++) {
                        dot(canvas, axis, rows.get(i), 10 + ROW * (i + 0.5));
                    }
                },
                List.of());
    }

    private static void dot(Canvas canvas, Axis axis, Row row, double y) {
        canvas.text(Anchor.END, NAME_WIDTH - 12, y + 4, shortened(row.name(), NAME_LETTERS));
        canvas.line(row.ink(), 3, axis.at(row.low()), y, axis.at(row.high()), y);
        String interval =
                row.interval().map(found -> ", " + Numbers.text(found)).orElse("");
        canvas.marker(row.ink(), 5, axis.at(row.value()), y, row.name() + " " + Numbers.text(row.value()) + interval);
    }

    private static void verticals(Canvas canvas, Axis axis, int bottom) {
        for (Axis.Tick tick : axis.ticks()) {
            canvas.line(Ink.GRID, 1, axis.at(tick.value()), 4, axis.at(tick.value()), bottom);
            canvas.text(Anchor.MIDDLE, axis.at(tick.value()), bottom + 17, tick.label());
        }
    }

    /** Shares of the cases by how well they were served, one bar per model. */
    static Chart shares(String title, String words, List<Shares> rows, List<String> bins) {
        int bottom = 10 + ROW * rows.size();
        Axis axis = Axis.of(0, 100, 4, NAME_WIDTH, RIGHT);
        List<Chart.Key> legend = new ArrayList<>();
        for (int bin = 0; bin < bins.size(); bin++) {
            legend.add(new Chart.Key(Ink.step(bin), bins.get(bin), Chart.Mark.AREA));
        }
        return new Chart(
                title,
                words,
                bottom + 26,
                canvas -> {
                    verticals(canvas, axis, bottom);
                    for (int i = 0; i < rows.size(); i++) {
                        bars(canvas, axis, rows.get(i), 10 + ROW * i, bins);
                    }
                },
                legend);
    }

    private static void bars(Canvas canvas, Axis axis, Shares row, double y, List<String> bins) {
        canvas.text(Anchor.END, NAME_WIDTH - 12, y + 16, shortened(row.name(), NAME_LETTERS));
        double start = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            double share = 100 * row.shares().get(bin);
            String hint = row.name() + ": " + bins.get(bin) + ", " + Numbers.text(share) + " % of cases";
            canvas.bar(Ink.step(bin), axis.at(start), y + 4, axis.at(start + share) - axis.at(start), ROW - 8, hint);
            start += share;
        }
    }

    /** Lines over numbers. */
    static Chart lines(String title, String words, List<Series> series, String xName) {
        Axis x = axis(series.stream().flatMap(each -> each.curve().x().stream()), LEFT, RIGHT);
        return lines(title, words, series, x, xName);
    }

    /** Lines over names at equal distances, which the curves' places are numbers of. */
    static Chart lines(String title, String words, List<Series> series, List<String> places, String xName) {
        return lines(title, words, series, Axis.of(places, LEFT, RIGHT), xName);
    }

    private static Chart lines(String title, String words, List<Series> series, Axis x, String xName) {
        Axis y = axis(series.stream().flatMap(each -> each.curve().y().stream()), BOTTOM, 10);
        return new Chart(
                title,
                words,
                LINES_HEIGHT,
                canvas -> {
                    frame(canvas, x, y, xName);
                    series.forEach(each -> line(canvas, x, y, each));
                },
                legend(series, Chart.Mark.LINE));
    }

    private static void line(Canvas canvas, Axis x, Axis y, Series series) {
        Curve curve = series.curve();
        List<double[]> points = new ArrayList<>();
        for (int n = 0; n < curve.x().size(); n++) {
            points.add(new double[] {x.at(curve.x().get(n)), y.at(curve.y().get(n))});
        }
        canvas.path(series.ink(), points, curve.name());
        for (int n = 0; n < points.size() && points.size() <= FEW_POINTS; n++) {
            double[] point = points.get(n);
            canvas.marker(
                    series.ink(),
                    3.5,
                    point[0],
                    point[1],
                    curve.name() + " " + Numbers.text(curve.y().get(n)));
        }
    }

    private static List<Chart.Key> legend(List<Series> series, Chart.Mark mark) {
        return series.size() < 2
                ? List.of()
                : series.stream()
                        .map(each -> new Chart.Key(each.ink(), each.curve().name(), mark))
                        .toList();
    }

    private static Axis axis(Stream<Double> values, double from, double to) {
        double[] all = values.mapToDouble(Double::doubleValue).toArray();
        return Axis.of(
                DoubleStream.of(all).min().orElse(0), DoubleStream.of(all).max().orElse(1), 5, from, to);
    }

    private static void frame(Canvas canvas, Axis x, Axis y, String xName) {
        for (Axis.Tick tick : y.ticks()) {
            canvas.line(Ink.GRID, 1, LEFT, y.at(tick.value()), RIGHT, y.at(tick.value()));
            canvas.text(Anchor.END, LEFT - 6, y.at(tick.value()) + 4, tick.label());
        }
        for (Axis.Tick tick : x.ticks()) {
            canvas.text(Anchor.MIDDLE, x.at(tick.value()), BOTTOM + 17, tick.label());
        }
        canvas.text(Anchor.MIDDLE, (LEFT + RIGHT) / 2.0, LINES_HEIGHT - 4, xName);
    }

    /** Points without lines, over numbers. */
    static Chart points(String title, String words, List<Series> series, String xName) {
        Axis x = axis(series.stream().flatMap(each -> each.curve().x().stream()), LEFT, RIGHT);
        return points(title, words, series, x, xName);
    }

    /** Points without lines, over an axis of one's own. */
    static Chart points(String title, String words, List<Series> series, Axis x, String xName) {
        return pointsAndLines(title, words, series, List.of(), x, xName);
    }

    /** Points, and lines of the same values' course without markers. */
    static Chart pointsAndLines(
            String title, String words, List<Series> series, List<Series> lines, Axis x, String xName) {
        Axis y = axis(series.stream().flatMap(each -> each.curve().y().stream()), BOTTOM, 10);
        return new Chart(
                title,
                words,
                LINES_HEIGHT,
                canvas -> {
                    frame(canvas, x, y, xName);
                    lines.forEach(each -> canvas.path(
                            each.ink(), steps(each.curve(), x, y), each.curve().name()));
                    series.forEach(each -> points(canvas, x, y, each));
                },
                legend(series, Chart.Mark.POINT));
    }

    /** Corners of a staircase. */
    private static List<double[]> steps(Curve curve, Axis x, Axis y) {
        List<double[]> corners = new ArrayList<>();
        for (int n = 0; n < curve.x().size(); n++) {
            double at = x.at(curve.x().get(n));
            if (n > 0) {
                corners.add(new double[] {at, y.at(curve.y().get(n - 1))});
            }
            corners.add(new double[] {at, y.at(curve.y().get(n))});
        }
        return corners;
    }

    private static void points(Canvas canvas, Axis x, Axis y, Series series) {
        Curve curve = series.curve();
        for (int n = 0; n < curve.x().size(); n++) {
            double at = curve.x().get(n);
            double value = curve.y().get(n);
            String hint = curve.name() + ": " + Numbers.text(value);
            canvas.marker(series.ink(), 5, x.at(at), y.at(value), hint);
        }
    }

    static Axis axis(double least, double greatest) {
        return Axis.of(least, greatest, 5, LEFT, RIGHT);
    }

    static Axis logAxis(double least, double greatest) {
        return Axis.log(least, greatest, LEFT + 6, RIGHT - 6);
    }

    static Axis nameAxis(List<String> names) {
        return Axis.of(names, LEFT, RIGHT);
    }

    /** A long name without its middle, since the end often tells more than the beginning. */
    static String shortened(String name, int letters) {
        int[] points = name.codePoints().toArray();
        if (points.length <= letters) {
            return name;
        }
        int begin = letters / 3;
        int end = letters - 1 - begin;
        return new String(points, 0, begin) + "…" + new String(points, points.length - end, end);
    }
}
