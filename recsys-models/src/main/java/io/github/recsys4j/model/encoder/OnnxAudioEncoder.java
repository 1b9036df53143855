package io.github.recsys4j.model.encoder;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.feature.AudioEncoder;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/**
 * An exported sound network, frozen: one that reads samples, such as YAMNet or wav2vec 2.0, or Whisper's log-mel
 * spectrograms.
 *
 * <p>Reads WAV and FLAC of any sampling rate and number of channels. A sound longer than the network's window is encoded
 * window by window, and its vector is the mean of theirs. The network gets float32 {@code [batch, samples]} or
 * {@code [batch, mels, frames]}.
 *
 * <p>Thread-safety: safe for many threads, which run side by side. Close it when done.
 */
public final class OnnxAudioEncoder implements AudioEncoder {
    private static final int FREE_WINDOW_SECONDS = 10;

    private final OrtModel model;
    private final String input;
    private final AudioPreprocessing preprocessing;
    private final EncoderHead head;
    private final int batchSize;
    private final Preparation preparation;
    private final EncoderInfo info;

    private OnnxAudioEncoder(EncoderFolder folder, EncoderOptions options, OrtModel model) {
        this.model = model;
        String name = folder.model().toString();
        AudioPreprocessing asked = preprocessing(folder, options);
        int axes = asked.spectral() ? 3 : 2;
        input = OnnxInputs.single(
                model, name, axes, asked.spectral() ? "float32 [batch, mels, frames]" : "float32 [batch, samples]");
        long[] shape = model.inputShape(input);
        preprocessing = fitted(asked, shape);
        checkShape(name, shape);
        batchSize = OnnxInputs.batchSize(name, shape[0], options.batchSize());
        Pooling offered = EncoderHead.offered(model.outputs(), Pooling.MEAN);
        head = EncoderHead.of(name, model.outputs(), options, new EncoderHead.Wish(offered, false));
        preparation = new Preparation(options.preprocessingThreads());
        int dim = means(List.of(new float[preprocessing.window()]))[0].length;
        String fingerprint = new Sha256()
                .words("onnx audio 1", preprocessing, head)
                .file(folder.model())
                .hex();
        info = new EncoderInfo(folder.id(), Modality.AUDIO, dim, fingerprint);
    }

    /**
     * Loads an encoder on the CPU, with everything as its folder says.
     *
     * @param path a folder with {@code model.onnx} (or {@code onnx/model.onnx}, or {@code audio_model.onnx} in either)
     *     and {@code preprocessor_config.json}; or an ONNX file that takes samples at 16 kHz
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if the folder is not there, has no network, or its network is no sound encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxAudioEncoder load(Path path) {
        return load(path, EncoderOptions.defaults());
    }

    /**
     * Loads an encoder.
     *
     * @param path a folder, or an ONNX file
     * @param options where and how it runs, and what the folder does not say
     * @return the encoder, to be closed by the caller
     * @throws ArtifactException if the folder is not there, has no network, or its network is no sound encoder
     * @throws io.github.recsys4j.InferenceException if ONNX Runtime cannot load or run the network
     */
    public static OnnxAudioEncoder load(Path path, EncoderOptions options) {
        EncoderFolder folder = EncoderFolder.open(
                path, options, ModelPlaces.of(Modality.AUDIO), ModelPlaces.help(Optional.empty(), path.toString()));
        return OnnxInputs.orClose(
                OrtModel.load(folder.model(), new OrtOptions(options.device(), options.threads())),
                model -> new OnnxAudioEncoder(folder, options, model));
    }

    private static AudioPreprocessing preprocessing(EncoderFolder folder, EncoderOptions options) {
        return options.audioPreprocessing()
                .or(folder::audioPreprocessing)
                .orElseGet(() -> AudioPreprocessing.waveform(AudioPreprocessing.DEFAULT_RATE));
    }

    /** Takes the window from the network's input where nobody set it; windows then overlap by half. */
    private static AudioPreprocessing fitted(AudioPreprocessing asked, long[] shape) {
        if (asked.window() > 0) {
            return asked;
        }
        int samples = shape[1] > 0 ? Math.toIntExact(shape[1]) : FREE_WINDOW_SECONDS * asked.rate();
        return asked.withWindow(samples, Math.max(1, samples / 2));
    }

    private void checkShape(String name, long[] shape) {
        long[] given = preprocessing.shape();
        for (int axis = 0; axis < given.length; axis++) {
            if (shape[axis + 1] >= 0 && shape[axis + 1] != given[axis]) {
                throw new ArtifactException("Model " + name + " takes " + Arrays.toString(shape)
                        + " (-1 is free), but sounds are prepared as [-1, "
                        + Arrays.toString(given).substring(1) + ": set audioPreprocessing in EncoderOptions");
            }
        }
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends byte[]> inputs) {
        float[] vectors = new float[Math.multiplyExact(inputs.size(), info.dim())];
        Batch next = start(inputs, 0);
        while (next.count > 0) {
            Batch batch = next;
            Preparation.await(batch.steps);
            next = start(inputs, batch.from + batch.count);
            float[][] rows = means(Arrays.asList(batch.sounds));
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(rows[row], 0, vectors, (batch.from + row) * info.dim(), info.dim());
            }
        }
        return vectors;
    }

    /** Sounds that are being decoded. */
    private static final class Batch {
        private final int from;
        private final int count;
        private final float[][] sounds;
        private List<FutureTask<?>> steps = new ArrayList<>();

        Batch(int from, int count) {
            this.from = from;
            this.count = count;
            sounds = new float[count][];
        }
    }

    private Batch start(List<? extends byte[]> inputs, int from) {
        Batch batch = new Batch(from, Math.min(batchSize, inputs.size() - from));
        batch.steps = preparation.start(
                from,
                from + batch.count,
                position -> batch.sounds[position - from] =
                        preprocessing.prepare(AudioDecoder.decode(inputs.get(position))));
        return batch;
    }

    /** The mean vector of each sound's windows, each of which goes through the network with its neighbours. */
    private float[][] means(List<float[]> sounds) {
        List<int[]> windows = new ArrayList<>();
        for (int sound = 0; sound < sounds.size(); sound++) {
            for (int window = 0; window < preprocessing.windows(sounds.get(sound).length); window++) {
                windows.add(new int[] {sound, window});
            }
        }
        float[][] sums = new float[sounds.size()][];
        int[] counts = new int[sounds.size()];
        for (int from = 0; from < windows.size(); from += batchSize) {
            List<int[]> batch = windows.subList(from, Math.min(from + batchSize, windows.size()));
            float[][] rows = run(sounds, batch);
            for (int row = 0; row < rows.length; row++) {
                int sound = batch.get(row)[0];
                sums[sound] = counts[sound]++ == 0 ? rows[row] : added(sums[sound], rows[row]);
            }
        }
        for (int sound = 0; sound < sums.length; sound++) {
            EncoderHead.divide(sums[sound], counts[sound]);
            head.finish(sums[sound]);
        }
        return sums;
    }

    private static float[] added(float[] sum, float[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
        return sum;
    }

    private float[][] run(List<float[]> sounds, List<int[]> windows) {
        long[] each = preprocessing.shape();
        int floats = (int) Arrays.stream(each).reduce(1, Math::multiplyExact);
        FloatBuffer buffer = FloatBuffer.allocate(windows.size() * floats);
        for (int row = 0; row < windows.size(); row++) {
            preprocessing.write(sounds.get(windows.get(row)[0]), windows.get(row)[1], buffer, row * floats);
        }
        long[] shape = new long[each.length + 1];
        shape[0] = windows.size();
        System.arraycopy(each, 0, shape, 1, each.length);
        return head.vectors(model.run(Map.of(input, OrtTensor.floats(buffer, shape)), head.output()), new int[0]);
    }

    @Override
    public void close() {
        preparation.close();
        model.close();
    }

    @Override
    public String toString() {
        return "OnnxAudioEncoder[" + info + ", " + head + ", " + preprocessing + "]";
    }
}
