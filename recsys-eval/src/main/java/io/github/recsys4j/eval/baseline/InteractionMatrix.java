package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.data.Interactions;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Who has which item, by user and by item: once each, or as often as it happened. */
final class InteractionMatrix {
    private final int[][] itemsOfUser;
    private final int[][] usersOfItem;

    private InteractionMatrix(int[][] itemsOfUser, int[][] usersOfItem) {
        this.itemsOfUser = itemsOfUser;
        this.usersOfItem = usersOfItem;
    }

    /** Each pair once. */
    static InteractionMatrix of(Interactions interactions, int numItems) {
        return of(interactions, numItems, InteractionMatrix::distinct);
    }

    /** Each pair as often as it happened; repetitions stand side by side. */
    static InteractionMatrix counted(Interactions interactions, int numItems) {
        return of(interactions, numItems, InteractionMatrix::sorted);
    }

    private static InteractionMatrix of(Interactions interactions, int numItems, UnaryOperator<int[]> row) {
        int[][] itemsOfUser = new int[interactions.numUsers()][];
        int[] counts = new int[numItems];
        for (int user = 0; user < itemsOfUser.length; user++) {
            itemsOfUser[user] = row.apply(interactions.items(user));
            for (int item : itemsOfUser[user]) {
                counts[item]++;
            }
        }
        int[][] usersOfItem = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
        for (int user = itemsOfUser.length - 1; user >= 0; user--) {
            for (int item : itemsOfUser[user]) {
                usersOfItem[item][--counts[item]] = user;
            }
        }
        return new InteractionMatrix(itemsOfUser, usersOfItem);
    }

    /** {@return the distinct items, ascending} */
    static int[] distinct(int[] items) {
        return Arrays.stream(items).sorted().distinct().toArray();
    }

    int numItems() {
        return usersOfItem.length;
    }

    /** {@return how many users have the item} */
    int count(int item) {
        return usersOfItem[item].length;
    }

    /** {@return the items in ascending order, as often as they occur} */
    static int[] sorted(int[] items) {
        return Arrays.stream(items).sorted().toArray();
    }

    /** {@return how many users there are} */
    int numUsers() {
        return itemsOfUser.length;
    }

    /** {@return each user's items; not to be written to} */
    int[][] byUser() {
        return itemsOfUser;
    }

    /** {@return each item's users; not to be written to} */
    int[][] byItem() {
        return usersOfItem;
    }

    /** {@return the user's items, ascending; not to be written to} */
    int[] itemsOf(int user) {
        return itemsOfUser[user];
    }

    /** {@return shape [users]: how many of these distinct items each user has} */
    int[] sharedBy(int[] items) {
        int[] counts = new int[itemsOfUser.length];
        for (int item : items) {
            for (int user : usersOfItem[item]) {
                counts[user]++;
            }
        }
        return counts;
    }

    /** {@return shape [items]: how many users have both; at the item itself, how many have it} */
    int[] together(int item) {
        int[] counts = new int[usersOfItem.length];
        for (int user : usersOfItem[item]) {
            for (int other : itemsOfUser[user]) {
                counts[other]++;
            }
        }
        return counts;
    }

    /** {@return shape [items, items]: how many users have both, which floats hold exactly} */
    float[][] gram() {
        float[][] gram = new float[usersOfItem.length][];
        IntStream.range(0, gram.length).parallel().forEach(item -> {
            int[] together = together(item);
            float[] row = new float[together.length];
            for (int other = 0; other < row.length; other++) {
                row[other] = together[other];
            }
            gram[item] = row;
        });
        return gram;
    }
}
