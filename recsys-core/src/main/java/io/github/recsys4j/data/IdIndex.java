package io.github.recsys4j.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * From the codes that the threads gave to ids to indices of a vocabulary.
 *
 * <p>Numbers that stand for themselves are found by rank: how many smaller ones occur, from a bit set and the counts
 * before each of its words. Immutable.
 */
final class IdIndex {
    private final long[] words;
    private final int[] ranks;
    private final int[] indexOfRank;
    private final int[][] indexOfText;

    /**
     * Prepares the look-up.
     *
     * @param used the ids that occur
     * @param vocabulary where each is looked up once; what it lacks gets {@link Vocabulary#UNKNOWN}
     */
    IdIndex(UsedIds used, Vocabulary vocabulary) {
        words = used.numbers().toLongArray();
        ranks = new int[words.length];
        for (int word = 1; word < words.length; word++) {
            ranks[word] = ranks[word - 1] + Long.bitCount(words[word - 1]);
        }
        indexOfRank = used.numbers().stream()
                .map(number -> vocabulary.indexOf(Integer.toString(number)))
                .toArray();
        indexOfText = new int[used.collectors().size()][];
        Arrays.setAll(
                indexOfText,
                owner -> indicesOf(used.texts(owner), used.collectors().get(owner), vocabulary));
    }

    private static int[] indicesOf(BitSet texts, IdCollector owner, Vocabulary vocabulary) {
        int[] indices = new int[texts.length()];
        texts.stream().forEach(text -> indices[text] = vocabulary.indexOf(owner.id(-1 - text)));
        return indices;
    }

    /** The index of a code that occurs. */
    int index(int collector, int code) {
        if (code < 0) {
            return indexOfText[collector][-1 - code];
        }
        int word = code >>> 6;
        return indexOfRank[ranks[word] + Long.bitCount(words[word] & ((1L << code) - 1))];
    }
}
