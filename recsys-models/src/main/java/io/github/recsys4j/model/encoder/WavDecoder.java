package io.github.recsys4j.model.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads RIFF WAVE files: integers of 8, 16, 24 and 32 bits, floats of 32 and 64 bits, plain or in the extensible
 * format. Integers are divided by the largest power of two, as libsndfile does.
 */
final class WavDecoder {
    private static final int CHUNK_HEADER = 8;
    private static final int FMT = 0x20746d66;
    private static final int DATA = 0x61746164;
    private static final int INTEGERS = 1;
    private static final int FLOATS = 3;
    private static final int EXTENSIBLE = 0xfffe;

    private final ByteBuffer file;
    private int format;
    private int channels;
    private int rate;
    private int bits;

    WavDecoder(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    Waveform decode() throws BrokenContentException {
        int at = 12;
        while (at + CHUNK_HEADER <= file.limit()) {
            long size = file.getInt(at + 4) & 0xffffffffL;
            if (file.getInt(at) == FMT) {
                readFormat(at + CHUNK_HEADER);
            } else if (file.getInt(at) == DATA) {
                return samples(at + CHUNK_HEADER, size);
            }
            at = (int) Math.min(file.limit(), at + CHUNK_HEADER + size + (size & 1));
        }
        throw new BrokenContentException("the WAV file has no data chunk: it is cut off or damaged");
    }

    private void readFormat(int at) throws BrokenContentException {
        format = file.getShort(at) & 0xffff;
        channels = file.getShort(at + 2) & 0xffff;
        rate = file.getInt(at + 4);
        bits = file.getShort(at + 14) & 0xffff;
        if (format == EXTENSIBLE) {
            format = file.getShort(at + 24) & 0xffff;
        }
        boolean known = format == INTEGERS ? bits % 8 == 0 && bits >= 8 && bits <= 32 : format == FLOATS;
        if (!known || (format == FLOATS && bits != 32 && bits != 64)) {
            throw new BrokenContentException("the WAV file holds format " + format + " with " + bits
                    + " bits; integers of 8 to 32 bits and floats of 32 or 64 bits can be read: convert it to PCM");
        }
    }

    private Waveform samples(int at, long claimed) throws BrokenContentException {
        if (channels == 0) {
            throw new BrokenContentException("the WAV file has samples before it says of what kind: it is damaged");
        }
        // Who streams a WAV file cannot know its size and writes the largest number.
        boolean unknown = claimed >= Integer.MAX_VALUE - 1024L;
        long size = unknown ? file.limit() - at : claimed;
        if (at + size > file.limit()) {
            throw new BrokenContentException("the WAV file is cut off: it claims " + claimed
                    + " bytes of samples and has " + (file.limit() - at));
        }
        int width = bits / 8;
        long frames = size / ((long) width * channels);
        AudioDecoder.checkClaim(rate, channels, frames);
        float[] mono = new float[(int) frames];
        for (int frame = 0; frame < mono.length; frame++) {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++, at += width) {
                sum += sample(at);
            }
            mono[frame] = (float) (sum / channels);
        }
        return new Waveform(rate, mono);
    }

    private double sample(int at) {
        if (format == FLOATS) {
            return bits == 32 ? file.getFloat(at) : file.getDouble(at);
        }
        return switch (bits) {
            case 8 -> ((file.get(at) & 0xff) - 128) / 128.0;
            case 16 -> file.getShort(at) / 32768.0;
            case 24 -> (((file.get(at + 2) << 16) | (file.getShort(at) & 0xffff)) / 8388608.0);
            default -> file.getInt(at) / 2147483648.0;
        };
    }
}
