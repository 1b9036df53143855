package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Interactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the rows and roles behind a split, whoever made it, and proves that they give the same cases. */
final class Layouts {
    private Layouts() {}

    static Layout of(Split split) {
        Layout layout = shared(split).map(rows -> relabelled(split, rows)).orElseGet(() -> listed(split));
        List<HeldOut> parts = parts(split);
        for (int part = 0; part < parts.size(); part++) {
            checkSame(parts.get(part), layout, (byte) (Layout.VALIDATION + part));
        }
        return layout;
    }

    /** In the order of their roles. */
    private static List<HeldOut> parts(Split split) {
        List<HeldOut> parts = new ArrayList<>(List.of(split.validation(), split.test()));
        parts.addAll(split.groups().values());
        return parts;
    }

    private static Optional<Layout> shared(Split split) {
        List<Optional<Layout>> layouts = parts(split).stream()
                .map(part -> part.source().layout())
                .distinct()
                .toList();
        return layouts.size() == 1
                ? layouts.get(0)
                        .filter(layout -> layout.count(Layout.TRAIN)
                                == split.train().interactions().size())
                : Optional.empty();
    }

    /** Cases may have been deselected since: their validation rows are still history of the test cases. */
    private static Layout relabelled(Split split, Layout source) {
        byte[] roles = source.roles.clone();
        for (int row = 0; row < roles.length; row++) {
            if (roles[row] == Layout.VALIDATION) {
                roles[row] = Layout.CONTEXT;
            } else if (roles[row] >= Layout.TEST) {
                roles[row] = Layout.DROPPED;
            }
        }
        List<HeldOut> parts = parts(split);
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part).source() instanceof Cases.OfRows cases) {
                byte role = (byte) (Layout.VALIDATION + part);
                IntStream.range(0, cases.size()).flatMap(cases::targetRows).forEach(row -> roles[row] = role);
            }
        }
        return new Layout(source.rows, roles, List.copyOf(split.groups().keySet()));
    }

    /** The longest of a user's sequences holds the others. */
    private static Layout listed(Split split) {
        Interactions train = split.train().interactions();
        checkArgument(
                !train.hasTimes() && !train.hasValues(),
                "split must be made by a splitter to be written with times or values: listed cases have none");
        int[][] sequences = new int[train.numUsers()][];
        Arrays.setAll(sequences, train::items);
        extend(sequences, split.validation());
        extend(sequences, split.test());
        int[] offsets = new int[sequences.length + 1];
        for (int user = 0; user < sequences.length; user++) {
            offsets[user + 1] = offsets[user] + sequences[user].length;
        }
        byte[] roles = new byte[offsets[sequences.length]];
        for (int user = 0; user < sequences.length; user++) {
            Arrays.fill(roles, offsets[user] + train.count(user), offsets[user + 1], Layout.CONTEXT);
        }
        mark(roles, offsets, split.validation(), Layout.VALIDATION);
        mark(roles, offsets, split.test(), Layout.TEST);
        int[] items = Arrays.stream(sequences).flatMapToInt(Arrays::stream).toArray();
        return new Layout(
                Interactions.ofSorted(offsets, items, Optional.empty(), Optional.empty()),
                roles,
                List.copyOf(split.groups().keySet()));
    }

    private static void extend(int[][] sequences, HeldOut cases) {
        for (int index = 0; index < cases.size(); index++) {
            int[] whole = IntStream.concat(Arrays.stream(cases.history(index)), Arrays.stream(cases.targets(index)))
                    .toArray();
            if (whole.length > sequences[cases.user(index)].length) {
                sequences[cases.user(index)] = whole;
            }
        }
    }

    private static void mark(byte[] roles, int[] offsets, HeldOut cases, byte role) {
        for (int index = 0; index < cases.size(); index++) {
            int start = offsets[cases.user(index)] + cases.history(index).length;
            Arrays.fill(roles, start, start + cases.targets(index).length, role);
        }
    }

    private static void checkSame(HeldOut cases, Layout layout, byte role) {
        int[] users = cases.cases().map(cases::user).toArray();
        checkArgument(
                Arrays.equals(Arrays.stream(users).sorted().toArray(), layout.usersWith(role)),
                "split can be written if each user has one case in each part at most");
        Cases.OfRows written = new Cases.OfRows(layout, role, users);
        for (int index = 0; index < users.length; index++) {
            checkArgument(
                    Arrays.equals(cases.history(index), written.history(index))
                            && Arrays.equals(cases.targets(index), written.targets(index)),
                    "case of user \"%s\" cannot be written: its history must be the user's training, context and"
                            + " validation rows in their order",
                    cases.users().id(users[index]));
        }
    }
}
