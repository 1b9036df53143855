package io.github.recsys4j.eval.report;

import java.util.List;
import java.util.Locale;

/** Builds one inline picture; its colours are classes of the page, so that they follow light and dark. */
final class Svg {
    static final int WIDTH = 440;
    /** How many colours there are; further series repeat them dashed. */
    static final int COLOURS = 8;

    private final StringBuilder text = new StringBuilder();

    Svg(int height, String title) {
        text.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">".formatted(WIDTH, height, escape(title)));
    }

    /** {@return text that is safe in elements and in attributes} */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    void path(String style, List<double[]> points, String hint) {
        add("<polyline class=\"%s\" points=\"", style);
        points.forEach(point -> add("%.1f,%.1f ", point[0], point[1]));
        add("\"><title>%s</title></polyline>", escape(hint));
    }

    void dot(String style, double x, double y, String hint) {
        add(
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>",
                style, x, y, escape(hint));
    }

    void bar(String style, double x, double y, double width, double height, String hint) {
        add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>",
                style, x, y, Math.max(0, width), height, escape(hint));
    }

    /** Writes a text whose anchor is {@code start}, {@code middle} or {@code end}. */
    void label(String anchor, double x, double y, String words) {
        add("<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", anchor, x, y, escape(words));
    }

    static String series(int index) {
        return "s" + index % COLOURS + (index / COLOURS % 2 == 1 ? " dashed" : "");
    }

    static String shortened(String name, int letters) {
        return name.codePointCount(0, name.length()) <= letters
                ? name
                : name.substring(0, name.offsetByCodePoints(0, letters - 1)) + "…";
    }

    @Override
    public String toString() {
        return text + "</svg>";
    }
}
