package io.github.recsys4j.model.encoder;

import static io.github.recsys4j.model.encoder.Pixels.CHANNELS;

import java.util.Arrays;

/**
 * Resizes as Pillow does, bit for bit: a pass over the rows, then one over the columns, each with 22-bit fixed-point
 * weights and rounded to 8 bits. Only what a following crop keeps is computed. Between the passes a sample is an int,
 * because the compiler of Java 17 uses vector instructions for ints only.
 *
 * <p>Source: the separable convolution that {@code Image.resize} documents, with a kernel widened by the reduction.
 */
final class PixelResizer {
    private static final int PRECISION = 22;
    private static final int HALF = 1 << (PRECISION - 1);

    private PixelResizer() {}

    /**
     * The weights of each target position of one axis: from source position {@code first[i]} on, {@code taps} wide. Where the
     * source has two positions there are at least two, of which one may weigh nothing, so that two can be taken without a loop.
     */
    private static final class Weights {
        private final int[] first;
        private final int[] count;
        private final int[] values;
        private final int taps;

        Weights(int length, int taps) {
            first = new int[length];
            count = new int[length];
            values = new int[length * taps];
            this.taps = taps;
        }

        static Weights of(int source, int target, int from, int length, Resampling filter) {
            double scale = (double) source / target;
            double stretch = Math.max(1, scale);
            double support = filter.support() * stretch;
            int taps = (int) Math.ceil(support) * 2 + 1;
            Weights weights = new Weights(length, taps);
            for (int i = 0; i < length; i++) {
                double centre = (from + i + 0.5) * scale;
                int low = Math.max(0, (int) (centre - support + 0.5));
                int high = Math.min(source, (int) (centre + support + 0.5));
                int start = high - low < 2 ? Math.max(0, Math.min(low, source - 2)) : low;
                weights.first[i] = start;
                weights.count[i] = Math.max(high - start, Math.min(2, source));
                double[] exact = new double[high - low];
                Arrays.setAll(exact, tap -> filter.weight((low + tap - centre + 0.5) / stretch));
                weights.put(i * taps + low - start, exact);
            }
            return weights;
        }

        private void put(int at, double[] exact) {
            double sum = 0;
            for (double weight : exact) {
                sum += weight;
            }
            for (int tap = 0; tap < exact.length; tap++) {
                double weight = (sum == 0 ? exact[tap] : exact[tap] / sum) * (1 << PRECISION);
                values[at + tap] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
            }
        }

        int lowest() {
            return first[0];
        }

        int highest() {
            return first[first.length - 1] + count[count.length - 1];
        }
    }

    /**
     * Gives a part of the resized image.
     *
     * @param window of the resized image, inside it
     */
    static Pixels resize(Pixels image, int width, int height, Window window, Resampling filter) {
        if (filter == Resampling.NEAREST) {
            return nearest(image, width, height, window);
        }
        Weights rows = Weights.of(image.height(), height, window.top(), window.height(), filter);
        boolean keepRows = height == image.height();
        int low = keepRows ? window.top() : rows.lowest();
        int high = keepRows ? window.top() + window.height() : rows.highest();
        int[] narrow = width == image.width()
                ? columns(image, window, low, high)
                : horizontal(image, Weights.of(image.width(), width, window.left(), window.width(), filter), low, high);
        byte[] pixels = keepRows ? bytes(narrow) : vertical(narrow, rows, window.width() * CHANNELS, low);
        return new Pixels(window.width(), window.height(), pixels);
    }

    private static int[] columns(Pixels image, Window window, int low, int high) {
        int row = window.width() * CHANNELS;
        int[] result = new int[row * (high - low)];
        for (int y = low; y < high; y++) {
            int from = (y * image.width() + window.left()) * CHANNELS;
            int to = (y - low) * row;
            for (int x = 0; x < row; x++) {
                result[to + x] = image.rgb()[from + x] & 0xff;
            }
        }
        return result;
    }

    private static int[] horizontal(Pixels image, Weights weights, int low, int high) {
        byte[] source = image.rgb();
        int width = weights.first.length;
        int[] result = new int[width * (high - low) * CHANNELS];
        if (image.width() == 1) {
            return repeated(image, width, low, result);
        }
        for (int y = low; y < high; y++) {
            horizontal(source, y * image.width() * CHANNELS, weights, result, (y - low) * width * CHANNELS);
        }
        return result;
    }

    private static void horizontal(byte[] source, int row, Weights weights, int[] result, int start) {
        int[] first = weights.first;
        int[] values = weights.values;
        int[] count = weights.count;
        int taps = weights.taps;
        int at = start;
        for (int x = 0; x < first.length; x++, at += CHANNELS) {
            int from = row + first[x] * CHANNELS;
            int one = values[x * taps];
            int two = values[x * taps + 1];
            int red = HALF + (source[from] & 0xff) * one + (source[from + 3] & 0xff) * two;
            int green = HALF + (source[from + 1] & 0xff) * one + (source[from + 4] & 0xff) * two;
            int blue = HALF + (source[from + 2] & 0xff) * one + (source[from + 5] & 0xff) * two;
            for (int tap = 2; tap < count[x]; tap++) {
                from += CHANNELS;
                int weight = values[x * taps + tap];
                red += (source[from + 3] & 0xff) * weight;
                green += (source[from + 4] & 0xff) * weight;
                blue += (source[from + 5] & 0xff) * weight;
            }
            result[at] = clip(red);
            result[at + 1] = clip(green);
            result[at + 2] = clip(blue);
        }
    }

    private static int[] repeated(Pixels image, int width, int low, int[] result) {
        for (int at = 0; at < result.length; at++) {
            int y = low + at / (width * CHANNELS);
            result[at] = image.rgb()[y * CHANNELS + at % CHANNELS] & 0xff;
        }
        return result;
    }

    private static byte[] vertical(int[] source, Weights weights, int row, int low) {
        int height = weights.first.length;
        byte[] result = new byte[row * height];
        int[] sums = new int[row];
        for (int y = 0; y < height; y++) {
            int from = (weights.first[y] - low) * row;
            int weightAt = y * weights.taps;
            int count = weights.count[y];
            addRows(sums, source, from, weights.values[weightAt], count > 1 ? weights.values[weightAt + 1] : 0);
            for (int tap = 2; tap < count; tap++) {
                addRow(sums, source, from + tap * row, weights.values[weightAt + tap]);
            }
            for (int x = 0; x < row; x++) {
                result[y * row + x] = (byte) clip(sums[x]);
            }
        }
        return result;
    }

    /** Begins with the first two rows. */
    private static void addRows(int[] sums, int[] source, int from, int one, int two) {
        int next = two == 0 ? from : from + sums.length;
        for (int x = 0; x < sums.length; x++) {
            sums[x] = HALF + source[from + x] * one + source[next + x] * two;
        }
    }

    private static void addRow(int[] sums, int[] source, int from, int weight) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += source[from + x] * weight;
        }
    }

    private static int clip(int sum) {
        return Math.max(0, Math.min(255, sum >> PRECISION));
    }

    private static byte[] bytes(int[] samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        return bytes;
    }

    private static Pixels nearest(Pixels image, int width, int height, Window window) {
        int[] columns = places(image.width(), width);
        int[] rows = places(image.height(), height);
        byte[] result = new byte[window.width() * window.height() * CHANNELS];
        int at = 0;
        for (int y = window.top(); y < window.top() + window.height(); y++) {
            for (int x = window.left(); x < window.left() + window.width(); x++) {
                int from = (rows[y] * image.width() + columns[x]) * CHANNELS;
                System.arraycopy(image.rgb(), from, result, at, CHANNELS);
                at += CHANNELS;
            }
        }
        return new Pixels(window.width(), window.height(), result);
    }

    /** Adds the step again and again, as Pillow does, because the rounding of the sum decides on which side it falls. */
    private static int[] places(int source, int target) {
        double step = (double) source / target;
        int[] places = new int[target];
        double place = step * 0.5;
        for (int i = 0; i < target; i++) {
            places[i] = Math.min(source - 1, (int) place);
            place += step;
        }
        return places;
    }
}
