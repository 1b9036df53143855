package io.github.recsys4j.retrieval;

import java.util.Arrays;
import java.util.Optional;

/**
 * The lists of an inverted file at one moment.
 *
 * @param centres of the lists, {@code [lists, width]}, each of length 1; where items are lifted ({@link Lift}) the last column is
 *     that of the added coordinate
 * @param codes of the centres without the added coordinate, for a query to choose by
 * @param lists one for each centre
 * @param trained how many items there were when the centres were learned
 */
@SuppressWarnings("ArrayRecordComponent")
record ListView(float[] centres, Codes codes, ItemList[] lists, int trained) {

    /** Divides items, each into the list of its number; an item of a negative number into none. */
    static ListView of(float[] centres, int trained, int[] listOf, CodedItems items) {
        int count = centres.length / SphericalKMeans.width(items);
        int[] sizes = new int[count];
        Arrays.stream(listOf).filter(list -> list >= 0).forEach(list -> sizes[list]++);
        ItemList[] lists = new ItemList[count];
        Arrays.setAll(
                lists, list -> ItemList.withRoom(sizes[list], items.codes().wordsPerItem()));
        for (int item = 0; item < listOf.length; item++) {
            if (listOf[item] >= 0) {
                lists[listOf[item]] = lists[listOf[item]].with(item, items.codes());
            }
        }
        return new ListView(centres, codesOf(centres, items), lists, trained);
    }

    private static Codes codesOf(float[] centres, CodedItems items) {
        int dim = items.dim();
        int width = SphericalKMeans.width(items);
        int count = centres.length / width;
        float[] rows = new float[count * dim];
        for (int row = 0; row < count; row++) {
            System.arraycopy(centres, row * width, rows, row * dim, dim);
        }
        int words = CodeKernel.words(dim);
        Codes codes =
                new Codes(Codes.room(count, words), words, CodedItems.step(CodedItems.largest(rows)), Optional.empty());
        codes.pack(rows, 0, count, dim);
        return codes;
    }

    /** Adds items, each to the list of its number. */
    ListView with(int first, int[] listOf, Codes itemCodes) {
        ItemList[] longer = lists.clone();
        for (int i = 0; i < listOf.length; i++) {
            longer[listOf[i]] = longer[listOf[i]].with(first + i, itemCodes);
        }
        return new ListView(centres, codes, longer, trained);
    }

    /** How many items are in lists, removed ones included. */
    int listed() {
        return Arrays.stream(lists).mapToInt(ItemList::count).sum();
    }

    /** The list of each item, or -1. */
    int[] listOf(int items) {
        int[] listOf = new int[items];
        Arrays.fill(listOf, -1);
        for (int list = 0; list < lists.length; list++) {
            for (int place = 0; place < lists[list].count(); place++) {
                listOf[lists[list].items()[place]] = list;
            }
        }
        return listOf;
    }
}
