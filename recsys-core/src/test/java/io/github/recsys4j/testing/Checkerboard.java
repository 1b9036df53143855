package io.github.recsys4j.testing;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Toy data whose answer is obvious: user {@code u} walks through all items of the same parity in steps of two,
 * starting after item {@code u} and stopping before it, so the one item that is missing, and the next step, is
 * item {@code u}. Two more users have item {@value #POPULAR} only and make it the most popular.
 */
public final class Checkerboard {
    /** How many items, and how many users who walk. */
    public static final int SIZE = 20;

    /** The most popular item; all others are equally popular. */
    public static final String POPULAR = "3";

    private Checkerboard() {}

    /** {@return the interactions, without times; users are {@code "0" .. "19"}, {@code "100"} and {@code "101"}} */
    public static Dataset dataset() {
        List<String> items = IntStream.range(0, SIZE).mapToObj(String::valueOf).toList();
        int[][] histories = new int[SIZE + 2][];
        Arrays.setAll(histories, user -> user < SIZE ? walk(user) : new int[] {Integer.parseInt(POPULAR)});
        int[] offsets = new int[histories.length + 1];
        for (int user = 0; user < histories.length; user++) {
            offsets[user + 1] = offsets[user] + histories[user].length;
        }
        int[] rows = Arrays.stream(histories).flatMapToInt(Arrays::stream).toArray();
        List<String> users = IntStream.range(0, SIZE + 2)
                .map(user -> user < SIZE ? user : user + 80)
                .mapToObj(String::valueOf)
                .toList();
        return Dataset.of(
                Vocabulary.of(users),
                Vocabulary.of(items),
                Interactions.ofSorted(offsets, rows, Optional.empty(), Optional.empty()));
    }

    private static int[] walk(int user) {
        return IntStream.range(1, SIZE / 2)
                .map(step -> (user + 2 * step) % SIZE)
                .toArray();
    }

    /**
     * {@return the history of a user who walks, as item ids, oldest first}
     *
     * @param user from 0 to {@code SIZE - 1}
     */
    public static List<String> history(int user) {
        return Arrays.stream(walk(user)).mapToObj(String::valueOf).toList();
    }
}
