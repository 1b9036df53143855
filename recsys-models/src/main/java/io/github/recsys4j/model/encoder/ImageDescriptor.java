package io.github.recsys4j.model.encoder;

import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.ImageEncoder;
import io.github.recsys4j.feature.Modality;
import java.util.List;

/**
 * Describes a picture without any network: which colours it has, where they are, and which way its edges run. Nothing
 * is learnt and nothing is downloaded. It tells a red dress from a blue one and a striped shirt from a plain one; it does
 * not know what a dress is. For that, load an {@link OnnxImageEncoder}.
 *
 * <p>The picture is squeezed to 64 x 64. Three parts, each of length 1 over the root of 3 so that a dot product weighs
 * them equally:
 * <ul>
 *   <li>64 numbers: a histogram of 4 x 4 x 4 colours with shared membership, under the root (Bhattacharyya);
 *   <li>48 numbers: mean luma, blue and red difference of 4 x 4 cells, about their middle;
 *   <li>128 numbers: 8 directions of edges in 4 x 4 cells, weighed by their strength, under the root (histograms of
 *       oriented gradients, Dalal and Triggs, CVPR 2005).
 * </ul>
 *
 * <p>Deterministic: the same bytes give the same vector on every machine. Thread-safety: no state.
 */
public final class ImageDescriptor implements ImageEncoder {
    private static final int SIZE = 64;
    private static final int CELLS = 4;
    private static final int CELL = SIZE / CELLS;
    private static final int LEVELS = 4;
    private static final int COLOURS = LEVELS * LEVELS * LEVELS;
    private static final int LAYOUT = CELLS * CELLS * Pixels.CHANNELS;
    private static final int DIRECTIONS = 8;
    private static final int EDGES = CELLS * CELLS * DIRECTIONS;
    private static final int DIM = COLOURS + LAYOUT + EDGES;
    private static final double PART = 1 / Math.sqrt(3);

    private final EncoderInfo info = new EncoderInfo(
            "image-descriptor",
            Modality.IMAGE,
            DIM,
            new Sha256().words("image descriptor", 1).hex());

    private ImageDescriptor() {}

    /** {@return the encoder; there is only one kind} */
    public static ImageDescriptor create() {
        return new ImageDescriptor();
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends byte[]> inputs) {
        return BuiltIns.rows(inputs, DIM, ImageDescriptor::describe);
    }

    private static void describe(byte[] file, float[] target, int offset) throws BrokenContentException {
        Pixels image =
                PixelResizer.resize(ImageDecoder.decode(file), SIZE, SIZE, Window.all(SIZE, SIZE), Resampling.BILINEAR);
        colours(image, target, offset);
        layout(image, target, offset + COLOURS);
        edges(image, target, offset + COLOURS + LAYOUT);
        BuiltIns.scale(target, offset, COLOURS, PART);
        BuiltIns.scale(target, offset + COLOURS, LAYOUT, PART);
        BuiltIns.scale(target, offset + COLOURS + LAYOUT, EDGES, PART);
    }

    private static void colours(Pixels image, float[] target, int from) {
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                for (int corner = 0; corner < 8; corner++) {
                    addCorner(image, x, y, corner, target, from);
                }
            }
        }
        root(target, from, COLOURS);
    }

    /** A colour belongs to the eight nearest bins, by its distance to each. */
    private static void addCorner(Pixels image, int x, int y, int corner, float[] target, int from) {
        int bin = 0;
        float share = 1;
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            float place = image.value(x, y, channel) * (LEVELS - 1) / 255f;
            int low = Math.min(LEVELS - 2, (int) place);
            boolean upper = (corner >> channel & 1) == 1;
            share *= upper ? place - low : 1 - (place - low);
            bin = bin * LEVELS + low + (upper ? 1 : 0);
        }
        target[from + bin] += share;
    }

    private static void layout(Pixels image, float[] target, int from) {
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int at = from + (y / CELL * CELLS + x / CELL) * Pixels.CHANNELS;
                float luma = luma(image, x, y);
                target[at] += luma - 0.5f;
                target[at + 1] += 0.564f * (image.value(x, y, 2) / 255f - luma);
                target[at + 2] += 0.713f * (image.value(x, y, 0) / 255f - luma);
            }
        }
    }

    private static float luma(Pixels image, int x, int y) {
        return (0.299f * image.value(x, y, 0) + 0.587f * image.value(x, y, 1) + 0.114f * image.value(x, y, 2)) / 255f;
    }

    private static void edges(Pixels image, float[] target, int from) {
        for (int y = 1; y < SIZE - 1; y++) {
            for (int x = 1; x < SIZE - 1; x++) {
                float right = luma(image, x + 1, y) - luma(image, x - 1, y);
                float down = luma(image, x, y + 1) - luma(image, x, y - 1);
                double strength = StrictMath.sqrt(right * right + down * down);
                double turn = StrictMath.atan2(down, right) / Math.PI + 1;
                double place = turn % 1 * DIRECTIONS;
                int low = (int) place % DIRECTIONS;
                int at = from + (y / CELL * CELLS + x / CELL) * DIRECTIONS;
                double share = place - Math.floor(place);
                target[at + low] += (float) (strength * (1 - share));
                target[at + (low + 1) % DIRECTIONS] += (float) (strength * share);
            }
        }
        root(target, from, EDGES);
    }

    private static void root(float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = (float) Math.sqrt(values[i]);
        }
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public String toString() {
        return "ImageDescriptor[" + info + "]";
    }
}
