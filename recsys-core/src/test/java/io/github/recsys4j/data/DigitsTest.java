package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

    private static long parse(String text, int before, int after) {
        String around = "9".repeat(before) + text + "9".repeat(after);
        byte[] bytes = around.getBytes(StandardCharsets.ISO_8859_1);
        return Digits.parse(bytes, before, before + text.length());
    }

    @Test
    void parse_randomNumbers_sameAsTheJdkWhereverTheyStand() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            int digits = 1 + random.nextInt(16);
            StringBuilder text = new StringBuilder();
            random.ints(digits, 0, 10).forEach(text::append);
            int after = random.nextInt(20);
            assertThat(parse(text.toString(), random.nextInt(3), after))
                    .as("%s with %s bytes behind it", text, after)
                    .isEqualTo(Long.parseLong(text.toString()));
        }
    }

    @ParameterizedTest(name = "\"{0}\" is not 1 to 16 digits")
    @ValueSource(
            strings = {"", "12345678901234567", "1/", "1:", "-1", " 1", "1 ", "12345678x", "x2345678", "\u00b9", "1.5"})
    void parse_anythingElse_isMinusOne(String text) {
        assertThat(parse(text, 2, 20)).isEqualTo(-1);
        assertThat(parse(text, 2, 0)).isEqualTo(-1);
    }

    @Test
    void parse_anyByteAmongDigits_isMinusOneUnlessADigit() {
        for (int at = 0; at < 12; at++) {
            for (int character = 0; character < 256; character++) {
                byte[] bytes = "111111111111".concat("2".repeat(16)).getBytes(StandardCharsets.ISO_8859_1);
                bytes[at] = (byte) character;
                boolean digit = character >= '0' && character <= '9';
                assertThat(Digits.parse(bytes, 0, 12) >= 0)
                        .as("byte %s at %s", character, at)
                        .isEqualTo(digit);
            }
        }
    }
}
