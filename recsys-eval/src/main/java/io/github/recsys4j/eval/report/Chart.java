package io.github.recsys4j.eval.report;

import java.util.List;
import java.util.function.Consumer;

/**
 * One picture of a report, to be drawn anywhere.
 *
 * @param title what it shows
 * @param words how to read it
 * @param height in pixels
 * @param drawing draws it
 * @param legend what the inks stand for
 */
record Chart(String title, String words, int height, Consumer<Canvas> drawing, List<Key> legend) {

    /** What an entry of a legend looks like. */
    enum Mark {
        LINE,
        POINT,
        AREA
    }

    /** An entry of a legend. */
    record Key(Ink ink, String name, Mark mark) {
        /** Draws it, 24 wide and 12 high, around a middle. */
        void draw(Canvas canvas, double x, double y) {
            switch (mark) {
                case LINE -> {
                    canvas.path(ink, List.of(new double[] {x - 12, y}, new double[] {x + 12, y}), "");
                    canvas.marker(ink, 4, x, y, "");
                }
                case POINT -> canvas.marker(ink, 5, x, y, "");
                case AREA -> canvas.bar(ink, x - 6, y - 6, 12, 12, "");
            }
        }
    }
}
