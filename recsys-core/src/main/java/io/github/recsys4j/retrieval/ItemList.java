package io.github.recsys4j.retrieval;

import java.util.Arrays;

/**
 * Items and their codes side by side, so that reading them does not wait. A value never changes; one that was appended to
 * shares the arrays' front with the longer one.
 *
 * @param items the first {@code count} are meant
 * @param words their codes, one after the other
 * @param count how many
 */
@SuppressWarnings("ArrayRecordComponent")
record ItemList(int[] items, long[] words, int count) {

    static ItemList withRoom(int size, int wordsPerItem) {
        return new ItemList(new int[size], new long[Math.multiplyExact(size, wordsPerItem)], 0);
    }

    ItemList with(int item, Codes codes) {
        int perItem = codes.wordsPerItem();
        int room = count < items.length ? items.length : count + count / 2 + 4;
        int[] longer = room == items.length ? items : Arrays.copyOf(items, room);
        long[] longerWords = room == items.length ? words : Arrays.copyOf(words, Math.multiplyExact(room, perItem));
        longer[count] = item;
        System.arraycopy(codes.words(), codes.at(item), longerWords, count * perItem, perItem);
        return new ItemList(longer, longerWords, count + 1);
    }
}
