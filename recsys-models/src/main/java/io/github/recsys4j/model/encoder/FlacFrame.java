package io.github.recsys4j.model.encoder;

import io.github.recsys4j.model.encoder.FlacDecoder.StreamInfo;
import java.security.MessageDigest;

/** One frame of a FLAC file: a block of samples of every channel. Holds the last frame read. Not thread-safe. */
final class FlacFrame {
    private static final int MAX_BLOCK = 65536;
    private static final int LEFT_SIDE = 8;
    private static final int SIDE_RIGHT = 9;
    private static final int MID_SIDE = 10;
    private static final int CRC_16 = 0x8005;

    private final byte[] file;
    private final StreamInfo info;
    private final long[][] channels;
    private int blockSize;

    FlacFrame(byte[] file, StreamInfo info) {
        this.file = file;
        this.info = info;
        channels = new long[info.channels()][MAX_BLOCK];
    }

    int blockSize() {
        return blockSize;
    }

    long[] channel(int index) {
        return channels[index];
    }

    /** Reads the frame at a place; returns where the next one lies. */
    int read(int from) throws BrokenContentException {
        BitReader bits = new BitReader(file, from);
        if (bits.unsigned(15) != 0x7ffc) {
            throw damaged("no frame begins at byte " + from);
        }
        bits.unsigned(1);
        int sizeCode = bits.unsigned(4);
        int rateCode = bits.unsigned(4);
        int layout = bits.unsigned(4);
        int depthCode = bits.unsigned(3);
        bits.unsigned(1);
        skipNumber(bits);
        blockSize = blockSize(bits, sizeCode);
        bits.unsigned(rateCode == 12 ? 8 : rateCode == 13 || rateCode == 14 ? 16 : 0);
        bits.unsigned(8);
        checkLayout(layout, depthCode);
        FlacSubframe subframe = new FlacSubframe(bits, blockSize);
        for (int channel = 0; channel < channels.length; channel++) {
            boolean side = layout == SIDE_RIGHT ? channel == 0 : layout >= LEFT_SIDE && channel == 1;
            subframe.read(channels[channel], info.bits() + (side ? 1 : 0));
        }
        join(layout);
        bits.alignToByte();
        int end = bits.position();
        if (bits.unsigned(16) != crc(from, end)) {
            throw damaged("the frame at byte " + from + " has another checksum than it claims");
        }
        return end + 2;
    }

    private static BrokenContentException damaged(String problem) {
        return new BrokenContentException("the FLAC file is damaged: " + problem);
    }

    /** The frame's number, in the manner of UTF-8. */
    private static void skipNumber(BitReader bits) throws BrokenContentException {
        int first = bits.unsigned(8);
        int more = Integer.numberOfLeadingZeros(~(first << 24)) - 1;
        if (more == 0 || more > 6) {
            throw damaged("a frame has no number");
        }
        for (int i = 0; i < more; i++) {
            bits.unsigned(8);
        }
    }

    private static int blockSize(BitReader bits, int code) throws BrokenContentException {
        int size = switch (code) {
            case 0 -> throw damaged("a frame has a reserved size");
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << (code - 2);
            case 6 -> bits.unsigned(8) + 1;
            case 7 -> bits.unsigned(16) + 1;
            default -> 256 << (code - 8);
        };
        return Math.min(size, MAX_BLOCK);
    }

    private void checkLayout(int layout, int depthCode) throws BrokenContentException {
        int count = layout < LEFT_SIDE ? layout + 1 : 2;
        int depth = new int[] {info.bits(), 8, 12, -1, 16, 20, 24, 32}[depthCode];
        if (layout > MID_SIDE || count != channels.length || depth != info.bits()) {
            throw damaged("a frame has " + count + " channels of " + depth + " bits, the file " + channels.length
                    + " of " + info.bits());
        }
    }

    private void join(int layout) {
        if (layout < LEFT_SIDE) {
            return;
        }
        long[] first = channels[0];
        long[] second = channels[1];
        for (int i = 0; i < blockSize; i++) {
            if (layout == LEFT_SIDE) {
                second[i] = first[i] - second[i];
            } else if (layout == SIDE_RIGHT) {
                first[i] += second[i];
            } else {
                long middle = (first[i] << 1) | (second[i] & 1);
                long side = second[i];
                first[i] = (middle + side) >> 1;
                second[i] = (middle - side) >> 1;
            }
        }
    }

    private int crc(int from, int until) {
        int crc = 0;
        for (int i = from; i < until; i++) {
            crc ^= (file[i] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ CRC_16;
            }
        }
        return crc & 0xffff;
    }

    /** The MD5 is over little-endian samples of whole bytes, the channels interleaved. */
    void digest(MessageDigest md5) {
        int width = (info.bits() + 7) / 8;
        byte[] bytes = new byte[blockSize * channels.length * width];
        int at = 0;
        for (int i = 0; i < blockSize; i++) {
            for (long[] channel : channels) {
                for (int part = 0; part < width; part++) {
                    bytes[at++] = (byte) (channel[i] >> (8 * part));
                }
            }
        }
        md5.update(bytes);
    }
}
