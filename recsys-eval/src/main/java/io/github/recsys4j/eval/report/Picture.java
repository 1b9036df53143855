package io.github.recsys4j.eval.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws charts beside and below each other into a PNG, on light ground; needs no display. Not thread-safe. */
final class Picture implements Canvas {
    private static final int SCALE = 2;
    private static final int COLUMNS = 2;
    private static final int GAP = 24;
    private static final int WHOLE = COLUMNS * WIDTH + (COLUMNS + 1) * GAP;
    private static final int LINE = 20;
    private static final int LEGEND_LINE = 18;
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font BOLD = PLAIN.deriveFont(Font.BOLD, 13f);
    private static final Font HEAD = PLAIN.deriveFont(Font.PLAIN, 15f);
    private static final float[][] DASHES = {{}, {6, 3}, {2, 3}, {8, 3, 2, 3}};

    private final Graphics2D graphics;

    private Picture(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** Draws a sentence and the charts below it. */
    static byte[] png(String sentence, List<Chart> charts) {
        Picture measuring = new Picture(canvasOf(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)));
        int height = measuring.drawAll(sentence, charts);
        BufferedImage image = new BufferedImage(WHOLE * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvasOf(image);
        graphics.setColor(Color.decode(Ink.GROUND.light()));
        graphics.fillRect(0, 0, WHOLE, height);
        new Picture(graphics).drawAll(sentence, charts);
        graphics.dispose();
        return encoded(image);
    }

    private static Graphics2D canvasOf(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return graphics;
    }

    private static byte[] encoded(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory must be writable", e);
        }
        return bytes.toByteArray();
    }

    /** Draws everything and returns the height it takes. */
    private int drawAll(String sentence, List<Chart> charts) {
        int y = GAP + wrapped(HEAD, sentence, GAP, GAP + 6, WHOLE - 2 * GAP) * LINE + GAP / 2;
        for (int first = 0; first < charts.size(); first += COLUMNS) {
            int tallest = 0;
            for (int i = first; i < Math.min(first + COLUMNS, charts.size()); i++) {
                int x = GAP + (i - first) * (WIDTH + GAP);
                tallest = Math.max(tallest, draw(charts.get(i), x, y));
            }
            y += tallest + GAP;
        }
        return y;
    }

    private int draw(Chart chart, int x, int y) {
        graphics.setColor(Color.decode(Ink.TEXT.light()));
        graphics.setFont(BOLD);
        graphics.drawString(chart.title(), x, y + 14);
        int top = 22 + wrapped(PLAIN, chart.words(), x, y + 32, WIDTH) * LINE;
        graphics.translate(x, y + top);
        chart.drawing().accept(this);
        graphics.translate(-x, -y - top);
        return top + chart.height() + legend(chart.legend(), x, y + top + chart.height());
    }

    private int legend(List<Chart.Key> keys, int x, int y) {
        int left = x;
        int line = y + LEGEND_LINE;
        FontMetrics metrics = graphics.getFontMetrics(PLAIN);
        for (Chart.Key key : keys) {
            String name = Charts.shortened(key.name(), 60);
            int width = 30 + metrics.stringWidth(name) + 14;
            if (left > x && left + width > x + WIDTH) {
                left = x;
                line += LEGEND_LINE;
            }
            key.draw(this, left + 12.0, line);
            text(Anchor.START, left + 30.0, line + 4.0, name);
            left += width;
        }
        return keys.isEmpty() ? 0 : line - y + LEGEND_LINE;
    }

    /** Writes words in lines no wider than that, and returns how many. */
    private int wrapped(Font font, String words, int x, int y, int width) {
        graphics.setFont(font);
        graphics.setColor(Color.decode(Ink.TEXT.light()));
        FontMetrics metrics = graphics.getFontMetrics();
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : words.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && metrics.stringWidth(longer) > width) {
                lines.add(line);
                longer = word;
            }
            line = longer;
        }
        lines.add(line);
        for (int i = 0; i < lines.size(); i++) {
            graphics.drawString(lines.get(i), x, y + i * LINE);
        }
        return words.isEmpty() ? 0 : lines.size();
    }

    private void ink(Ink ink) {
        graphics.setColor(Color.decode(ink.light()));
    }

    @Override
    public void line(Ink ink, double width, double x1, double y1, double x2, double y2) {
        ink(ink);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void path(Ink ink, List<double[]> points, String hint) {
        ink(ink);
        float[] dashes = DASHES[ink.kind()];
        graphics.setStroke(
                dashes.length == 0
                        ? new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                        : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
        graphics.draw(shape(points));
    }

    private static Path2D shape(List<double[]> points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.get(0)[0], points.get(0)[1]);
        points.forEach(point -> path.lineTo(point[0], point[1]));
        return path;
    }

    @Override
    public void marker(Ink ink, double radius, double x, double y, String hint) {
        ink(ink);
        if (ink.kind() == 0) {
            graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        } else {
            graphics.fill(shape(Shapes.corners(ink.kind(), radius, x, y)));
        }
    }

    @Override
    public void bar(Ink ink, double x, double y, double width, double height, String hint) {
        ink(ink);
        graphics.fill(new Rectangle2D.Double(x, y, Math.max(0, width), height));
    }

    @Override
    public void text(Anchor anchor, double x, double y, String words) {
        ink(Ink.TEXT);
        graphics.setFont(PLAIN);
        double width = graphics.getFontMetrics().stringWidth(words);
        double shift = switch (anchor) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
        };
        graphics.drawString(words, (float) (x - shift), (float) y);
    }
}
