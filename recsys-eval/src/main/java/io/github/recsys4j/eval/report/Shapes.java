package io.github.recsys4j.eval.report;

import java.util.List;

/** Corners of markers. */
final class Shapes {
    private Shapes() {}

    /** A square, a diamond or a triangle around a point, of about the area of a circle of that radius. */
    static List<double[]> corners(int kind, double radius, double x, double y) {
        double side = radius * 0.9;
        double tip = radius * 1.3;
        return switch (kind) {
            case 1 ->
                List.of(
                        new double[] {x - side, y - side},
                        new double[] {x + side, y - side},
                        new double[] {x + side, y + side},
                        new double[] {x - side, y + side});
            case 2 ->
                List.of(new double[] {x, y - tip}, new double[] {x + tip, y}, new double[] {x, y + tip}, new double[] {
                    x - tip, y
                });
            default ->
                List.of(new double[] {x, y - tip}, new double[] {x + tip, y + side}, new double[] {x - tip, y + side});
        };
    }
}
