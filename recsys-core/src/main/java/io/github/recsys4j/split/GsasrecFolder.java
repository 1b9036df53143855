package io.github.recsys4j.split;

import com.google.common.primitives.Ints;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads a split that was made before: the folder layout of the published gSASRec code.
 *
 * <pre>
 * train/input.txt                  one user per line: item ids, oldest first, separated by spaces
 * val/input.txt   val/output.txt   some of the users: a history, and the item that followed
 * test/input.txt  test/output.txt  all users, in the order of train/input.txt: a history, and the last item
 * </pre>
 *
 * <p>Users have no ids in this layout: a user's id is the line number in {@code train/input.txt} from 1, which
 * on MovieLens-1M is the id in SASRec's {@code ml-1m.txt}. Items are all ids that stand anywhere in the five
 * files. A validation line belongs to the user whose test history is that line's input followed by its output;
 * where several users have the same one, to the first without a line.
 *
 * <p>Two traits of the published files that a reader of the numbers should know. A validation input is not the
 * training sequence: it is longer by the item between the two (training holds all but the last three items of a
 * validation user, and all but the last two of anybody else). And the layout has no times, so rows are ordered
 * by position only.
 *
 * @see <a href="https://doi.org/10.1145/3604915.3608783">Petrov and Macdonald, gSASRec, RecSys 2023</a>
 */
public final class GsasrecFolder {
    private final Path folder;
    private final List<int[]> train;
    private final List<int[]> validationInputs;
    private final List<int[]> validationOutputs;
    private final List<int[]> testInputs;
    private final List<int[]> testOutputs;

    private GsasrecFolder(Path folder) {
        this.folder = folder;
        train = read("train", "input.txt");
        validationInputs = read("val", "input.txt");
        validationOutputs = read("val", "output.txt");
        testInputs = read("test", "input.txt");
        testOutputs = read("test", "output.txt");
    }

    /**
     * Reads the folder.
     *
     * @param folder holds {@code train}, {@code val} and {@code test}
     * @return training sequences without times, the validation cases in the order of their file, and one test
     *     case per user
     * @throws DatasetException if a file is missing, empty or not made of item numbers, or if the files
     *     contradict each other
     */
    public static Split read(Path folder) {
        GsasrecFolder files = new GsasrecFolder(folder);
        files.checkLengths();
        files.checkTrainStartsTest();
        return files.split();
    }

    private List<int[]> read(String part, String name) {
        Path file = folder.resolve(part).resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file
                    + " is missing; a gSASRec folder holds train/input.txt, and input.txt and output.txt in each of"
                    + " val and test. Check the folder, or read the interactions with Dataset.builder().");
        }
        return ItemLines.read(file);
    }

    private void checkLengths() {
        checkSameLines("val/output.txt", validationOutputs, "val/input.txt", validationInputs);
        checkSameLines("test/output.txt", testOutputs, "test/input.txt", testInputs);
        checkSameLines("test/input.txt", testInputs, "train/input.txt", train);
    }

    private void checkSameLines(String name, List<int[]> lines, String otherName, List<int[]> others) {
        if (lines.size() != others.size()) {
            throw new DatasetException(folder.resolve(name) + " has " + lines.size() + " lines, but " + otherName
                    + " has " + others.size() + "; line by line they must speak of the same users.");
        }
    }

    private void checkTrainStartsTest() {
        for (int user = 0; user < train.size(); user++) {
            int[] start = train.get(user);
            int[] whole = testInputs.get(user);
            if (Arrays.mismatch(start, whole) != (start.length == whole.length ? -1 : start.length)) {
                throw new DatasetException(folder.resolve("test/input.txt") + ":" + (user + 1)
                        + " does not begin with the items of the same line of train/input.txt; both must be ordered"
                        + " by the same users.");
            }
        }
    }

    private Split split() {
        Vocabulary users = numbers(IntStream.rangeClosed(1, train.size()));
        Vocabulary items = numbers(IntStream.of(distinctItems()));
        HeldOut validation = validation(users, items);
        HeldOut test = test(users, items);
        Dataset dataset = Dataset.of(users, items, interactions(items));
        return new Split(dataset, validation, test, report(dataset, validation, test));
    }

    private static Vocabulary numbers(IntStream ids) {
        return Vocabulary.inOrder(ids.mapToObj(Integer::toString).toList());
    }

    private int[] distinctItems() {
        return List.of(train, validationInputs, validationOutputs, testInputs, testOutputs).stream()
                .flatMap(List::stream)
                .flatMapToInt(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
    }

    private Interactions interactions(Vocabulary items) {
        int[] offsets = new int[train.size() + 1];
        for (int user = 0; user < train.size(); user++) {
            offsets[user + 1] = offsets[user] + train.get(user).length;
        }
        int[] rows = indices(items, Ints.concat(train.toArray(int[][]::new)));
        return Interactions.ofSorted(offsets, rows, Optional.empty(), Optional.empty());
    }

    private static int[] indices(Vocabulary items, int[] ids) {
        return Arrays.stream(ids).map(id -> items.indexOf(Integer.toString(id))).toArray();
    }

    private HeldOut test(Vocabulary users, Vocabulary items) {
        HeldOut.Builder cases = HeldOut.builder(users, items);
        for (int user = 0; user < train.size(); user++) {
            add(cases, user, items, testInputs.get(user), target("test", testOutputs, user));
        }
        return cases.build();
    }

    private HeldOut validation(Vocabulary users, Vocabulary items) {
        Map<List<Integer>, Deque<Integer>> usersByHistory = usersByTestInput();
        HeldOut.Builder cases = HeldOut.builder(users, items);
        for (int line = 0; line < validationInputs.size(); line++) {
            int[] history = validationInputs.get(line);
            int[] held = target("val", validationOutputs, line);
            Deque<Integer> owners =
                    usersByHistory.getOrDefault(Ints.asList(Ints.concat(history, held)), new ArrayDeque<>());
            if (owners.isEmpty()) {
                throw new DatasetException(folder.resolve("val/input.txt") + ":" + (line + 1)
                        + " belongs to no user: no unused line of test/input.txt is this line followed by its"
                        + " val/output.txt item(s) " + Arrays.toString(held) + ".");
            }
            add(cases, owners.removeFirst(), items, history, held);
        }
        return cases.build();
    }

    private Map<List<Integer>, Deque<Integer>> usersByTestInput() {
        Map<List<Integer>, Deque<Integer>> users = new HashMap<>();
        for (int user = 0; user < testInputs.size(); user++) {
            users.computeIfAbsent(Ints.asList(testInputs.get(user)), key -> new ArrayDeque<>())
                    .add(user);
        }
        return users;
    }

    private int[] target(String part, List<int[]> outputs, int line) {
        int[] held = outputs.get(line);
        if (held.length == 0) {
            throw new DatasetException(folder.resolve(part).resolve("output.txt") + ":" + (line + 1)
                    + " is blank; expected the item that followed the same line of input.txt.");
        }
        return held;
    }

    private static void add(HeldOut.Builder cases, int user, Vocabulary items, int[] history, int[] held) {
        cases.add(user, indices(items, history), indices(items, held));
    }

    private static SplitReport report(Dataset dataset, HeldOut validation, HeldOut test) {
        String protocol = "gsasrec-folder(validation=" + validation.size() + " users, test=last item)";
        return SplitReport.measure(protocol, dataset, validation, test)
                .withNotes(List.of(
                        "order is the position in the line; the layout has no times",
                        "validation histories hold one item that training does not; the test histories of users"
                                + " without a validation case do as well",
                        "held back per user, not by time: training may hold what other users did later"));
    }
}
