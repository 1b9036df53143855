package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.io.AtomicFiles;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws how the loss fell and the validation metric rose, epoch by epoch, into a PNG; needs no display. */
final class TrainingCurves {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 560;
    private static final int TICK_SPACING = 70;
    private static final Color LOSS = new Color(0x1f6f8b);
    private static final Color METRIC = new Color(0xd1495b);

    /**
     * A line of the picture.
     *
     * @param name what it shows
     * @param epochs where, in epochs
     * @param values how much
     */
    record Curve(String name, List<Double> epochs, List<Double> values) {
        static Curve named(String name) {
            return new Curve(name, new ArrayList<>(), new ArrayList<>());
        }

        void add(double epoch, double value) {
            epochs.add(epoch);
            values.add(value);
        }
    }

    private TrainingCurves() {}

    static void draw(Path file, String title, Curve loss, Curve metric) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(loss.name())
                .build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotGridLinesColor(new Color(0xe4e4e4));
        chart.getStyler().setXAxisTickMarkSpacingHint(TICK_SPACING);
        chart.getStyler().setYAxisDecimalPattern("0.###").setXAxisDecimalPattern("0.#");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        add(chart, loss, LOSS, 0);
        add(chart, metric, METRIC, 1);
        chart.setYAxisGroupTitle(0, loss.name());
        chart.setYAxisGroupTitle(1, metric.name());
        AtomicFiles.write(file, png(chart));
    }

    private static void add(XYChart chart, Curve curve, Color color, int axis) {
        if (curve.values().isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(curve.name(), curve.epochs(), curve.values());
        series.setYAxisGroup(axis);
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(curve.values().size() > 60 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    }

    private static byte[] png(XYChart chart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot draw the training curves: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
