package io.github.recsys4j.model.encoder;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Reads FLAC files, and checks what they carry to be checked: the CRC of every frame and the MD5 of all samples.
 *
 * <p>Source: RFC 9639, Free Lossless Audio Codec (2024).
 */
final class FlacDecoder {
    private static final int STREAM_INFO = 34;
    private static final int MD5 = 16;

    private final byte[] file;

    FlacDecoder(byte[] file) {
        this.file = file;
    }

    /** The first metadata block. */
    record StreamInfo(int rate, int channels, int bits, long frames) {}

    Waveform decode() throws BrokenContentException {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        if ((buffer.get(4) & 0x7f) != 0) {
            throw new BrokenContentException("the FLAC file does not begin with its stream info: it is damaged");
        }
        long packed = buffer.getLong(18);
        StreamInfo info = new StreamInfo(
                (int) (packed >>> 44),
                (int) ((packed >>> 41) & 7) + 1,
                (int) ((packed >>> 36) & 31) + 1,
                packed & 0xfffffffffL);
        AudioDecoder.checkClaim(info.rate, info.channels, info.frames);
        byte[] expected = Arrays.copyOfRange(file, 8 + STREAM_INFO - MD5, 8 + STREAM_INFO);
        return samples(info, firstFrame(buffer), expected);
    }

    private static int firstFrame(ByteBuffer buffer) {
        int at = 4;
        while (true) {
            int header = buffer.getInt(at);
            at += 4 + (header & 0xffffff);
            if (header < 0) {
                return at;
            }
        }
    }

    private Waveform samples(StreamInfo info, int from, byte[] expected) throws BrokenContentException {
        MessageDigest md5 = md5();
        Mono mono = new Mono(info);
        FlacFrame frame = new FlacFrame(file, info);
        for (int at = from; mono.wants(at, file.length); ) {
            at = frame.read(at);
            mono.add(frame);
            frame.digest(md5);
        }
        if (mono.size < info.frames) {
            throw new BrokenContentException(
                    "the FLAC file is cut off: it claims " + info.frames + " samples and has " + mono.size);
        }
        boolean stored = !Arrays.equals(expected, new byte[MD5]);
        if (stored && !Arrays.equals(md5.digest(), expected)) {
            throw new BrokenContentException(
                    "the samples of the FLAC file do not have the MD5 it claims: it is damaged");
        }
        return new Waveform(info.rate, Arrays.copyOf(mono.samples, mono.size));
    }

    /** The mean of the channels, growing as frames arrive: a header's claim reserves no memory. */
    private static final class Mono {
        private final StreamInfo info;
        private final float scale;
        private float[] samples = new float[1 << 16];
        private int size;

        Mono(StreamInfo info) {
            this.info = info;
            scale = (float) (1 / Math.scalb(1.0, info.bits - 1));
        }

        boolean wants(int at, int end) {
            return info.frames == 0 ? at < end : size < info.frames;
        }

        void add(FlacFrame frame) throws BrokenContentException {
            AudioDecoder.checkClaim(info.rate, info.channels, (long) size + frame.blockSize());
            if (samples.length < size + frame.blockSize()) {
                samples = Arrays.copyOf(samples, Math.max(samples.length * 2, size + frame.blockSize()));
            }
            for (int i = 0; i < frame.blockSize(); i++) {
                double sum = 0;
                for (int channel = 0; channel < info.channels; channel++) {
                    sum += frame.channel(channel)[i];
                }
                samples[size++] = (float) (sum * scale / info.channels);
            }
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
