package io.github.recsys4j.eval.report;

import java.util.List;

/** Where a chart is drawn: in a page or in a picture. Measures are pixels of a chart that is {@value #WIDTH} wide. */
interface Canvas {
    int WIDTH = 440;

    /** Where a text is held. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void line(Ink ink, double width, double x1, double y1, double x2, double y2);

    /** Draws a line through points, each {@code {x, y}}; the hint is shown where a page is pointed at. */
    void path(Ink ink, List<double[]> points, String hint);

    void marker(Ink ink, double radius, double x, double y, String hint);

    void bar(Ink ink, double x, double y, double width, double height, String hint);

    void text(Anchor anchor, double x, double y, String words);
}
