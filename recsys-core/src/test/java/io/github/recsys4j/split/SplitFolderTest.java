package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.RealData;
import io.github.recsys4j.testing.SplitterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SplitFolderTest {
    private static final List<Splitter> SPLITTERS = List.of(
            LeaveOneOut.validatingAll(),
            LeaveOneOut.withValidationSample(7, 1),
            new UserRatioSplit(),
            new StratifiedSplit(1),
            new RandomSplit(Ratios.STANDARD, 1),
            new WholeUserSplit(new Ratios(0.2, 0.2), 1),
            new ColdItemSplit(new Ratios(0.1, 0.1), 1),
            MixedColdSplit.of(Ratios.STANDARD));

    @TempDir
    private Path temp;

    private final Dataset shop = Dataset.of(
                    Vocabulary.of(List.of("ann", "bob, \"jr\"", "zoë")),
                    Vocabulary.of(List.of("a,b", "c\nd", "e", "never sold")),
                    Interactions.ofSorted(
                            new int[] {0, 4, 8, 9},
                            new int[] {0, 1, 2, 0, 2, 2, 1, 0, 1},
                            Optional.of(new long[] {5, 5, 5, 5, 1, 2, 2, 9, 1_733_011_200_000L}),
                            Optional.of(new float[] {1, 2.5f, 0.1f, -4, 5, Float.MIN_VALUE, 3e30f, 0, 1})))
            .withTables(
                    new Table(4, List.of(new Column("title", List.of("A, or B", "", "É", "\"quoted\"")))),
                    new Table(3, List.of(new Column("country", List.of("CL", "", "AR")))));

    private Path folder() {
        return temp.resolve("split");
    }

    static Stream<Splitter> splitters() {
        return SPLITTERS.stream();
    }

    @ParameterizedTest
    @MethodSource("splitters")
    void read_afterWrite_isTheSameSplit(Splitter splitter) {
        for (Dataset dataset :
                List.of(Events.random(60, 31).dataset(), Events.random(60, 31).datasetWithoutTimes())) {
            Path folder = temp.resolve("split-" + dataset.interactions().hasTimes());
            Split split = splitter.split(dataset);
            SplitFolder.write(split, folder);

            assertThat(SplitterContract.describe(SplitFolder.read(folder))).isEqualTo(SplitterContract.describe(split));
        }
    }

    @Test
    void read_droppedRows_areStillInTheReport() {
        Split split = GlobalTimeSplit.of(new Ratios(0.2, 0.2))
                .split(Events.random(60, 32).dataset());
        SplitFolder.write(split, folder());

        assertThat(split.report().remainder().droppedInteractions()).isPositive();
        assertThat(SplitFolder.read(folder()).report()).isEqualTo(split.report());
    }

    @Test
    void read_awkwardIdsTiesAndValues_areTheSame() {
        Split split = LeaveOneOut.split(shop);
        SplitFolder.write(split, folder());
        Split read = SplitFolder.read(folder());

        assertThat(SplitterContract.describe(read)).isEqualTo(SplitterContract.describe(split));
        assertThat(read.train().itemTable()).isEqualTo(shop.itemTable());
        assertThat(read.train().userTable()).isEqualTo(shop.userTable());
    }

    @Test
    void write_leaveOneOut_filesAreReadableByOthers() throws IOException {
        SplitFolder.write(LeaveOneOut.split(Events.of("u a 1, u b 2, u c 3").dataset()), folder());

        assertThat(folder().resolve("train.csv")).hasContent("user_id,item_id,timestamp\nu,a,1\n");
        assertThat(folder().resolve("validation.csv")).hasContent("user_id,item_id,timestamp,position\nu,b,2,1\n");
        assertThat(folder().resolve("test.csv")).hasContent("user_id,item_id,timestamp,position\nu,c,3,2\n");
        assertThat(Files.readString(folder().resolve("split.json")))
                .contains("\"protocol\" : \"leave-one-out(validation=all)\"", "\"sha256\" : \"");
    }

    @Test
    void read_selectedCases_areTheSame() {
        Split whole = LeaveOneOut.split(Events.random(60, 33).dataset());
        Split some =
                new Split(whole.train(), whole.validation().select(new int[] {1, 4}), whole.test(), whole.report());
        SplitFolder.write(some, folder());
        Split read = SplitFolder.read(folder());

        assertThat(read.validation().size()).isEqualTo(2);
        assertThat(read.test().history(5)).isEqualTo(some.test().history(5));
    }

    @Test
    void read_aGroupInThePlaceOfTest_isTheSame() {
        Split mixed =
                MixedColdSplit.of(Ratios.STANDARD).split(Events.random(60, 34).dataset());
        Split cold = new Split(mixed.train(), mixed.validation(), mixed.group("cold-item"), mixed.report());
        SplitFolder.write(cold, folder());
        HeldOut read = SplitFolder.read(folder()).test();

        assertThat(read.size()).isEqualTo(cold.test().size());
        assertThat(read.history(0)).isEqualTo(cold.test().history(0));
        assertThat(read.targets(0)).isEqualTo(cold.test().targets(0));
    }

    @Test
    void read_publishedFolder_hasTheSameCases() {
        Split official = GsasrecFolder.read(RealData.path("ml-1m-gsasrec"));
        SplitFolder.write(official, folder());
        Split read = SplitFolder.read(folder());

        assertThat(read.train().interactions().size())
                .isEqualTo(official.train().interactions().size());
        for (HeldOut[] pair :
                new HeldOut[][] {{read.validation(), official.validation()}, {read.test(), official.test()}}) {
            assertThat(pair[0].size()).isEqualTo(pair[1].size());
            pair[0].cases().forEach(index -> {
                assertThat(pair[0].history(index)).isEqualTo(pair[1].history(index));
                assertThat(pair[0].targets(index)).isEqualTo(pair[1].targets(index));
            });
        }
    }

    @Test
    void write_historyOfOtherRows_throwsNamingTheUser() {
        Dataset dataset = Events.of("u a 1, u b 2, u c 3").datasetWithoutTimes();
        HeldOut odd = HeldOut.builder(dataset.users(), dataset.items())
                .add(0, new int[] {2, 1}, new int[] {0})
                .build();
        HeldOut none = odd.select(new int[0]);
        Split split = new Split(dataset, odd, none, SplitReport.measure("odd", dataset, odd, none));

        assertThatThrownBy(() -> SplitFolder.write(split, folder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("case of user \"u\" cannot be written: its history must be");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void write_twoCasesOfAUser_throws() {
        Dataset dataset = Events.of("u a 1").datasetWithoutTimes();
        HeldOut twice = HeldOut.builder(dataset.users(), dataset.items())
                .add(0, new int[] {0}, new int[] {0})
                .add(0, new int[] {0}, new int[] {0})
                .build();
        HeldOut none = HeldOut.builder(dataset.users(), dataset.items()).build();
        Split split = new Split(dataset, none, twice, SplitReport.measure("odd", dataset, none, twice));

        assertThatThrownBy(() -> SplitFolder.write(split, folder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("split can be written if each user has one case in each part at most");
    }

    @Test
    void write_listedCasesBesideTimes_throws() {
        Dataset dataset = Events.of("u a 1").dataset();
        HeldOut none = HeldOut.builder(dataset.users(), dataset.items()).build();
        Split split = new Split(dataset, none, none, SplitReport.measure("odd", dataset, none, none));

        assertThatThrownBy(() -> SplitFolder.write(split, folder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("split must be made by a splitter to be written with times or values: listed cases have"
                        + " none");
    }

    @Test
    void write_groupWithAPathForAName_throwsAndLeavesNothing() throws IOException {
        Split split = LeaveOneOut.split(shop);
        Split odd = new Split(
                split.train(),
                split.validation(),
                split.test(),
                Map.of("../x", split.test().select(new int[0])),
                split.report());

        assertThatThrownBy(() -> SplitFolder.write(odd, folder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("group must be named with small letters, digits and hyphens and not like another file, got"
                        + " \"../x\"");
        assertNothingLeft();
    }

    @Test
    void write_folderInUse_isRefusedAndUnchanged() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("thesis.txt"), "mine");

        assertThatThrownBy(() -> SplitFolder.write(LeaveOneOut.split(shop), folder()))
                .isInstanceOf(ArtifactException.class)
                .hasMessageEndingWith("exists already and is not empty: delete it, or choose another.");
        assertThat(folder()).isDirectoryContaining(file -> file.endsWith("thesis.txt"));
        assertThat(temp)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void write_emptyFolder_isFilled() throws IOException {
        Files.createDirectories(folder());
        SplitFolder.write(LeaveOneOut.split(shop), folder());

        assertThat(SplitFolder.read(folder()).test().size()).isEqualTo(2);
    }

    @Test
    void stagedWrite_interrupted_leavesNothing() throws IOException {
        assertThatThrownBy(() -> StagedFolder.write(folder(), staged -> {
                    Files.writeString(staged.resolve("train.csv"), "half");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContainingAll("split cannot be written", "disk full", "Nothing was left there");
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void read_noManifest_saysThatItIsNoSplit() {
        assertFails(ArtifactException.class, "is not a split folder: split.json is missing. Give a folder that");
    }

    @ParameterizedTest
    @CsvSource({"train.csv", "context.csv", "validation.csv", "test.csv", "users.csv", "items.csv"})
    void read_missingFile_namesIt(String name) throws IOException {
        SplitFolder.write(LeaveOneOut.split(shop), folder());
        Files.delete(folder().resolve(name));

        assertFails(ArtifactException.class, name + " is missing; expected the file that split.json lists. It was");
    }

    @ParameterizedTest
    @CsvSource({"train.csv", "context.csv", "validation.csv", "test.csv", "users.csv", "items.csv"})
    void read_alteredFile_namesItAndBothHashes(String name) throws IOException {
        SplitFolder.write(LeaveOneOut.split(shop), folder());
        byte[] bytes = Files.readAllBytes(folder().resolve(name));
        bytes[3]++;
        Files.write(folder().resolve(name), bytes);

        assertFails(
                ArtifactException.class,
                name + " has SHA-256 " + Hashing.sha256().hashBytes(bytes) + "; expected ");
    }

    @Test
    void read_truncatedFile_namesBothSizes() throws IOException {
        SplitFolder.write(LeaveOneOut.split(shop), folder());
        Files.writeString(folder().resolve("test.csv"), "user_id");

        assertFails(ArtifactException.class, "test.csv has 7 bytes; expected ");
    }

    @Test
    void read_anotherVersion_namesBoth() throws IOException {
        SplitFolder.write(LeaveOneOut.split(shop), folder());
        edit("split.json", "\"formatVersion\" : 1", "\"formatVersion\" : 2");

        assertFails(
                ArtifactException.class,
                "says format \"recsys4j-split\" version 2; this library reads \"recsys4j-split\" version 1");
    }

    @ParameterizedTest
    @CsvSource({
        "'{',is not the manifest of a split",
        "'{}',is not the manifest of a split",
        "'null',is not the manifest"
    })
    void read_brokenManifest_saysSo(String text, String message) throws IOException {
        SplitFolder.write(LeaveOneOut.split(shop), folder());
        Files.writeString(folder().resolve("split.json"), text);

        assertFails(ArtifactException.class, message);
    }

    @ParameterizedTest
    @CsvSource({
        "train.csv, 'a,b', 'x,b', has an id \"x,b\" that is not listed",
        "train.csv, '5,1.0', '5,one', has \"one\" where a number belongs",
        "train.csv, '5,1.0', '5', 'Record 2 has 3 fields, but first record had 4 fields. Write the split again.'",
        "test.csv, ',3', ',7', has a position that is taken or out of range",
        "test.csv, '5,-4.0,3', '4,-4.0,3', are not in the order of time",
        "users.csv, 'bob, \"\"jr\"\"', 'ann', must have distinct ids",
    })
    void read_wrongRowWithARightHash_namesTheRow(String name, String from, String to, String message)
            throws IOException {
        SplitFolder.write(LeaveOneOut.split(shop), folder());
        SplitManifest.FileEntry before = SplitManifest.FileEntry.of(folder().resolve(name), 0);
        edit(name, from, to);
        SplitManifest.FileEntry after = SplitManifest.FileEntry.of(folder().resolve(name), 0);
        edit("split.json", before.sha256(), after.sha256());
        edit("split.json", "\"bytes\" : " + before.bytes(), "\"bytes\" : " + after.bytes());

        assertFails(DatasetException.class, message);
    }

    private void edit(String name, String from, String to) throws IOException {
        Path file = folder().resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(
                file, text.substring(0, text.indexOf(from)) + to + text.substring(text.indexOf(from) + from.length()));
    }

    private void assertFails(Class<? extends RuntimeException> type, String message) {
        assertThatThrownBy(() -> SplitFolder.read(folder())).isInstanceOf(type).hasMessageContaining(message);
    }
}
