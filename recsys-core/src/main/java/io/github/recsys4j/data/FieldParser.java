package io.github.recsys4j.data;

import java.nio.charset.StandardCharsets;

/** Reads the numbers of a row from its bytes. Stateless. */
final class FieldParser {
    private static final int FLOAT_EXACT = (1 << 24) - 9;
    private static final float[] POWERS = {1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};
    private static final String EXPECTED = "a finite number, such as 4.5";

    private FieldParser() {}

    /**
     * The nearest float to a decimal number. Up to 7 digits are divided by a power of ten: both are exact, so the
     * one rounding of the division is the right one. The rest goes to {@link Float#parseFloat}.
     */
    static float value(String name, byte[] bytes, int from, int to) throws BadRow {
        if (to - from == 3 && bytes[from + 1] == '.' && isDigit(bytes[from]) && isDigit(bytes[from + 2])) {
            return ((bytes[from] - '0') * 10 + bytes[from + 2] - '0') / 10f;
        }
        return longerValue(name, bytes, from, to);
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static float longerValue(String name, byte[] bytes, int from, int to) throws BadRow {
        int digits = 0;
        int point = -1;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9 && digits < FLOAT_EXACT / 10) {
                digits = digits * 10 + digit;
            } else if (bytes[at] == '.' && point < 0) {
                point = at;
            } else {
                return anyValue(name, bytes, from, to);
            }
        }
        int decimals = point < 0 ? 0 : to - point - 1;
        if (to - from == 0 || (point >= 0 && to - from == 1) || decimals >= POWERS.length) {
            return anyValue(name, bytes, from, to);
        }
        return digits / POWERS[decimals];
    }

    private static float anyValue(String name, byte[] bytes, int from, int to) throws BadRow {
        try {
            float value = Float.parseFloat(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
            if (Float.isFinite(value) && isNumber(bytes[to - 1])) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message that says what is expected.
        }
        throw BadRow.field(name, bytes, from, to, EXPECTED);
    }

    /** Java's own parser also takes "1f" and "1d". */
    private static boolean isNumber(byte last) {
        return last == '.' || last <= '9';
    }
}
