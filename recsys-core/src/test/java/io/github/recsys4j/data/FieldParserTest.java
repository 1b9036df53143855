package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldParserTest {

    @Test
    void value_randomDecimals_sameAsTheJdk() throws BadRow {
        Random random = new Random(11);
        for (int round = 0; round < 10_000; round++) {
            String format = "%." + random.nextInt(11) + (round % 7 == 0 ? "e" : "f");
            double scale = Math.pow(10, random.nextInt(10) - 3);
            String text = String.format(Locale.ROOT, format, random.nextGaussian() * scale);
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

            assertThat(FieldParser.value("value", bytes, 0, bytes.length))
                    .as(text)
                    .isEqualTo(Float.parseFloat(text));
        }
    }

    @Test
    void millis_randomIsoSeconds_sameAsTheJdk() throws BadRow {
        Random random = new Random(12);
        TimeParser parser = TimeParser.like("2009-05-04T23:08:57Z");
        for (int round = 0; round < 5_000; round++) {
            Instant instant = Instant.ofEpochSecond((long) (random.nextGaussian() * 4e9));
            byte[] bytes = instant.toString().getBytes(StandardCharsets.ISO_8859_1);

            assertThat(parser.millis("time", bytes, 0, bytes.length))
                    .as(instant.toString())
                    .isEqualTo(instant.toEpochMilli());
        }
    }
}
