package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of several blocks, read on one and on many threads and compared with a plain reading in the test. */
class DatasetThreadsTest {
    private static final int ROWS = 100_000;

    @TempDir
    private Path folder;

    /** What ids look like. */
    private enum Ids {
        SMALL_NUMBERS,
        LARGE_NUMBERS,
        TEXTS,
        MIXED;

        String id(int number) {
            return switch (this) {
                case SMALL_NUMBERS -> Integer.toString(number);
                case LARGE_NUMBERS -> Long.toString(3_000_000_000L * number);
                case TEXTS -> "user-" + number * 7919 % 10_007;
                case MIXED -> number % 3 == 0 ? "x" + number : Integer.toString(number);
            };
        }
    }

    private record Row(String user, String item, long seconds, float value) {}

    private static List<Row> rows(Ids ids) {
        Random random = new Random(17);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(new Row(
                    ids.id((int) Math.abs(random.nextGaussian() * 300)),
                    ids.id(random.nextInt(2000)),
                    1_000_000_000L + random.nextInt(5000),
                    random.nextInt(11) / 2f));
        }
        return rows;
    }

    private Path write(List<Row> rows) {
        StringBuilder text = new StringBuilder("user_id,item_id,timestamp,value\n");
        rows.forEach(row -> text.append(row.user)
                .append(',')
                .append(row.item)
                .append(',')
                .append(row.seconds)
                .append(',')
                .append(row.value)
                .append('\n'));
        return TextFiles.write(folder, "rows.csv", text.toString());
    }

    private static List<String> expected(List<Row> rows, Vocabulary users) {
        Map<String, List<Row>> byUser = new LinkedHashMap<>();
        users.ids().forEach(user -> byUser.put(user, new ArrayList<>()));
        rows.forEach(row -> byUser.getOrDefault(row.user, List.of()).add(row));
        List<String> expected = new ArrayList<>();
        byUser.values().forEach(ofUser -> {
            ofUser.sort(Comparator.comparingLong(Row::seconds));
            ofUser.forEach(row -> expected.add(row.user + " " + row.item + " " + row.seconds * 1000 + " " + row.value));
        });
        return expected;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Ids.class)
    void build_anyNumberOfThreads_sameAsAPlainReading(Ids ids) {
        List<Row> rows = rows(ids);
        Path file = write(rows);
        for (int threads : new int[] {1, 2, 8}) {
            Dataset dataset =
                    Dataset.builder().interactions(file).threads(threads).build();

            assertThat(dataset.users())
                    .isEqualTo(Vocabulary.of(rows.stream().map(Row::user).toList()));
            assertThat(dataset.items())
                    .isEqualTo(Vocabulary.of(rows.stream().map(Row::item).toList()));
            assertThat(TextFiles.rows(dataset).equals(expected(rows, dataset.users())))
                    .as("rows with %s threads", threads)
                    .isTrue();
        }
    }

    @Test
    void build_badRowsInSeveralBlocks_firstOfTheFileIsReported() {
        StringBuilder text = new StringBuilder("user_id,item_id\n");
        for (int row = 2; row <= 600_000; row++) {
            text.append(row % 100_000 == 50_000 ? "bad\n" : "1,2\n");
        }
        Path file = TextFiles.write(folder, "rows.csv", text.toString());

        for (int threads : new int[] {1, 2, 8, 8, 8}) {
            assertThatThrownBy(() -> Dataset.builder()
                            .interactions(file)
                            .threads(threads)
                            .build())
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("rows.csv:50000: the line has 1 fields");
            assertThatThrownBy(() -> Dataset.builder()
                            .interactions(file)
                            .threads(threads)
                            .limits(ReadLimits.defaults().maxBadRows(3))
                            .build())
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("rows.csv:350000: the line has 1 fields");
        }
    }

    @Test
    void build_sequencesOverSeveralBlocks_linesAreNumberedThroughout() {
        StringBuilder text = new StringBuilder();
        for (int line = 1; line <= 400_000; line++) {
            text.append(line % 5 == 0 ? "" : line % 1000 + " " + line % 7).append('\n');
        }
        Path file = TextFiles.write(folder, "lines.txt", text.toString());

        for (int threads : new int[] {1, 2, 8}) {
            Dataset dataset = Dataset.builder()
                    .interactions(file, DataFormat.SEQUENCES)
                    .threads(threads)
                    .build();
            assertThat(dataset.users().size()).isEqualTo(320_000);
            int user = dataset.users().indexOf("399999");
            assertThat(dataset.items().idsOf(dataset.interactions().items(user)))
                    .containsExactly("999", "5");
        }
    }

    @Test
    void build_listenerThatThrows_stopsTheLoad() {
        Path file = write(rows(Ids.SMALL_NUMBERS));

        assertThatThrownBy(() -> Dataset.builder()
                        .interactions(file)
                        .progress(progress -> {
                            throw new IllegalStateException("enough");
                        })
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }
}
