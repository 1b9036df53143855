package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.testing.RealData;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mel features, cepstra and resampling beside what librosa 0.11 computed of the same sounds. */
class AudioConformanceTest {
    /** Both sides round to float32 once; the sums before are in double precision here and in float32 there. */
    private static final double RELATIVE = 5e-7;

    private static final double DECIBELS = 5e-5;
    private static final double CEPSTRUM = 2e-4;
    private static final double WHISPER = 1e-6;
    private static final double SAMPLES = 1e-6;

    private static float[] expected(String sound, String kind) {
        return Fixtures.floats(RealData.path("fixtures", "audio", "expected", sound + "." + kind + ".npy"));
    }

    private static MelSpectrogram mels(int rate, MelScale scale) {
        int size = rate < 10_000 ? 512 : 1024;
        return new MelSpectrogram(new MelSpectrogram.Settings(rate, size, size / 4, 64, scale, false));
    }

    private static float[] flat(double[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                values[row * rows[row].length + i] = (float) rows[row][i];
            }
        }
        return values;
    }

    private static double largest(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "librosa_test1_22050.wav, 22050",
        "speech_1272.wav, 16000",
        "speech_1272.flac, 16000",
        "silero_test.wav, 16000",
        "jfk.flac, 44100",
        "esc_1-100032-A.ogg, 44100",
        "esc_1-17150-A.ogg, 44100"
    })
    void features_realSound_equalLibrosas(String sound, int rate) {
        float[] samples = expected(sound, "pcm_mono_3s");
        float[] slaney = expected(sound, "mel_slaney64");
        double[][] mels = mels(rate, MelScale.SLANEY).of(samples);
        assertThat(Fixtures.largestDifference(flat(mels), slaney)).isLessThan(RELATIVE * largest(slaney));
        float[] htk = expected(sound, "mel_htk64");
        assertThat(Fixtures.largestDifference(flat(mels(rate, MelScale.HTK).of(samples)), htk))
                .isLessThan(RELATIVE * largest(htk));

        LogMel.toDecibels(mels);
        assertThat(Fixtures.largestDifference(flat(mels), expected(sound, "logmel_db")))
                .isLessThan(DECIBELS);
        assertThat(Fixtures.largestDifference(flat(LogMel.cepstrum(mels, 20)), expected(sound, "mfcc20")))
                .isLessThan(CEPSTRUM);

        float[] resampled = new PolyphaseResampler(rate, 16_000).resample(samples);
        assertThat(Fixtures.largestDifference(resampled, expected(sound, "pcm16k")))
                .isLessThan(SAMPLES);
        FloatBuffer whisper = FloatBuffer.allocate(80 * 300);
        AudioPreprocessing.whisper(80, 3).write(expected(sound, "pcm16k"), 0, whisper, 0);
        assertThat(Fixtures.largestDifference(whisper.array(), expected(sound, "whisper80")))
                .isLessThan(WHISPER);
    }

    /** Samples of at most 24 bits are exact in float32; stereo is a mean, rounded once on either side. */
    @ParameterizedTest
    @CsvSource({
        "1272-141231-0002.wav, speech_1272.wav, 213360, 16000",
                "1272-141231-0002.flac, speech_1272.flac, 213360, 16000",
        "silero_test.wav, silero_test.wav, 960000, 16000", "jfk.flac, jfk.flac, 485100, 44100"
    })
    void decode_wavAndFlac_equalLibsndfile(String file, String sound, int frames, int rate) throws Exception {
        Waveform decoded = AudioDecoder.decode(Fixtures.bytes("fixtures", "audio", "src", file));
        assertThat(decoded.rate()).isEqualTo(rate);
        assertThat(decoded.samples()).hasSize(frames);
        float[] expected = expected(sound, "pcm_mono_3s");
        assertThat(Fixtures.largestDifference(Arrays.copyOf(decoded.samples(), expected.length), expected))
                .isLessThan(1e-7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1272-141231-0002.mp3", "silero_test.mp3"})
    void decode_mp3_isRefusedByName(String file) {
        byte[] sound = Fixtures.bytes("fixtures", "audio", "src", file);
        assertThatThrownBy(() -> AudioDecoder.decode(sound))
                .hasMessage("the sound is MP3, which is not supported. WAV and FLAC can be read: convert the sound, for"
                        + " instance with ffmpeg -i sound.xyz sound.flac");
    }
}
