package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.DatasetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Broken files of every format give a data set or a {@link DatasetException}, and nothing else. */
class DatasetFuzzTest {
    private static final int FILES = 150;
    private static final byte[] NASTY = "\u0000\n\r\t,:|\"\\{}[]-.eE0129 \u00ff\u00fe".getBytes(StandardCharsets.UTF_8);

    private static final Map<DataFormat, String> INTERACTIONS = Map.of(
            DataFormat.CSV,
            "user_id,item_id,timestamp,value\n1,2,3,4.5\n\"a\",\"b\"\"c\",5,1\n",
            DataFormat.MOVIELENS_DAT,
            "1::1193::5::978300760\n1::661::3::978302109\n",
            DataFormat.MOVIELENS_CSV,
            "userId,movieId,rating,timestamp\n1,2,3.5,1112486027\n",
            DataFormat.MOVIELENS_100K,
            "196\t242\t3\t881250949\n186\t302\t3\t891717742\n",
            DataFormat.RECBOLE,
            "user_id:token\titem_id:token\trating:float\ttimestamp:float\n1\t2\t3\t4\n",
            DataFormat.AMAZON_REVIEWS,
            "{\"user_id\":\"u\",\"parent_asin\":\"b\",\"timestamp\":1733011200000,\"rating\":5}\n",
            DataFormat.LASTFM,
            "user_1\t2009-05-04T23:08:57Z\ta1\tDeep\t\tFlow\n",
            DataFormat.PAIRS,
            "1 2\n1 3\n",
            DataFormat.SEQUENCES,
            "1 2 3\n\n4\n",
            DataFormat.USER_SEQUENCES,
            "u 1 2 3\nv 4\n");

    private static final Map<DataFormat, String> ITEMS = Map.of(
            DataFormat.CSV,
            "item_id,title\n1,\"a, b\"\n2,c\n",
            DataFormat.MOVIELENS_DAT,
            "661::James (1996)::Animation\n",
            DataFormat.MOVIELENS_CSV,
            "movieId,title,genres\n2,\"a, b\",Drama\n",
            DataFormat.MOVIELENS_100K,
            "242|Kolya (1996)|24-Jan-1997||http://x|0|0|0|0|0|1|0|0|1" + "|0".repeat(10) + "\n",
            DataFormat.RECBOLE,
            "item_id:token\tclass:token_seq\nb\tx y\n",
            DataFormat.AMAZON_REVIEWS,
            "{\"parent_asin\":\"b\",\"title\":\"t\",\"images\":[{\"large\":\"l\"}],\"features\":[\"a\"]}\n",
            DataFormat.LASTFM,
            "user_1\t2009-05-04T23:08:57Z\ta1\tDeep\t\tFlow\n");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @EnumSource(DataFormat.class)
    void build_brokenFiles_dataSetOrDatasetException(DataFormat format) {
        Path good = TextFiles.write(folder, "good.txt", "1 1\n");
        int read = 0;
        for (int seed = 0; seed < FILES; seed++) {
            Path file = TextFiles.write(folder, "broken.txt", broken(INTERACTIONS.getOrDefault(format, ""), seed));
            read += attempt(seed, Dataset.builder().interactions(file, format));
            if (ITEMS.containsKey(format)) {
                Path items = TextFiles.write(folder, "items.txt", broken(ITEMS.getOrDefault(format, ""), seed));
                attempt(
                        seed,
                        Dataset.builder().interactions(good, DataFormat.PAIRS).items(items, format));
            }
        }
        assertThat(read).as("files read in spite of all").isBetween(1, FILES - 1);
    }

    private static int attempt(int seed, DatasetBuilder builder) {
        try {
            builder.threads(2)
                    .limits(ReadLimits.defaults()
                            .maxBadRows(seed % 3)
                            .maxLineBytes(1 << 16)
                            .maxFieldBytes(1000))
                    .build();
            return 1;
        } catch (DatasetException e) {
            assertThat(e)
                    .hasMessageMatching(
                            "(?s).*(expected|only|rename|empty|gzip|comma|column|UTF|Fix the row|name:type).*");
            return 0;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** A good file, repeated and then hurt: bytes replaced, inserted and removed, cut short, or noise altogether. */
    private static byte[] broken(String text, int seed) {
        Random random = new Random(seed);
        byte[] bytes = text.repeat(1 + random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            random.nextBytes(bytes);
        }
        for (int hit = random.nextInt(4); hit > 0; hit--) {
            int at = random.nextInt(bytes.length);
            byte nasty = random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : (byte) random.nextInt(256);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = nasty;
                case 1 -> bytes = inserted(bytes, at, nasty, 1 + random.nextInt(20));
                case 2 -> bytes = inserted(bytes, at, nasty, random.nextInt(2) * 2000);
                default -> bytes = Arrays.copyOf(bytes, at + 1);
            }
        }
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int at, byte value, int times) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + times);
        Arrays.fill(longer, at, at + times, value);
        System.arraycopy(bytes, at, longer, at + times, bytes.length - at);
        return longer;
    }
}
