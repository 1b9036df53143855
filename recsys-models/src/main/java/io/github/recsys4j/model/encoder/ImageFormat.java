package io.github.recsys4j.model.encoder;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The image formats that can be read, told by their first bytes, never by a file's name. */
enum ImageFormat {
    JPEG,
    PNG,
    GIF,
    BMP,
    TIFF,
    WEBP;

    private static final int SHOWN = 12;
    private static final String ALLOWED = "JPEG, PNG, WebP, GIF, BMP and TIFF can be read: convert the image";

    static ImageFormat of(byte[] file) throws BrokenContentException {
        String head = new String(file, 0, Math.min(file.length, 32), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        } else if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        } else if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return GIF;
        } else if (head.startsWith("BM")) {
            return BMP;
        } else if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return TIFF;
        } else if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return WEBP;
        }
        throw new BrokenContentException(refusal(file, head));
    }

    private static String refusal(byte[] file, String head) {
        if (file.length == 0) {
            return "the image file is empty";
        }
        String name = foreign(head);
        return name.isEmpty()
                ? "the bytes are of no known image format: they begin with "
                        + HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(file.length, SHOWN)) + ". " + ALLOWED
                : "the image is " + name + ", which is not supported. " + ALLOWED;
    }

    private static String foreign(String head) {
        if (head.startsWith("\0\0\0\fjP  ") || head.startsWith("\u00ffO\u00ffQ")) {
            return "JPEG 2000";
        } else if (head.startsWith("ftyp", 4)) {
            return head.startsWith("avif", 8) ? "AVIF" : "HEIF or a video";
        } else if (head.startsWith("\0\0\0\fJXL ") || head.startsWith("\u00ff\n")) {
            return "JPEG XL";
        } else if (head.matches("(?s)P[1-7]\\s.*")) {
            return "Netpbm";
        } else if (head.startsWith("8BPS")) {
            return "Photoshop";
        } else if (head.startsWith("\0\0\1\0")) {
            return "an icon";
        }
        return head.startsWith("<svg") || head.startsWith("<?xml") ? "SVG" : head.startsWith("%PDF") ? "PDF" : "";
    }
}
