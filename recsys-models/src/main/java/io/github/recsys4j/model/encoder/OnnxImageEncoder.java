package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.ImageEncoder;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/**
 * An exported picture network: CLIP, DINO, ResNet, ConvNeXt, MobileNet and their like, frozen.
 *
 * <p>Reads JPEG, PNG, WebP, GIF (its first frame), BMP and TIFF, turned upright by their EXIF orientation; CMYK and gray
 * become RGB, transparency is dropped. The network gets float32 {@code [batch, 3, height, width]}. While it works on one
 * batch, other threads prepare the next.
 *
 * <p>Thread-safety: safe for many threads, which run side by side. Close it when done.
 */
public final class OnnxImageEncoder implements ImageEncoder {
    private static final int PROBE = 64;

    private final OrtModel model;
    private final String input;
    private final ImagePreprocessing preprocessing;
    private final EncoderHead head;
    private final int batchSize;
    private final Preparation preparation;
    private final Buffers buffers = new Buffers();
    private final EncoderInfo info;

    private OnnxImageEncoder(
            EncoderFolder folder, EncoderOptions options, Optional<EncoderPreset> preset, OrtModel model) {
        this.model = model;
        String name = folder.model().toString();
        input = OnnxInputs.single(model, name, 4, "pixel_values float32 [batch, 3, height, width]");
        long[] shape = model.inputShape(input);
        preprocessing = preprocessing(folder, options, preset);
        checkShape(name, shape);
        batchSize = OnnxInputs.batchSize(name, shape[0], options.batchSize());
        Pooling offered = EncoderHead.offered(model.outputs(), Pooling.CLS);
        head = EncoderHead.of(
                name,
                model.outputs(),
                options,
                new EncoderHead.Wish(
                        offered, preset.map(EncoderPreset::normalized).orElse(false)));
        preparation = new Preparation(options.preprocessingThreads());
        int dim = head.vectors(run(gray(), 1), new int[0])[0].length;
        String fingerprint = new Sha256()
                .words("onnx image 1", preprocessing, head)
                .file(folder.model())
                .hex();
        info = new EncoderInfo(folder.id(), Modality.IMAGE, dim, fingerprint);
    }

    /**
     * Loads an encoder on the CPU, with everything as its folder says.
     *
     * @param path a folder with {@code model.onnx} (or {@code onnx/model.onnx}, or {@code vision_model.onnx} in either)
     *     and {@code preprocessor_config.json}
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if the folder is not there, has no network, or its network is no picture encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxImageEncoder load(Path path) {
        return load(path, EncoderOptions.defaults());
    }

    /**
     * Loads an encoder.
     *
     * @param path a folder, or an ONNX file
     * @param options where and how it runs, and what the folder does not say
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if the folder is not there, has no network, or its network is no picture encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxImageEncoder load(Path path, EncoderOptions options) {
        return load(Optional.empty(), path, options);
    }

    /**
     * Loads a well-known encoder.
     *
     * @param preset which; it says what the folder does not
     * @param path its folder; if it is not there, the exception says which command makes it
     * @param options where and how it runs
     * @return the encoder, to be closed by the caller
     * @throws IllegalArgumentException if the preset is for texts
     * @throws ArtifactException if the folder is not there, has no network, or its network is no picture encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxImageEncoder load(EncoderPreset preset, Path path, EncoderOptions options) {
        checkArgument(
                preset.modality() == Modality.IMAGE,
                "preset %s encodes %s, not pictures: load it with OnnxTextEncoder",
                preset,
                preset.modality());
        return load(Optional.of(preset), path, options);
    }

    private static OnnxImageEncoder load(Optional<EncoderPreset> preset, Path path, EncoderOptions options) {
        EncoderFolder folder = EncoderFolder.open(
                path, options, ModelPlaces.of(Modality.IMAGE), ModelPlaces.help(preset, path.toString()));
        return OnnxInputs.orClose(
                OrtModel.load(folder.model(), new OrtOptions(options.device(), options.threads())),
                model -> new OnnxImageEncoder(folder, options, preset, model));
    }

    private static ImagePreprocessing preprocessing(
            EncoderFolder folder, EncoderOptions options, Optional<EncoderPreset> preset) {
        return options.imagePreprocessing()
                .or(folder::imagePreprocessing)
                .or(() -> preset.flatMap(EncoderPreset::imagePreprocessing))
                .orElseThrow(() -> new ArtifactException("Encoder " + folder.model()
                        + " does not say how pictures are prepared: put its preprocessor_config.json beside it, or set"
                        + " imagePreprocessing in EncoderOptions"));
    }

    private void checkShape(String name, long[] shape) {
        long[] wanted = {-1, Pixels.CHANNELS, preprocessing.height(), preprocessing.width()};
        for (int axis = 1; axis < shape.length; axis++) {
            if (shape[axis] >= 0 && shape[axis] != wanted[axis]) {
                throw new ArtifactException("Model " + name + " takes " + Arrays.toString(shape)
                        + " (-1 is free), but pictures are prepared as [-1, 3, " + preprocessing.height() + ", "
                        + preprocessing.width() + "]: use the preprocessor_config.json that belongs to it");
            }
        }
    }

    private FloatBuffer gray() {
        FloatBuffer buffer = buffers.take(preprocessing.floats());
        byte[] rgb = new byte[PROBE * PROBE * Pixels.CHANNELS];
        Arrays.fill(rgb, Byte.MAX_VALUE);
        preprocessing.write(new Pixels(PROBE, PROBE, rgb), buffer, 0);
        return buffer;
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends byte[]> inputs) {
        float[] vectors = new float[Math.multiplyExact(inputs.size(), info.dim())];
        if (inputs.size() == 1) {
            FloatBuffer buffer = buffers.take(preprocessing.floats());
            Preparation.run(0, position -> prepare(inputs.get(0), buffer, 0));
            store(run(buffer, 1), vectors, 0);
            return vectors;
        }
        Batch next = start(inputs, 0);
        while (next.count > 0) {
            Batch batch = next;
            Preparation.await(batch.steps);
            next = start(inputs, batch.from + batch.count);
            store(run(batch.buffer, batch.count), vectors, batch.from);
        }
        return vectors;
    }

    /** Pictures on their way into a buffer. */
    private record Batch(int from, int count, FloatBuffer buffer, List<FutureTask<?>> steps) {}

    private Batch start(List<? extends byte[]> inputs, int from) {
        int count = Math.min(batchSize, inputs.size() - from);
        FloatBuffer buffer = buffers.take(count * preprocessing.floats());
        return new Batch(
                from,
                count,
                buffer,
                preparation.start(
                        from, from + count, position -> prepare(inputs.get(position), buffer, position - from)));
    }

    private void prepare(byte[] file, FloatBuffer buffer, int place) throws BrokenContentException {
        preprocessing.write(ImageDecoder.decode(file), buffer, place * preprocessing.floats());
    }

    private OrtTensor run(FloatBuffer buffer, int count) {
        OrtTensor pixels =
                OrtTensor.floats(buffer, count, Pixels.CHANNELS, preprocessing.height(), preprocessing.width());
        OrtTensor output = model.run(Map.of(input, pixels), head.output());
        buffers.give(buffer);
        return output;
    }

    private void store(OrtTensor output, float[] vectors, int from) {
        float[][] rows = head.vectors(output, new int[0]);
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, vectors, (from + row) * info.dim(), info.dim());
        }
    }

    @Override
    public void close() {
        preparation.close();
        model.close();
    }

    @Override
    public String toString() {
        return "OnnxImageEncoder[" + info + ", " + head + ", " + preprocessing + "]";
    }
}
