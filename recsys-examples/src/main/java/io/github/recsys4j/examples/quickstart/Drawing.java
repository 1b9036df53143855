package io.github.recsys4j.examples.quickstart;

import com.google.common.base.Splitter;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How something looks, on a canvas of {@value #CANVAS} x {@value #CANVAS}: a few pieces, painted one over the other. The
 * notation is explained in {@code drawings.txt}.
 *
 * @param pieces the lowest first
 */
record Drawing(List<Piece> pieces) {
    /** Width and height of the canvas. */
    static final int CANVAS = 100;

    private static final Splitter PIECES = Splitter.on(';').trimResults();
    private static final Splitter NUMBERS = Splitter.on(' ').omitEmptyStrings();
    private static final String PAINTS = "-+#~*!";
    private static final BasicStroke PEN = new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke EDGE = new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final double SHADE = 0.68;
    private static final double LIGHT = 0.5;
    private static final double SHEEN = 0.22;

    /**
     * One stroke or filled shape.
     *
     * @param paint one of {@code -+#~*!}, or a space for the product's own colour
     * @param filled whether the shape is filled, or only its line drawn
     * @param shape what is painted
     */
    record Piece(char paint, boolean filled, Shape shape) {}

    /** Reads the notation. */
    static Drawing parse(String text) {
        return new Drawing(PIECES.splitToList(text).stream().map(Drawing::piece).toList());
    }

    private static Piece piece(String text) {
        boolean painted = PAINTS.indexOf(text.charAt(0)) >= 0;
        char paint = painted ? text.charAt(0) : ' ';
        String rest = painted ? text.substring(1) : text;
        double[] numbers = NUMBERS.splitToStream(rest.substring(1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        char kind = rest.charAt(0);
        return new Piece(paint, kind != 'L' && kind != 'A', shape(kind, numbers));
    }

    private static Shape shape(char kind, double[] at) {
        return switch (kind) {
            case 'P' -> path(at, true);
            case 'L' -> path(at, false);
            case 'R' -> new RoundRectangle2D.Double(at[0], at[1], at[2], at[3], 5, 5);
            case 'E' -> new Ellipse2D.Double(at[0], at[1], at[2], at[3]);
            case 'A' -> new Arc2D.Double(at[0], at[1], at[2], at[3], at[4], at[5], Arc2D.OPEN);
            default -> throw new IllegalArgumentException("a piece must be one of P, L, R, E and A, got " + kind);
        };
    }

    private static Path2D path(double[] at, boolean closed) {
        Path2D path = new Path2D.Double();
        path.moveTo(at[0], at[1]);
        for (int i = 2; i < at.length; i += 2) {
            path.lineTo(at[i], at[i + 1]);
        }
        if (closed) {
            path.closePath();
        }
        return path;
    }

    /** Paints everything in a colour, its shades, and those that do not depend on it. */
    void paint(Graphics2D canvas, Color colour) {
        for (Piece piece : pieces) {
            Color base = colour(piece.paint(), colour);
            canvas.setPaint(new GradientPaint(0, 0, mix(base, Color.WHITE, SHEEN), CANVAS, CANVAS, base));
            if (piece.filled()) {
                canvas.fill(piece.shape());
                canvas.setPaint(mix(base, Color.BLACK, 1 - SHADE));
                canvas.setStroke(EDGE);
            } else {
                canvas.setStroke(PEN);
            }
            canvas.draw(piece.shape());
        }
    }

    private static Color colour(char paint, Color colour) {
        return switch (paint) {
            case '-' -> mix(colour, Color.BLACK, 1 - SHADE);
            case '+' -> mix(colour, Color.WHITE, LIGHT);
            case '#' -> new Color(0x3b3f46);
            case '~' -> new Color(0xb4b8bd);
            case '*' -> new Color(0xb08350);
            case '!' -> new Color(0xfdfdfb);
            default -> colour;
        };
    }

    private static Color mix(Color from, Color to, double share) {
        double[] mixed = DoubleStream.of(
                        from.getRed() + share * (to.getRed() - from.getRed()),
                        from.getGreen() + share * (to.getGreen() - from.getGreen()),
                        from.getBlue() + share * (to.getBlue() - from.getBlue()))
                .toArray();
        return new Color((int) mixed[0], (int) mixed[1], (int) mixed[2]);
    }
}
