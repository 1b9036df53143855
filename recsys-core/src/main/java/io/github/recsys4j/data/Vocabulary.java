package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The application's ids and their dense indices {@code 0 .. size - 1}.
 *
 * <p>Indices follow the order of the ids: numeric when every id is a canonical integer, else as strings by
 * UTF-16 code unit. So "ties go to the lower id" means the same wherever the data came from.
 *
 * <p>Thread-safety: immutable.
 */
public final class Vocabulary {
    /** What {@link #indexOf(String)} gives for an id that is not in the vocabulary. */
    public static final int UNKNOWN = -1;

    private final String[] ids;
    private final List<String> idList;

    /** Open addressing with linear probing: 0 is free, else an index plus one. */
    private final int[] slots;

    private Vocabulary(String[] ids) {
        this.ids = ids;
        idList = Collections.unmodifiableList(Arrays.asList(ids));
        slots = new int[Integer.highestOneBit(Math.max(ids.length, 1)) * 4];
        for (int index = 0; index < ids.length; index++) {
            int slot = slotOf(ids[index]);
            checkArgument(
                    slots[slot] == 0,
                    "ids must be distinct, got \"%s\" at both %s and %s",
                    ids[index],
                    slots[slot] - 1,
                    index);
            slots[slot] = index + 1;
        }
    }

    private int slotOf(String id) {
        int hash = (id.hashCode() ^ (id.hashCode() >>> 16)) * 0x9E3779B9;
        int slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
        while (slots[slot] != 0 && !ids[slots[slot] - 1].equals(id)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /**
     * Puts ids in order and numbers them.
     *
     * @param ids the ids, in any order, repeated or not
     * @return the vocabulary of the distinct ids
     */
    public static Vocabulary of(Collection<String> ids) {
        String[] all = ids.toArray(String[]::new);
        return new Vocabulary(
                Arrays.stream(all).allMatch(Vocabulary::isCanonicalInteger) ? byNumber(all) : byText(all));
    }

    /**
     * Restores a vocabulary whose order was decided before, such as a saved model's.
     *
     * @param ids distinct ids, index by index
     * @return the vocabulary with exactly that order
     * @throws IllegalArgumentException if an id is repeated
     */
    public static Vocabulary inOrder(List<String> ids) {
        return new Vocabulary(ids.toArray(String[]::new));
    }

    private static String[] byNumber(String[] ids) {
        return Arrays.stream(ids)
                .mapToLong(Long::parseLong)
                .sorted()
                .distinct()
                .mapToObj(Long::toString)
                .toArray(String[]::new);
    }

    private static String[] byText(String[] ids) {
        Arrays.parallelSort(ids);
        int distinct = 0;
        for (String id : ids) {
            if (distinct == 0 || !ids[distinct - 1].equals(id)) {
                ids[distinct++] = id;
            }
        }
        return Arrays.copyOf(ids, distinct);
    }

    private static boolean isCanonicalInteger(String id) {
        if (id.isEmpty() || id.length() > 18) {
            return false;
        }
        int first = id.charAt(0) == '-' ? 1 : 0;
        for (int at = first; at < id.length(); at++) {
            if (id.charAt(at) < '0' || id.charAt(at) > '9') {
                return false;
            }
        }
        return id.length() > first && (id.charAt(first) != '0' || id.length() == 1);
    }

    /** {@return how many ids there are} */
    public int size() {
        return ids.length;
    }

    /**
     * {@return the id with that index}
     *
     * @param index from 0 to {@code size() - 1}
     * @throws IndexOutOfBoundsException if the index is outside that range
     */
    public String id(int index) {
        return ids[checkElementIndex(index, ids.length, "index")];
    }

    /**
     * {@return its index, or {@link #UNKNOWN}}
     *
     * @param id an id
     */
    public int indexOf(String id) {
        return slots[slotOf(id)] - 1;
    }

    /**
     * {@return whether it is in the vocabulary}
     *
     * @param id an id
     */
    public boolean contains(String id) {
        return indexOf(id) != UNKNOWN;
    }

    /** {@return all ids, index by index} */
    public List<String> ids() {
        return idList;
    }

    /**
     * Translates indices to ids.
     *
     * @param indexes each from 0 to {@code size() - 1}
     * @return the ids in that order
     */
    public List<String> idsOf(int[] indexes) {
        List<String> result = new ArrayList<>(indexes.length);
        for (int index : indexes) {
            result.add(id(index));
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "Vocabulary[" + ids.length + " ids]";
    }
}
