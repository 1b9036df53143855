package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetCsvTest {
    private static final String SMALL = "user_id,item_id,timestamp,value\n2,30,100,4.5\n10,4,50,1\n2,4,90,0.5\n";
    private static final String[] SMALL_ROWS = {"2 4 90000 0.5", "2 30 100000 4.5", "10 4 50000 1.0"};

    @TempDir
    private Path folder;

    private Dataset load(String text) {
        return Dataset.builder()
                .interactions(TextFiles.write(folder, "interactions.csv", text))
                .build();
    }

    @Test
    void build_numericIds_rowsByUserAndTimeInNumericOrder() {
        Dataset dataset = load(SMALL);

        assertThat(dataset.users().ids()).containsExactly("2", "10");
        assertThat(dataset.items().ids()).containsExactly("4", "30");
        assertThat(TextFiles.rows(dataset)).containsExactly(SMALL_ROWS);
    }

    @Test
    void build_otherColumnsAndOrder_headerDecides() {
        Dataset dataset = load("value,shop,timestamp,item_id,user_id\n4.5,a,100,30,2\n1,b,50,4,10\n0.5,c,90,4,2\n");

        assertThat(TextFiles.rows(dataset)).containsExactly(SMALL_ROWS);
    }

    @Test
    void build_onlyIds_orderOfTheFileIsTheTime() {
        Dataset dataset = load("item_id,user_id\nz,u\na,u\nm,u\n");

        assertThat(TextFiles.sequences(dataset)).containsExactly("u: z a m");
        assertThat(dataset.interactions().hasTimes()).isFalse();
        assertThat(dataset.interactions().hasValues()).isFalse();
    }

    @ParameterizedTest(name = "variant {0}")
    @ValueSource(strings = {"crlf", "no final newline", "blank lines", "byte order mark", "quoted header"})
    void build_harmlessVariants_sameData(String variant) {
        String text = switch (variant) {
            case "crlf" -> SMALL.replace("\n", "\r\n");
            case "no final newline" -> SMALL.strip();
            case "blank lines" -> SMALL.replace("\n", "\n\n") + "\n\n";
            case "byte order mark" -> "\uFEFF" + SMALL;
            default -> SMALL.replace("user_id,item_id", "\"user_id\", \"item_id\"".replace(" ", ""));
        };

        assertThat(TextFiles.rows(load(text))).containsExactly(SMALL_ROWS);
    }

    @Test
    void build_gzip_sameData() {
        Path named = TextFiles.gzip(folder, "interactions.csv.gz", SMALL);
        Path unnamed = TextFiles.gzip(folder, "interactions", SMALL);

        assertThat(TextFiles.rows(Dataset.builder().interactions(named).build()))
                .containsExactly(SMALL_ROWS);
        assertThat(TextFiles.rows(Dataset.builder().interactions(unnamed).build()))
                .containsExactly(SMALL_ROWS);
    }

    @Test
    void build_quotedFields_commaQuoteAndNewlineInside() {
        Dataset dataset = load("user_id,item_id,timestamp\n\"Smith, J\",\"7\"\"\",\"3\"\n\"Smith, J\",\"a\nb\",2\n");

        assertThat(dataset.users().ids()).containsExactly("Smith, J");
        assertThat(dataset.items().ids()).containsExactly("7\"", "a\nb");
        assertThat(TextFiles.sequences(dataset)).containsExactly("Smith, J: a\nb 7\"");
    }

    @Test
    void build_quotesFarIntoALargeFile_sameAsWithoutQuotes() {
        List<String> rows = IntStream.range(0, 200_000)
                .mapToObj(row -> row % 977 + "," + row % 1009 + "," + row)
                .collect(Collectors.toCollection(ArrayList::new));
        Dataset plain = load("user_id,item_id,timestamp\n" + String.join("\n", rows));
        rows.set(190_000, rows.get(190_000).replaceAll("(\\d+)", "\"$1\""));
        Dataset quoted = load("user_id,item_id,timestamp\n" + String.join("\n", rows));

        assertThat(TextFiles.rows(quoted)).isEqualTo(TextFiles.rows(plain));
    }

    @Test
    void build_quoteInsideAField_isPartOfIt() {
        assertThat(load("user_id,item_id\n1,5\" disk\n").items().ids()).containsExactly("5\" disk");
    }

    @Test
    void build_mixedIds_stringOrderForAll() {
        Dataset dataset = load("user_id,item_id\n1,10\n1,9\n1,a\n1,007\n");

        assertThat(dataset.items().ids()).containsExactly("007", "10", "9", "a");
        assertThat(TextFiles.sequences(dataset)).containsExactly("1: 10 9 a 007");
    }

    @Test
    void build_hugeAndNegativeNumbers_numericOrder() {
        Dataset dataset = load("user_id,item_id\n1,99999999999\n1,-5\n1,134217728\n1,0\n1,134217727\n");

        assertThat(dataset.items().ids()).containsExactly("-5", "0", "134217727", "134217728", "99999999999");
        assertThat(TextFiles.sequences(dataset)).containsExactly("1: 99999999999 -5 134217728 0 134217727");
    }

    @Test
    void build_idsBeyondAscii_areKept() {
        Dataset dataset = load("user_id,item_id\nŁukasz,\uD83C\uDFB5\nÅsa,é\n");

        assertThat(TextFiles.sequences(dataset)).containsExactly("Åsa: é", "Łukasz: \uD83C\uDFB5");
    }

    @Test
    void build_equalTimes_keepFileOrder() {
        Dataset dataset = load("user_id,item_id,timestamp\nu,c,5\nu,a,5\nu,z,4\nu,b,5\n");

        assertThat(TextFiles.sequences(dataset)).containsExactly("u: z c a b");
    }

    @Test
    void build_otherColumnNames_areRead() {
        Path file = TextFiles.write(folder, "ratings.csv", "user,movie,stars,when\n1,2,3,4\n");

        Dataset dataset = Dataset.builder()
                .interactions(file)
                .columns(ColumnNames.of("user", "movie").time("when").value("stars"))
                .build();

        assertThat(TextFiles.rows(dataset)).containsExactly("1 2 4000 3.0");
    }

    @Test
    void build_columnNamesWithoutTime_timesAreNotRead() {
        Path file = TextFiles.write(folder, "i.csv", "user_id,item_id,timestamp\n1,b,9\n1,a,8\n");

        Dataset dataset = Dataset.builder()
                .interactions(file)
                .columns(ColumnNames.of("user_id", "item_id"))
                .build();

        assertThat(TextFiles.sequences(dataset)).containsExactly("1: b a");
    }

    @Test
    void build_severalFiles_readInTurn() {
        Dataset dataset = Dataset.builder()
                .interactions(TextFiles.write(folder, "a.csv", "user_id,item_id\nu,3\nv,1\n"))
                .interactions(TextFiles.gzip(folder, "b.csv.gz", "item_id,user_id\n2,u\n"))
                .build();

        assertThat(TextFiles.sequences(dataset)).containsExactly("u: 3 2", "v: 1");
    }

    @Test
    void build_duplicates_keptUnlessToldOtherwise() {
        Path file = TextFiles.write(
                folder, "i.csv", "user_id,item_id,timestamp\nu,a,3\nu,b,2\nu,a,1\nu,b,2\nv,a,9\nu,c,0\n");

        assertThat(TextFiles.sequences(Dataset.builder().interactions(file).build()))
                .containsExactly("u: c a b b a", "v: a");
        assertThat(TextFiles.sequences(Dataset.builder()
                        .interactions(file)
                        .duplicates(Duplicates.KEEP_FIRST)
                        .build()))
                .containsExactly("u: c a b", "v: a");
        Dataset last = Dataset.builder()
                .interactions(file)
                .duplicates(Duplicates.KEEP_LAST)
                .build();
        assertThat(TextFiles.sequences(last)).containsExactly("u: c b a", "v: a");
        assertThat(last.loadReport().orElseThrow().dropped()).isEqualTo(Map.of("duplicate", 2L));
    }

    @Test
    void build_itemsAndUsersFiles_columnsByIndexAndColdOnesStay() {
        Dataset dataset = Dataset.builder()
                .interactions(TextFiles.write(folder, "i.csv", "user_id,item_id\nu,b\n"))
                .items(TextFiles.write(folder, "items.csv", "title,item_id,genre\n\"One, two\",c,x\nTwo,b,\n"))
                .users(TextFiles.write(folder, "users.csv", "user_id,gender\nv,f\n"))
                .build();

        assertThat(dataset.items().ids()).containsExactly("b", "c");
        assertThat(dataset.itemTable().column("title").orElseThrow().values()).containsExactly("Two", "One, two");
        assertThat(dataset.itemTable().column("genre").orElseThrow().value(0)).isEmpty();
        assertThat(dataset.users().ids()).containsExactly("u", "v");
        assertThat(dataset.userTable().column("gender").orElseThrow().values()).containsExactly("", "f");
        assertThat(dataset.interactions().count(1)).isZero();
    }

    @Test
    void build_columnsWithoutNames_areNotRead() {
        Dataset dataset = Dataset.builder()
                .interactions(TextFiles.write(folder, "i.csv", ",user_id,item_id,\n0,1,7,\n"))
                .items(TextFiles.write(folder, "items.csv", ",item_id,title,\n0,7,seven,x\n"))
                .build();

        assertThat(dataset.itemTable().columns()).containsExactly(new Column("title", List.of("seven")));
    }

    @Test
    void build_itemsFileWithQuotedIds_matchPlainOnes() {
        Dataset dataset = Dataset.builder()
                .interactions(TextFiles.write(folder, "i.csv", "user_id,item_id\n1,7\n1,8\n"))
                .items(TextFiles.write(folder, "items.csv", "item_id,title\n\"8\",eight\n\"7\",seven\n"))
                .build();

        assertThat(dataset.items().ids()).containsExactly("7", "8");
        assertThat(dataset.itemTable().column("title").orElseThrow().values()).containsExactly("seven", "eight");
    }

    @Test
    void build_unlistedItems_keptAndReportedByDefault() {
        Dataset dataset = unlisted(Unlisted.KEEP);

        assertThat(TextFiles.sequences(dataset)).containsExactly("u: a x", "v: y");
        assertThat(dataset.loadReport().orElseThrow().notes())
                .containsExactly("2 items of the interactions have no row in the file of items, such as \"x\"");
        assertThat(dataset.loadReport().orElseThrow().dropped()).isEmpty();
    }

    @Test
    void build_unlistedItemsDropped_usersWithNothingElseGoToo() {
        Dataset dataset = unlisted(Unlisted.DROP);

        assertThat(TextFiles.sequences(dataset)).containsExactly("u: a");
        assertThat(dataset.items().ids()).containsExactly("a", "b");
        LoadReport report = dataset.loadReport().orElseThrow();
        assertThat(report.dropped()).isEqualTo(Map.of("unlisted item", 2L));
        assertThat(report.summary()).isEqualTo("1 of 3 rows kept, unlisted item: 2");
    }

    private Dataset unlisted(Unlisted rule) {
        return Dataset.builder()
                .interactions(TextFiles.write(folder, "i.csv", "user_id,item_id\nu,a\nu,x\nv,y\n"))
                .items(TextFiles.write(folder, "items.csv", "item_id\na\nb\n"))
                .unlistedItems(rule)
                .build();
    }

    @Test
    void build_badRowsAllowed_skippedWithTheirIdsAndReported() {
        Dataset dataset = Dataset.builder()
                .interactions(TextFiles.write(
                        folder, "i.csv", "user_id,item_id,timestamp\n1,2,3\nghost,4,soon\n5,6\n,7,8\n1,9,4\n"))
                .limits(ReadLimits.defaults().maxBadRows(3))
                .build();

        assertThat(TextFiles.sequences(dataset)).containsExactly("1: 2 9");
        LoadReport report = dataset.loadReport().orElseThrow();
        assertThat(report.rowsRead()).isEqualTo(5);
        assertThat(report.dropped()).isEqualTo(Map.of("bad row", 3L));
        assertThat(report.notes().get(0)).contains("i.csv:3: timestamp is \"soon\"");
    }

    @Test
    void build_images_folderIsRemembered() {
        Dataset dataset = Dataset.builder()
                .interactions(TextFiles.write(folder, "i.csv", SMALL))
                .images(folder)
                .build();

        assertThat(dataset.images()).contains(folder);
        assertThat(dataset.withInteractions(dataset.interactions()).images()).contains(folder);
    }

    @Test
    void build_progress_reportsAllBytesInTheEnd() {
        List<Long> done = new ArrayList<>();
        Dataset.builder()
                .interactions(TextFiles.write(folder, "i.csv", SMALL))
                .progress(progress -> done.add(progress.done()))
                .build();

        assertThat(done).isSorted().endsWith((long) SMALL.length());
    }
}
