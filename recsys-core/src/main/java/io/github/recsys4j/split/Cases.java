package io.github.recsys4j.split;

import io.github.recsys4j.data.Interactions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where {@link HeldOut} takes its cases from. */
sealed interface Cases {
    int size();

    int user(int index);

    /** A new array. */
    int[] history(int index);

    /** A new array. */
    int[] targets(int index);

    Cases select(int[] cases);

    /** The rows behind the cases, or empty if they were listed one by one. */
    Optional<Layout> layout();

    /** One case per user, read from the rows when asked: no history is ever stored. */
    final class OfRows implements Cases {
        private final Layout layout;
        private final byte role;
        private final int[] users;

        OfRows(Layout layout, byte role, int[] users) {
            this.layout = layout;
            this.role = role;
            this.users = users;
        }

        @Override
        public int size() {
            return users.length;
        }

        @Override
        public int user(int index) {
            return users[index];
        }

        @Override
        public int[] history(int index) {
            return layout.historyOf(users[index], role).map(layout.rows::item).toArray();
        }

        @Override
        public int[] targets(int index) {
            return targetRows(index).map(layout.rows::item).toArray();
        }

        Interactions rows() {
            return layout.rows;
        }

        IntStream targetRows(int index) {
            return layout.rowsOf(users[index], role);
        }

        /** -1 if the user does not train. */
        int lastTrainRow(int index) {
            return layout.rowsOf(users[index], Layout.TRAIN).max().orElse(-1);
        }

        @Override
        public Cases select(int[] cases) {
            return new OfRows(layout, role, Arrays.stream(cases).map(this::user).toArray());
        }

        @Override
        public Optional<Layout> layout() {
            return Optional.of(layout);
        }
    }

    /** Cases listed one by one. */
    record Listed(Ragged users, Ragged histories, Ragged held) implements Cases {
        @Override
        public int size() {
            return users.size();
        }

        @Override
        public int user(int index) {
            return users.get(index)[0];
        }

        @Override
        public int[] history(int index) {
            return histories.get(index);
        }

        @Override
        public int[] targets(int index) {
            return held.get(index);
        }

        @Override
        public Cases select(int[] cases) {
            return new Listed(users.select(cases), histories.select(cases), held.select(cases));
        }

        @Override
        public Optional<Layout> layout() {
            return Optional.empty();
        }
    }
}
