package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

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
    private final Map<String, Integer> indices;

    private Vocabulary(String[] ids) {
        this.ids = ids;
        indices = new HashMap<>(ids.length * 4 / 3 + 1);
        for (int i = 0; i < ids.length; i++) {
            indices.put(ids[i], i);
        }
    }

    /**
     * Puts ids in order and numbers them.
     *
     * @param ids the ids, in any order, repeated or not
     * @return the vocabulary of the distinct ids
     */
    public static Vocabulary of(Collection<String> ids) {
        String[] distinct = new LinkedHashSet<>(ids).toArray(String[]::new);
        Arrays.sort(distinct, orderOf(distinct));
        return new Vocabulary(distinct);
    }

    /**
     * Restores a vocabulary whose order was decided before, such as a saved model's.
     *
     * @param ids distinct ids, index by index
     * @return the vocabulary with exactly that order
     * @throws IllegalArgumentException if an id is repeated
     */
    public static Vocabulary inOrder(List<String> ids) {
        Vocabulary vocabulary = new Vocabulary(ids.toArray(String[]::new));
        checkArgument(
                vocabulary.indices.size() == ids.size(),
                "ids must be distinct, got %s distinct ones among %s",
                vocabulary.indices.size(),
                ids.size());
        return vocabulary;
    }

    private static Comparator<String> orderOf(String[] ids) {
        return Arrays.stream(ids).allMatch(Vocabulary::isCanonicalInteger)
                ? Comparator.comparingLong(Long::parseLong)
                : Comparator.naturalOrder();
    }

    private static boolean isCanonicalInteger(String id) {
        if (id.isEmpty() || id.length() > 18) {
            return false;
        }
        int first = id.charAt(0) == '-' ? 1 : 0;
        boolean digits = id.length() > first && id.chars().skip(first).allMatch(c -> c >= '0' && c <= '9');
        return digits && (id.charAt(first) != '0' || id.equals("0"));
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
        return indices.getOrDefault(id, UNKNOWN);
    }

    /**
     * {@return whether it is in the vocabulary}
     *
     * @param id an id
     */
    public boolean contains(String id) {
        return indices.containsKey(id);
    }

    /** {@return all ids, index by index} */
    public List<String> ids() {
        return List.of(ids);
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
