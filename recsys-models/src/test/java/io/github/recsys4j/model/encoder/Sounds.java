package io.github.recsys4j.model.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small WAV files. */
final class Sounds {
    private Sounds() {}

    static byte[] floatWav(float[] samples, int rate) {
        ByteBuffer data = ByteBuffer.allocate(samples.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(samples);
        return wav(new int[] {3, 1, rate, 32}, data.array());
    }

    /** Format, channels, rate and bits, then the samples. */
    static byte[] wav(int[] format, byte[] data) {
        int frame = format[1] * format[3] / 8;
        ByteBuffer file = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(36 + data.length).put(ascii("WAVEfmt ")).putInt(16);
        file.putShort((short) format[0])
                .putShort((short) format[1])
                .putInt(format[2])
                .putInt(format[2] * frame);
        file.putShort((short) frame).putShort((short) format[3]);
        return file.put(ascii("data")).putInt(data.length).put(data).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static float[] tone(int rate, double hertz, int samples) {
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return tone;
    }
}
