package io.github.recsys4j.model.encoder;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads WAV and FLAC files and mixes their channels to one by the mean. The format is told by the first bytes; another
 * one is refused by its name.
 */
final class AudioDecoder {
    /** More samples than this, over all channels, are refused: an hour of stereo at 48 kHz is 346 million. */
    static final long MAX_SAMPLES = 400_000_000;

    static final int MAX_RATE = 768_000;

    private static final int SHOWN = 12;
    private static final String ALLOWED =
            "WAV and FLAC can be read: convert the sound, for instance with ffmpeg -i" + " sound.xyz sound.flac";

    private AudioDecoder() {}

    static Waveform decode(byte[] file) throws BrokenContentException {
        String head = new String(file, 0, Math.min(file.length, 32), StandardCharsets.ISO_8859_1);
        try {
            if (head.startsWith("RIFF") && head.startsWith("WAVE", 8)) {
                return new WavDecoder(file).decode();
            } else if (head.startsWith("fLaC")) {
                return new FlacDecoder(file).decode();
            }
        } catch (IndexOutOfBoundsException e) {
            throw new BrokenContentException("the sound is cut off: bytes are missing at its end", e);
        }
        throw new BrokenContentException(refusal(file, head));
    }

    private static String refusal(byte[] file, String head) {
        if (file.length == 0) {
            return "the sound file is empty";
        }
        String name = foreign(file, head);
        return name.isEmpty()
                ? "the bytes are of no known sound format: they begin with "
                        + HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(file.length, SHOWN)) + ". " + ALLOWED
                : "the sound is " + name + ", which is not supported. " + ALLOWED;
    }

    private static String foreign(byte[] file, String head) {
        if (head.startsWith("OggS")) {
            return "Ogg (Vorbis or Opus)";
        } else if (head.startsWith("ID3")) {
            return "MP3";
        } else if (head.startsWith("ftyp", 4)) {
            return "MPEG-4 (AAC or ALAC)";
        } else if (head.startsWith("FORM")) {
            return "AIFF";
        } else if (head.startsWith("\u001aE\u00df\u00a3")) {
            return "Matroska or WebM";
        } else if (head.startsWith("0&\u00b2u")) {
            return "Windows Media";
        } else if (head.startsWith("#!AMR")) {
            return "AMR";
        } else if (head.startsWith("caff")) {
            return "Core Audio";
        }
        return mpegFrame(file);
    }

    private static String mpegFrame(byte[] file) {
        if (file.length < 2 || (file[0] & 0xff) != 0xff || (file[1] & 0xe0) != 0xe0) {
            return "";
        }
        return (file[1] & 0x06) == 0 ? "AAC" : "MP3";
    }

    /** Checks what a header claims before anything is reserved for it. */
    static void checkClaim(long rate, long channels, long frames) throws BrokenContentException {
        if (rate < 1 || rate > MAX_RATE || channels < 1 || channels > 255 || frames < 0) {
            throw new BrokenContentException("the sound claims " + channels + " channels of " + frames + " samples at "
                    + rate + " Hz: its header is damaged");
        }
        if (frames * channels > MAX_SAMPLES) {
            throw new BrokenContentException("the sound has " + channels + " channels of " + frames + " samples; "
                    + MAX_SAMPLES + " together can be read: cut it first");
        }
    }
}
