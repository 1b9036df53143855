package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetErrorsTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) {
        return TextFiles.write(folder, name, text);
    }

    private void assertFails(DatasetBuilder builder, String... parts) {
        assertThatThrownBy(builder::build).isInstanceOf(DatasetException.class).hasMessageContainingAll(parts);
    }

    private DatasetBuilder csv(String text) {
        return Dataset.builder().interactions(file("i.csv", text));
    }

    @Test
    void build_missingColumn_namesGivenExpectedAndNearest() {
        assertFails(
                csv("user_id,itemid,rating\n1,2,3\n"),
                "i.csv has no column \"item_id\"; its header names: user_id, itemid, rating. Is it \"itemid\"?"
                        + " Rename the column, or say what it is called with columns(ColumnNames.of(user, item)).");
    }

    @Test
    void build_namedColumnThatIsNotThere_namesIt() {
        assertFails(
                csv("user_id,item_id\n1,2\n")
                        .columns(ColumnNames.of("user_id", "item_id").time("when")),
                "i.csv has no column \"when\"; its header names: user_id, item_id.");
    }

    @Test
    void build_missingIdColumnOfItems_namesTheFile() {
        assertFails(
                csv("user_id,item_id\n1,2\n").items(file("items.csv", "id,title\n1,x\n")),
                "items.csv has no column \"item_id\"; its header names: id, title.");
    }

    @Test
    void build_columnTwice_namesIt() {
        assertFails(csv("user_id,item_id,user_id\n1,2,3\n"), "i.csv has two columns \"user_id\"; rename one.");
    }

    @Test
    void build_timeThatIsNone_namesFileLineValueAndExpected() {
        assertFails(
                csv("user_id,item_id,timestamp\n1,2,1733011200\n1,3,yesterday\n"),
                "i.csv:3: timestamp is \"yesterday\"; expected epoch seconds, such as 1733011200, as in the file's first"
                        + " row (or name the unit with timeUnit)."
                        + " Fix the row, or skip bad rows with ReadLimits.maxBadRows(n).");
    }

    @Test
    void build_millisecondsAfterSeconds_areRefusedNotGuessed() {
        assertFails(
                csv("user_id,item_id,timestamp\n1,2,1733011200\n1,3,1733011200000\n"),
                "i.csv:3: timestamp is \"1733011200000\"; expected epoch seconds");
        assertFails(
                csv("user_id,item_id,timestamp\n1,2,1733011200000\n1,3,5\n"),
                "i.csv:3: timestamp is \"5\"; expected epoch milliseconds, such as 1733011200000");
        assertFails(
                csv("user_id,item_id,timestamp\n1,2,2024-12-01\n1,3,5\n"),
                "i.csv:3: timestamp is \"5\"; expected an ISO 8601 time, such as 2024-12-01T00:00:00Z");
    }

    @ParameterizedTest(name = "time {0}")
    @CsvSource({"''", "NaN", "Infinity", "1e300", "2024-13-01", "2024-02-30T00:00:00Z", "12:00", "0x10", "1 2"})
    void build_timesOfNoKind_areRefused(String time) {
        assertFails(csv("user_id,item_id,timestamp\n1,2," + time + "\n"), "i.csv:2: timestamp is ", "expected");
    }

    @ParameterizedTest(name = "value {0}")
    @CsvSource({"''", "NaN", "Infinity", "1e300", "five", "1f", ".", "-", "1.2.3"})
    void build_valuesOfNoKind_areRefused(String value) {
        assertFails(
                csv("user_id,item_id,value\n1,2,4\n1,2," + value + "\n"),
                "i.csv:3: value is ",
                value,
                "; expected a finite number, such as 4.5. Fix the row");
    }

    @Test
    void build_emptyFile_saysSo() {
        assertFails(csv(""), "i.csv is empty; expected one interaction per line.");
        assertFails(
                csv("user_id,item_id\n1,2\n").items(file("items.csv", "")),
                "items.csv is empty; expected a header with the column \"item_id\".");
        assertFails(
                csv("user_id,item_id\n1,2\n").users(file("u.user", ""), DataFormat.RECBOLE),
                "u.user is empty; expected one row per line.");
    }

    @Test
    void build_onlyAHeader_saysSo() {
        assertFails(csv("user_id,item_id\n"), "i.csv holds no interactions, only a header, blank lines or bad rows.");
    }

    @Test
    void build_missingFile_saysSo() {
        assertFails(
                Dataset.builder().interactions(folder.resolve("none.csv")),
                "none.csv does not exist; expected a readable text file.");
        assertFails(Dataset.builder().interactions(folder), "is not a file; expected a readable text file.");
    }

    @Test
    void build_noInteractionsNamed_saysWhatToCall() {
        assertThatThrownBy(() -> Dataset.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interactions(path) must be called before build()");
    }

    @Test
    void build_emptyId_namesTheLine() {
        assertFails(csv("user_id,item_id\n1,2\n,3\n"), "i.csv:3: user id is empty; expected an id.");
        assertFails(csv("user_id,item_id\n1,\n"), "i.csv:2: item id is empty; expected an id.");
    }

    @Test
    void build_fewerOrMoreFields_countsThem() {
        assertFails(csv("user_id,item_id,timestamp\n1,2\n"), "i.csv:2: the line has 2 fields; expected 3.");
        assertFails(csv("user_id,item_id\n1,2,3\n"), "i.csv:2: the line has 3 fields; expected 2.");
        assertFails(csv("user_id,item_id\n\"1\",2,3\n"), "i.csv:2: the line has 3 fields; expected 2.");
    }

    @Test
    void build_badUtf8_namesTheLine() {
        byte[] bytes = "user_id,item_id\n1,2\n1,caf?\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xe9;
        assertFails(
                Dataset.builder().interactions(TextFiles.write(folder, "i.csv", bytes)),
                "i.csv:3: item id is \"caf\uFFFD\"; expected UTF-8.");
        byte[] items = "item_id,title\n2,caf?\n".getBytes(StandardCharsets.UTF_8);
        items[items.length - 2] = (byte) 0xe9;
        assertFails(
                csv("user_id,item_id\n1,2\n").items(TextFiles.write(folder, "items.csv", items)),
                "items.csv:2: title is \"café\"; expected UTF-8.");
    }

    @Test
    void build_brokenGzip_saysSo() throws IOException {
        Path whole = TextFiles.gzip(folder, "whole.csv.gz", "user_id,item_id\n" + "1,2\n".repeat(1000));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = TextFiles.write(folder, "cut.csv.gz", Arrays.copyOf(bytes, bytes.length - 10));
        Path plain = file("plain.csv.gz", "user_id,item_id\n1,2\n");

        assertFails(Dataset.builder().interactions(cut), "cut.csv.gz is not a complete gzip file (", "Fetch it again");
        assertFails(
                Dataset.builder().interactions(plain), "plain.csv.gz is not a complete gzip file (Not in GZIP format)");
        assertFails(
                csv("user_id,item_id\n1,2\n").items(cut), "cut.csv.gz is not a complete gzip file (", "Fetch it again");
    }

    @Test
    void build_unclosedQuote_namesFileAndLine() {
        assertFails(
                csv("user_id,item_id\n1,2\n\"1,3\n"), "i.csv is not comma-separated: Unclosed quoted field", "line 3");
    }

    @Test
    void build_longLineOrField_namesTheLimit() {
        String text = "user_id,item_id\n1," + "x".repeat(3_000_000) + "\n";
        assertFails(
                csv(text).limits(ReadLimits.defaults().maxLineBytes(2_000_000)),
                "i.csv: a line after byte ",
                " is longer than 2000000 bytes. Is it really text? If so, raise ReadLimits.maxLineBytes(n).");
        assertFails(
                csv("user_id,item_id\n1," + "x".repeat(100) + "\n")
                        .limits(ReadLimits.defaults().maxLineBytes(99)),
                "i.csv:2: the line has 102 bytes; expected at most 99 (ReadLimits.maxLineBytes)");
        assertFails(
                csv("user_id,item_id\n1,xxxxx\n").limits(ReadLimits.defaults().maxFieldBytes(4)),
                "i.csv:2: item id is \"xxxxx\"; expected at most 4 bytes (ReadLimits.maxFieldBytes)");
        assertFails(
                csv("user_id,item_id\n1,2\n")
                        .items(file("items.csv", "item_id,title\n1,xxxxx\n"))
                        .limits(ReadLimits.defaults().maxFieldBytes(4)),
                "items.csv:2: title is \"xxxxx\"; expected at most 4 characters (ReadLimits.maxFieldBytes)");
    }

    @Test
    void build_tooManyRows_namesTheLimit() {
        assertFails(
                csv("user_id,item_id\n1,2\n1,3\n").limits(ReadLimits.defaults().maxRows(1)),
                "i.csv brings the interactions to 2; expected at most 1 (ReadLimits.maxRows).");
    }

    @Test
    void build_moreBadRowsThanAllowed_namesTheOneTooManyAndTheFirst() {
        assertFails(
                csv("user_id,item_id\n1,2\n1\n1,3\n2\n")
                        .limits(ReadLimits.defaults().maxBadRows(1)),
                "i.csv:5: the line has 1 fields; expected 2. This is one bad row more than ReadLimits.maxBadRows(1) allows;"
                        + " the first was ",
                "i.csv:3: the line has 1 fields; expected 2.");
    }

    @Test
    void build_itemTwiceInItsFile_namesTheLine() {
        assertFails(
                csv("user_id,item_id\n1,2\n").items(file("items.csv", "item_id\n2\n2\n")),
                "items.csv:3: item id \"2\" stands twice; expected one row for each.");
    }

    @Test
    void build_unlistedItemsForbidden_namesOne() {
        assertFails(
                csv("user_id,item_id\n1,2\n1,3\n")
                        .items(file("items.csv", "item_id\n2\n"))
                        .unlistedItems(Unlisted.FAIL),
                "1 items of the interactions have no row in the file of items, such as \"3\". Add them, or call"
                        + " unlistedItems(Unlisted.KEEP) or unlistedItems(Unlisted.DROP).");
    }

    @Test
    void build_noListedItemAtAll_saysThatNothingIsLeft() {
        assertFails(
                csv("user_id,item_id\n1,2\n")
                        .items(file("items.csv", "item_id\nx\n"))
                        .unlistedItems(Unlisted.DROP),
                "no interaction is left: 1 items of the interactions have no row in the file of items, such as \"2\".");
    }

    @Test
    void build_untypedRecBoleHeader_showsTheForm() {
        assertFails(
                Dataset.builder().interactions(file("x.inter", "user_id\titem_id:token\n1\t2\n"), DataFormat.RECBOLE),
                "x.inter:1: header field \"user_id\" is not of the form name:type; RecBole's types are token");
        assertFails(
                Dataset.builder().interactions(file("x.inter", "user_id:int\titem_id:token\n"), DataFormat.RECBOLE),
                "x.inter:1: header field \"user_id:int\" is not of the form name:type");
    }

    @Test
    void build_linesOfAnotherShape_countTheFields() {
        assertFails(
                Dataset.builder().interactions(file("p.txt", "1 2\n1 2 3\n"), DataFormat.PAIRS),
                "p.txt:2: the line has 3 fields; expected 2, a user and an item, separated by a space.");
        assertFails(
                Dataset.builder().interactions(file("s.txt", "1\n"), DataFormat.USER_SEQUENCES),
                "s.txt:1: the line has a user and no item; expected a user and its items");
        assertFails(
                Dataset.builder().interactions(file("ratings.dat", "1,2,3,4\n"), DataFormat.MOVIELENS_DAT),
                "ratings.dat:1: the line has 1 fields; expected 4.");
        assertFails(
                csv("user_id,item_id\n1,2\n").items(file("u.item", "1|x\n"), DataFormat.MOVIELENS_100K),
                "u.item:1: the line has 2 fields; expected 24.");
    }

    @Test
    void build_jsonThatIsNone_namesTheLine() {
        String good = "{\"user_id\":\"u\",\"parent_asin\":\"b\",\"timestamp\":1733011200000,\"rating\":5}\n";
        assertFails(
                Dataset.builder().interactions(file("a.jsonl", good + "{\"user_id\":"), DataFormat.AMAZON_REVIEWS),
                "a.jsonl:2: the line is not a JSON object (");
        assertFails(
                Dataset.builder().interactions(file("a.jsonl", good + "[1]\n"), DataFormat.AMAZON_REVIEWS),
                "a.jsonl:2: the line is not a JSON object.");
        assertFails(
                Dataset.builder()
                        .interactions(file("a.jsonl", good.replace("parent_asin", "asin")), DataFormat.AMAZON_REVIEWS),
                "a.jsonl:1: item id is empty; expected an id.");
        assertFails(
                Dataset.builder()
                        .interactions(
                                file("a.jsonl", good.replace("1733011200000", "null")), DataFormat.AMAZON_REVIEWS),
                "a.jsonl:1: timestamp is empty; expected epoch milliseconds, such as 1733011200000.");
        assertFails(
                csv("user_id,item_id\n1,2\n").items(file("m.jsonl", "{]\n"), DataFormat.AMAZON_REVIEWS),
                "m.jsonl:1: the line is not a JSON object (");
    }

    @Test
    void build_lastFmTrackWithoutIdAndName_namesTheLine() {
        assertFails(
                Dataset.builder().interactions(file("l.tsv", "u\t2009-05-04T23:08:57Z\ta\t\t\tt\n"), DataFormat.LASTFM),
                "l.tsv:1: the track has neither an id nor a name; expected traid, or artname and traname.");
    }

    @Test
    void build_filesThatDisagree_sayHow() {
        assertFails(
                csv("user_id,item_id\n1,2\n").interactions(file("b.csv", "user_id,item_id,timestamp\n1,2,3\n")),
                "some files of interactions have times and some have none.");
        assertFails(
                csv("user_id,item_id\n1,2\n").interactions(file("b.csv", "user_id,item_id,value\n1,2,3\n")),
                "some files of interactions have values and some have none.");
    }

    @Test
    void build_imagesThatAreNoFolder_saysSo() {
        assertFails(
                csv("user_id,item_id\n1,2\n").images(folder.resolve("none")),
                "none is not a folder; images(path) expects the folder of the images.");
    }

    @Test
    void folder_withoutTheFiles_namesThem() {
        assertThatThrownBy(() -> Dataset.builder().folder(folder, DataFormat.MOVIELENS_DAT))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("has no file ratings.dat or ratings.dat.gz. Check the folder and the format");
        assertThatThrownBy(() -> Dataset.builder().folder(folder, DataFormat.RECBOLE))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("must have one file that ends in .inter, found []");
        assertThatThrownBy(() -> Dataset.builder().folder(folder.resolve("none"), DataFormat.RECBOLE))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("cannot be listed");
        assertThatThrownBy(() -> Dataset.builder().folder(folder, DataFormat.PAIRS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format pairs has no usual file names; name the file with interactions(path, format)");
    }

    @Test
    void named_unknownFormat_listsAllAndTheNearest() {
        assertThatThrownBy(() -> DataFormat.named("movielens_dat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format must be one of csv, movielens-dat, movielens-csv, movielens-100k, recbole,"
                        + " amazon-reviews, lastfm, pairs, sequences, user-sequences, got \"movielens_dat\"; did you mean"
                        + " \"movielens-dat\"?");
    }

    @Test
    void items_formatWithoutItems_saysSo() {
        assertThatThrownBy(() -> csv("user_id,item_id\n1,2\n")
                        .items(file("x", "1 2\n"), DataFormat.PAIRS)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format pairs describes no items; give the format of that file, such as csv");
    }

    @Test
    void settings_outOfRange_nameTheRange() {
        assertThatThrownBy(() -> Dataset.builder().threads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be at least 1, got 0");
        assertThatThrownBy(() -> Dataset.builder().timeUnit(TimeUnit.HOURS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeUnit must be NANOSECONDS, MICROSECONDS, MILLISECONDS or SECONDS, got HOURS");
        assertThatThrownBy(() -> ReadLimits.defaults().maxBadRows(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBadRows must be at least 0, got -1");
        assertThatThrownBy(() -> ReadLimits.defaults().maxLineBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxLineBytes must be from 1 to 536870912, got 0");
        assertThatThrownBy(() -> ColumnNames.of("user", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name of the item column must not be blank");
    }
}
