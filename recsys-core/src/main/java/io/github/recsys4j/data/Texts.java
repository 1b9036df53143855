package io.github.recsys4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Strict decoding, field by field, so that a bad byte can be reported with its line. */
final class Texts {
    private Texts() {}

    /**
     * Decodes a field that was read with one character for each byte.
     *
     * @throws BadRow if the bytes are not of that charset
     */
    static String decode(String name, String bytes, Charset charset) throws BadRow {
        if (charset.equals(StandardCharsets.ISO_8859_1) || isAscii(bytes)) {
            return bytes;
        }
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BadRow.field(name, bytes, charset.name());
        }
    }

    /** Decodes column names; what is not UTF-8 becomes a replacement character, and then matches no name. */
    static List<String> decodeAll(List<String> names) {
        return names.stream()
                .map(name -> new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .toList();
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 128) {
                return false;
            }
        }
        return true;
    }

    static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
