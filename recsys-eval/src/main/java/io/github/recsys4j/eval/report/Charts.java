package io.github.recsys4j.eval.report;

import io.github.recsys4j.eval.Interval;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The charts of a report. */
final class Charts {
    private static final int NAME_WIDTH = 130;
    private static final int NAME_LETTERS = 19;
    private static final int ROW = 24;
    private static final int LINES_HEIGHT = 270;
    private static final int LEFT = 52;
    private static final int RIGHT = Svg.WIDTH - 16;
    private static final int BOTTOM = LINES_HEIGHT - 40;

    private Charts() {}

    /** A named value with its interval. */
    record Row(String name, double value, Optional<Interval> interval, String style) {}

    /** Values of rows as dots with their intervals; {@code zero} draws a line there. */
    static String dots(String title, List<Row> rows, boolean zero) {
        int bottom = 10 + ROW * rows.size();
        Svg svg = new Svg(bottom + 26, title);
        double low = rows.stream()
                .mapToDouble(row -> row.interval().map(Interval::low).orElse(row.value()))
                .min()
                .orElse(0);
        double high = rows.stream()
                .mapToDouble(row -> row.interval().map(Interval::high).orElse(row.value()))
                .max()
                .orElse(1);
        Axis axis = Axis.of(Math.min(0, low), Math.max(0, high), 4, NAME_WIDTH, RIGHT);
        verticals(svg, axis, bottom);
        if (zero) {
            svg.line("zero", axis.at(0), 4, axis.at(0), bottom);
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double y = 10 + ROW * (i + 0.5);
            String hint = row.name() + " " + Headline.number(row.value())
                    + row.interval()
                            .map(found -> ", " + Headline.interval(found))
                            .orElse("");
            svg.label("end", NAME_WIDTH - 10, y + 4, Svg.shortened(row.name(), NAME_LETTERS));
            row.interval()
                    .ifPresent(found ->
                            svg.line("range " + row.style(), axis.at(found.low()), y, axis.at(found.high()), y));
            svg.dot(row.style(), axis.at(row.value()), y, hint);
        }
        return svg.toString();
    }

    private static void verticals(Svg svg, Axis axis, int bottom) {
        for (double tick : axis.ticks()) {
            svg.line("grid", axis.at(tick), 4, axis.at(tick), bottom);
            svg.label("middle", axis.at(tick), bottom + 17, axis.label(tick));
        }
    }

    /** Shares of the cases by how well they were served, one bar per model. */
    static String shares(String title, List<String> names, List<double[]> shares, List<String> bins) {
        int bottom = 10 + ROW * names.size();
        Svg svg = new Svg(bottom + 26, title);
        Axis axis = Axis.of(0, 100, 4, NAME_WIDTH, RIGHT);
        verticals(svg, axis, bottom);
        for (int i = 0; i < names.size(); i++) {
            double y = 10 + ROW * i;
            svg.label("end", NAME_WIDTH - 10, y + 16, Svg.shortened(names.get(i), NAME_LETTERS));
            double start = 0;
            for (int bin = 0; bin < bins.size(); bin++) {
                double share = 100 * shares.get(i)[bin];
                svg.bar(
                        "bin b" + bin,
                        axis.at(start),
                        y + 4,
                        axis.at(start + share) - axis.at(start),
                        ROW - 8,
                        names.get(i) + ": " + bins.get(bin) + ", " + Headline.number(share) + " % of cases");
                start += share;
            }
        }
        return svg.toString();
    }

    /** Lines over a common axis; each series has its colour by its place in the list. */
    static String lines(String title, List<Curve> curves, String xName) {
        Svg svg = new Svg(LINES_HEIGHT, title);
        Axis x = axis(
                curves.stream().flatMap(curve -> curve.x().stream()).mapToDouble(Double::doubleValue), LEFT, RIGHT);
        Axis y =
                axis(curves.stream().flatMap(curve -> curve.y().stream()).mapToDouble(Double::doubleValue), BOTTOM, 10);
        frame(svg, x, y, xName);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            List<double[]> points = IntStream.range(0, curve.x().size())
                    .mapToObj(n ->
                            new double[] {x.at(curve.x().get(n)), y.at(curve.y().get(n))})
                    .toList();
            svg.path("line " + Svg.series(i), points, curve.name());
            for (int n = 0; n < points.size() && points.size() <= 20; n++) {
                String hint = curve.name() + " " + Headline.number(curve.y().get(n)) + " at "
                        + curve.x().get(n);
                svg.dot(Svg.series(i), points.get(n)[0], points.get(n)[1], hint);
            }
        }
        return svg.toString();
    }

    private static Axis axis(DoubleStream values, double from, double to) {
        double[] all = values.toArray();
        return Axis.of(
                DoubleStream.of(all).min().orElse(0), DoubleStream.of(all).max().orElse(1), 5, from, to);
    }

    private static void frame(Svg svg, Axis x, Axis y, String xName) {
        for (double tick : y.ticks()) {
            svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            svg.label("end", LEFT - 6, y.at(tick) + 4, y.label(tick));
        }
        for (double tick : x.ticks()) {
            svg.label("middle", x.at(tick), BOTTOM + 17, x.label(tick));
        }
        svg.label("middle", (LEFT + RIGHT) / 2.0, LINES_HEIGHT - 4, xName);
    }

    /** One point per series. */
    static String scatter(String title, List<Curve> points, String xName) {
        Svg svg = new Svg(LINES_HEIGHT, title);
        Axis x = axis(points.stream().mapToDouble(point -> point.x().get(0)), LEFT, RIGHT);
        Axis y = axis(points.stream().mapToDouble(point -> point.y().get(0)), BOTTOM, 10);
        frame(svg, x, y, xName);
        for (int i = 0; i < points.size(); i++) {
            Curve point = points.get(i);
            String hint = point.name() + ": " + Headline.number(point.x().get(0)) + ", "
                    + Headline.number(point.y().get(0));
            svg.dot(
                    "big " + Svg.series(i),
                    x.at(point.x().get(0)),
                    y.at(point.y().get(0)),
                    hint);
        }
        return svg.toString();
    }
}
