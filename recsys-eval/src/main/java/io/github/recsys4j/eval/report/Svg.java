package io.github.recsys4j.eval.report;

import java.util.List;
import java.util.Locale;

/** Draws inline in a page; colours are variables of the page, so that they follow light and dark. */
final class Svg implements Canvas {
    private static final List<String> DASHES = List.of("", "6 3", "2 3", "8 3 2 3");

    private final StringBuilder text = new StringBuilder();

    private Svg(int width, int height, String title) {
        add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", width, height, escape(title));
    }

    static String of(Chart chart) {
        Svg svg = new Svg(WIDTH, chart.height(), chart.title());
        chart.drawing().accept(svg);
        return svg.text + "</svg>";
    }

    /** What stands before a name in a legend. */
    static String sample(Chart.Key key) {
        Svg svg = new Svg(26, 14, "");
        key.draw(svg, 13, 7);
        return svg.text + "</svg>";
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

    private static String titled(String hint) {
        return hint.isEmpty() ? "" : "<title>" + escape(hint) + "</title>";
    }

    @Override
    public void line(Ink ink, double width, double x1, double y1, double x2, double y2) {
        add(
                "<line stroke=\"var(--%s)\" stroke-width=\"%.1f\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                ink.name(), width, x1, y1, x2, y2);
    }

    @Override
    public void path(Ink ink, List<double[]> points, String hint) {
        String dashes = DASHES.get(ink.kind());
        add("<polyline stroke=\"var(--%s)\"", ink.name());
        text.append(dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"")
                .append(" points=\"");
        points.forEach(point -> add("%.1f,%.1f ", point[0], point[1]));
        text.append("\">").append(titled(hint)).append("</polyline>");
    }

    @Override
    public void marker(Ink ink, double radius, double x, double y, String hint) {
        if (ink.kind() == 0) {
            add("<circle fill=\"var(--%s)\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">", ink.name(), x, y, radius);
            text.append(titled(hint)).append("</circle>");
        } else {
            add("<polygon fill=\"var(--%s)\" points=\"", ink.name());
            Shapes.corners(ink.kind(), radius, x, y).forEach(corner -> add("%.1f,%.1f ", corner[0], corner[1]));
            text.append("\">").append(titled(hint)).append("</polygon>");
        }
    }

    @Override
    public void bar(Ink ink, double x, double y, double width, double height, String hint) {
        add(
                "<rect fill=\"var(--%s)\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">",
                ink.name(), x, y, Math.max(0, width), height);
        text.append(titled(hint)).append("</rect>");
    }

    @Override
    public void text(Anchor anchor, double x, double y, String words) {
        add("<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">", anchor.name().toLowerCase(Locale.ROOT), x, y);
        text.append(escape(words)).append("</text>");
    }
}
