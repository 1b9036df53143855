package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioDecoderTest {

    /** The sample 0.5 in every width, beside -0.25 in a second channel. */
    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "1, 24", "1, 32", "3, 32", "3, 64"})
    void decode_everyWidth_givesTheMeanOfTheChannels(int format, int bits) throws Exception {
        ByteBuffer data = ByteBuffer.allocate(bits / 4).order(ByteOrder.LITTLE_ENDIAN);
        for (double sample : new double[] {0.5, -0.25}) {
            if (format == 3) {
                data = bits == 32 ? data.putFloat((float) sample) : data.putDouble(sample);
            } else {
                long value = bits == 8 ? Math.round(sample * 128) + 128 : Math.round(Math.scalb(sample, bits - 1));
                for (int part = 0; part < bits; part += 8) {
                    data.put((byte) (value >> part));
                }
            }
        }
        Waveform sound = AudioDecoder.decode(Sounds.wav(new int[] {format, 2, 8000, bits}, data.array()));
        assertThat(sound.rate()).isEqualTo(8000);
        assertThat(sound.samples()).hasSize(1);
        assertThat(sound.samples()[0]).isEqualTo(0.125f);
    }

    @Test
    void decode_streamedWav_readsToTheEnd() throws Exception {
        byte[] wav = Sounds.floatWav(new float[] {0.1f, 0.2f, 0.3f}, 8000);
        Arrays.fill(wav, 40, 44, (byte) 0xff);
        assertThat(AudioDecoder.decode(wav).samples()).containsExactly(0.1f, 0.2f, 0.3f);
    }

    @Test
    void decode_cutWav_saysHowMuchIsMissing() {
        byte[] wav = Sounds.floatWav(new float[100], 8000);
        assertThatThrownBy(() -> AudioDecoder.decode(Arrays.copyOf(wav, 244)))
                .isInstanceOf(BrokenContentException.class)
                .hasMessage("the WAV file is cut off: it claims 400 bytes of samples and has 200");
        assertThatThrownBy(() -> AudioDecoder.decode(Arrays.copyOf(wav, 40)))
                .hasMessage("the WAV file has no data chunk: it is cut off or damaged");
    }

    @Test
    void decode_compressedWav_saysWhichFormat() {
        assertThatThrownBy(() -> AudioDecoder.decode(Sounds.wav(new int[] {7, 1, 8000, 8}, new byte[4])))
                .hasMessage(
                        "the WAV file holds format 7 with 8 bits; integers of 8 to 32 bits and floats of 32 or 64 bits"
                                + " can be read: convert it to PCM");
    }

    @ParameterizedTest
    @CsvSource({
        "OggS, Ogg (Vorbis or Opus)",
        "ID3, MP3",
        "FORM, AIFF",
        "caff, Core Audio",
        "'    ftypM4A ', MPEG-4 (AAC or ALAC)"
    })
    void decode_otherFormats_areRefusedByName(String head, String name) {
        assertThatThrownBy(() -> AudioDecoder.decode((head + "0123456789").getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(BrokenContentException.class)
                .hasMessageStartingWith("the sound is " + name + ", which is not supported. WAV and FLAC can be read");
    }

    @Test
    void decode_unknownBytes_areShown() {
        assertThatThrownBy(() -> AudioDecoder.decode(new byte[] {9, 8, 7}))
                .hasMessageStartingWith(
                        "the bytes are of no known sound format: they begin with 09 08 07. WAV and FLAC");
        assertThatThrownBy(() -> AudioDecoder.decode(new byte[0])).hasMessage("the sound file is empty");
    }

    /** A flipped bit anywhere in the frames is caught by a checksum; a cut is noticed. */
    @Test
    void decode_damagedFlac_isRefused() {
        byte[] file = Fixtures.bytes("fixtures", "audio", "src", "1272-141231-0002.flac");
        Random random = new Random(11);
        for (int round = 0; round < 12; round++) {
            byte[] damaged = file.clone();
            damaged[file.length / 2 + random.nextInt(file.length / 2)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> AudioDecoder.decode(damaged)).isInstanceOf(BrokenContentException.class);
        }
        assertThatThrownBy(() -> AudioDecoder.decode(Arrays.copyOf(file, file.length / 2)))
                .isInstanceOf(BrokenContentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 22_050, 44_100, 48_000})
    void resample_tone_keepsItsPowerAndLength(int rate) {
        float[] tone = new PolyphaseResampler(rate, 16_000).resample(Sounds.tone(rate, 440, rate));
        assertThat(tone).hasSize(16_000);
        double power = 0;
        for (int i = 1000; i < 15_000; i++) {
            power += tone[i] * tone[i] / 14_000.0;
        }
        assertThat(power).isCloseTo(0.125, within(0.001));
    }

    /** Bluestein's lengths beside a plain sum. */
    @ParameterizedTest
    @ValueSource(ints = {2, 16, 30, 400, 441})
    void fft_anyLength_equalsThePlainSum(int size) {
        Random random = new Random(size);
        double[] signal = random.doubles(size, -1, 1).toArray();
        Fft fft = new Fft(size);
        double[] power = new double[size / 2 + 1];
        fft.power(Arrays.copyOf(signal, fft.scratch()), new double[fft.scratch()], power);
        for (int k = 0; k < power.length; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < size; i++) {
                re += signal[i] * Math.cos(2 * Math.PI * k * i / size);
                im -= signal[i] * Math.sin(2 * Math.PI * k * i / size);
            }
            assertThat(power[k]).isCloseTo(re * re + im * im, within(1e-9 * size));
        }
    }
}
