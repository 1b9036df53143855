package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.data.Interactions;
import java.util.Arrays;

/** Who has which item, once each, by user and by item. */
final class BinaryMatrix {
    private final int[][] itemsOfUser;
    private final int[][] usersOfItem;

    private BinaryMatrix(int[][] itemsOfUser, int[][] usersOfItem) {
        this.itemsOfUser = itemsOfUser;
        this.usersOfItem = usersOfItem;
    }

    static BinaryMatrix of(Interactions interactions, int numItems) {
        int[][] itemsOfUser = new int[interactions.numUsers()][];
        int[] counts = new int[numItems];
        for (int user = 0; user < itemsOfUser.length; user++) {
            itemsOfUser[user] = distinct(interactions.items(user));
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
        return new BinaryMatrix(itemsOfUser, usersOfItem);
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

    /** {@return how many users there are} */
    int numUsers() {
        return itemsOfUser.length;
    }

    /** {@return the user's distinct items, ascending; not to be written to} */
    int[] itemsOf(int user) {
        return itemsOfUser[user];
    }

    /** {@return the users who have the item, ascending; not to be written to} */
    int[] usersOf(int item) {
        return usersOfItem[item];
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
}
