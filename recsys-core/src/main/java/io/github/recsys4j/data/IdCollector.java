package io.github.recsys4j.data;

/**
 * Turns the ids of one column into codes while one thread reads.
 *
 * <p>The code of a canonical number below {@link #NUMBERS} is that number, so the usual integer ids cost no
 * look-up; any other id has the code {@code -1 - n} where {@code n} is its number in the dictionary. Codes of the
 * dictionary mean nothing outside this collector. Not thread-safe.
 */
final class IdCollector {
    /** Numbers from here on go to the dictionary: a set of those below takes at most 16 MiB. */
    static final int NUMBERS = 1 << 27;

    private final String name;
    private final ReadLimits limits;
    private final IdDictionary dictionary = new IdDictionary();

    IdCollector(String name, ReadLimits limits) {
        this.name = name;
        this.limits = limits;
    }

    /** The code of the id in {@code bytes[from .. to - 1]}. */
    int code(byte[] bytes, int from, int to) throws BadRow {
        long number = Digits.parse(bytes, from, to);
        boolean canonical = number > 0 ? bytes[from] != '0' : number == 0 && to - from == 1;
        return canonical && number < NUMBERS ? (int) number : look(bytes, from, to);
    }

    private int look(byte[] bytes, int from, int to) throws BadRow {
        int known = dictionary.find(bytes, from, to);
        return -1 - (known >= 0 ? known : learn(bytes, from, to));
    }

    private int learn(byte[] bytes, int from, int to) throws BadRow {
        if (from == to) {
            throw new BadRow(name + " is empty; expected an id");
        }
        if (to - from > limits.maxFieldBytes()) {
            throw BadRow.field(
                    name, bytes, from, to, "at most " + limits.maxFieldBytes() + " bytes (ReadLimits.maxFieldBytes)");
        }
        if (!Texts.isUtf8(bytes, from, to)) {
            throw BadRow.field(name, bytes, from, to, "UTF-8");
        }
        return dictionary.add(bytes, from, to);
    }

    /** The id that has the code. */
    String id(int code) {
        return code >= 0 ? Integer.toString(code) : dictionary.text(-1 - code);
    }

    /** How many ids have negative codes. */
    int texts() {
        return dictionary.size();
    }
}
