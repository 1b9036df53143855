package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GsasrecFolderTest {
    @TempDir
    private Path folder;

    /** Three users; the third is validated. Item 9 stands only in a target, item 8 does not exist. */
    @BeforeEach
    void threeUsers() throws IOException {
        write("train/input.txt", "1 2 3\n10 1\n4 5\n");
        write("val/input.txt", "4 5 6\n");
        write("val/output.txt", "7\n");
        write("test/input.txt", "1 2 3 4\n10 1 2\n4 5 6 7\n");
        write("test/output.txt", "5\n3\n9\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void read_threeUsers_trainHoldsTheirLines() {
        Dataset train = GsasrecFolder.read(folder).train();

        assertThat(train.users().ids()).containsExactly("1", "2", "3");
        assertThat(train.items().ids()).containsExactly("1", "2", "3", "4", "5", "6", "7", "9", "10");
        assertThat(idsOfUser(train, 1)).containsExactly("10", "1");
        assertThat(train.interactions().hasTimes()).isFalse();
    }

    @Test
    void read_threeUsers_validationLineFindsItsUser() {
        HeldOut validation = GsasrecFolder.read(folder).validation();

        assertThat(validation.size()).isEqualTo(1);
        assertThat(validation.user(0)).isEqualTo(2);
        assertThat(validation.items().idsOf(validation.history(0))).containsExactly("4", "5", "6");
        assertThat(validation.items().idsOf(validation.targets(0))).containsExactly("7");
    }

    @Test
    void read_threeUsers_testHasACaseForEach() {
        HeldOut test = GsasrecFolder.read(folder).test();

        assertThat(test.cases().map(test::user).toArray()).containsExactly(0, 1, 2);
        assertThat(test.items().idsOf(test.history(1))).containsExactly("10", "1", "2");
        assertThat(test.items().idsOf(test.targets(2))).containsExactly("9");
    }

    @Test
    void read_twoUsersWithTheSameHistory_validationLinesTakeThemInTurn() throws IOException {
        write("train/input.txt", "1\n1\n");
        write("val/input.txt", "1 2\n1 2\n");
        write("val/output.txt", "3\n3\n");
        write("test/input.txt", "1 2 3\n1 2 3\n");
        write("test/output.txt", "4\n5\n");

        HeldOut validation = GsasrecFolder.read(folder).validation();

        assertThat(validation.cases().map(validation::user).toArray()).containsExactly(0, 1);
    }

    @Test
    void read_carriageReturnsTabsAndNoFinalNewline_sameSplit() throws IOException {
        write("train/input.txt", "1\t2 3 \r\n10  1\r\n4 5");

        assertThat(idsOfUser(GsasrecFolder.read(folder).train(), 2)).containsExactly("4", "5");
    }

    @Test
    void read_missingFile_saysWhichFilesALayoutHas() throws IOException {
        Files.delete(folder.resolve("val/output.txt"));

        assertFails("output.txt is missing; a gSASRec folder holds train/input.txt");
    }

    @Test
    void read_emptyFile_saysWhatIsExpected() throws IOException {
        write("val/output.txt", "");

        assertFails("output.txt is empty; expected one line of item numbers per user, such as \"12 7 3416\".");
    }

    @Test
    void read_wordAmongNumbers_namesFileLineAndValue() throws IOException {
        write("train/input.txt", "1 2 3\n10 one\n4 5\n");

        assertFails("input.txt:2: item \"one\" is not a whole number from 1 to 2147483647");
    }

    @Test
    void read_itemZeroOrTooLarge_isRefused() throws IOException {
        write("train/input.txt", "1 2 0\n10 1\n4 5\n");
        assertFails("input.txt:1: item \"0\" is not a whole number");
        write("train/input.txt", "1 2 3\n99999999999999999999 1\n4 5\n");
        assertFails("input.txt:2: item \"99999999999999999999\" is not a whole number");
    }

    @Test
    void read_fewerOutputsThanInputs_namesBothCounts() throws IOException {
        write("test/output.txt", "5\n3\n");

        assertFails("output.txt has 2 lines, but test/input.txt has 3");
    }

    @Test
    void read_testLineOfAnotherUser_namesTheLine() throws IOException {
        write("test/input.txt", "1 2 3 4\n4 5 6 7\n10 1 2\n");

        assertFails("input.txt:2 does not begin with the items of the same line of train/input.txt");
    }

    @Test
    void read_validationLineOfNobody_namesTheLine() throws IOException {
        write("val/output.txt", "6\n");

        assertFails("input.txt:1 belongs to no user");
    }

    @Test
    void read_blankTarget_namesTheLine() throws IOException {
        write("test/output.txt", "5\n\n9\n");

        assertFails("output.txt:2 is blank; expected the item that followed");
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> GsasrecFolder.read(folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message);
    }

    @Test
    void read_ml1m_countsAndOrderOfThePublishedFiles() {
        Split split = GsasrecFolder.read(RealData.path("ml-1m-gsasrec"));

        assertThat(split.train().interactions().size()).isEqualTo(987_019);
        assertThat(split.train().items().ids())
                .isEqualTo(IntStream.rangeClosed(1, 3416)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(split.validation().size()).isEqualTo(512);
        assertThat(split.test().size()).isEqualTo(6040);
        assertThat(split.report().validationCases()).isEqualTo(512);
    }

    @Test
    void read_ml1m_validationHistoryIsTrainingPlusOneItem() {
        Split split = GsasrecFolder.read(RealData.path("ml-1m-gsasrec"));
        HeldOut validation = split.validation();
        int[] users = validation.cases().map(validation::user).toArray();

        assertThat(users).startsWith(13, 16, 22, 30).isSorted().doesNotHaveDuplicates();
        for (int index = 0; index < validation.size(); index++) {
            int[] trained = split.train().interactions().items(users[index]);
            int[] history = validation.history(index);
            assertThat(history.length).isEqualTo(trained.length + 1);
            assertThat(Arrays.copyOf(history, trained.length)).isEqualTo(trained);
        }
    }

    @Test
    void read_ml1m_testCasesAreThePairFileOfTheSameData() throws IOException {
        HeldOut test = GsasrecFolder.read(RealData.path("ml-1m-gsasrec")).test();
        List<String> pairs = Files.readAllLines(RealData.path("ml-1m-gsasrec", "ml-1m.txt"));

        int row = 0;
        for (int index = 0; index < test.size(); index++) {
            for (int item : IntStream.concat(Arrays.stream(test.history(index)), Arrays.stream(test.targets(index)))
                    .toArray()) {
                assertThat(pairs.get(row++))
                        .isEqualTo(test.users().id(index) + " " + test.items().id(item));
            }
        }
        assertThat(row).isEqualTo(pairs.size());
    }

    private static List<String> idsOfUser(Dataset dataset, int user) {
        return dataset.items().idsOf(dataset.interactions().items(user));
    }
}
