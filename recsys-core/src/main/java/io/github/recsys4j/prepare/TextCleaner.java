package io.github.recsys4j.prepare;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Column;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Makes plain text of what catalogues hold: takes HTML out, writes equal characters equally (Unicode's normalisation
 * form KC), drops control characters and halves of surrogate pairs, and makes one space of every run of white space.
 *
 * <p>A tag is a {@code <} before a letter, {@code /}, {@code !} or {@code ?}, up to the next {@code >}; so {@code a < b}
 * and {@code <3} stay. Tags that style a part of a word vanish, others leave a space; scripts and style sheets vanish with
 * what they hold. After that, named entities of HTML's first version and numeric ones become their characters. Takes time
 * in proportion to the text. Cleaning a clean text again changes it only where it shows entities of entities.
 *
 * <p>Thread-safety: immutable.
 *
 * @param html whether HTML is taken out
 * @param lowerCase whether letters become small; leave it to the tokenizer of a pre-trained encoder
 * @param maxLength how many characters are kept at most, at least 1; a character of a surrogate pair counts two
 */
public record TextCleaner(boolean html, boolean lowerCase, int maxLength) implements UnaryOperator<String> {

    /**
     * Checks the length.
     *
     * @param html whether HTML is taken out
     * @param lowerCase whether letters become small
     * @param maxLength how many characters are kept at most
     * @throws IllegalArgumentException if the length is below 1
     */
    public TextCleaner {
        checkArgument(maxLength >= 1, "maxLength must be at least 1, got %s", maxLength);
    }

    /** {@return a cleaner that takes HTML out, leaves capitals and keeps at most 100,000 characters} */
    public static TextCleaner defaults() {
        return new TextCleaner(true, false, 100_000);
    }

    /**
     * {@return this cleaner, with or without small letters}
     *
     * @param small whether letters become small
     */
    public TextCleaner withLowerCase(boolean small) {
        return new TextCleaner(html, small, maxLength);
    }

    /**
     * {@return this cleaner with another length}
     *
     * @param length how many characters are kept at most
     * @throws IllegalArgumentException if it is below 1
     */
    public TextCleaner withMaxLength(int length) {
        return new TextCleaner(html, lowerCase, length);
    }

    /**
     * Cleans a text.
     *
     * @param text any text
     * @return the clean text, without white space at its ends; may be empty
     */
    @Override
    public String apply(String text) {
        String plain = html ? HtmlText.plain(text) : text;
        String normal = Normalizer.normalize(plain, Normalizer.Form.NFKC);
        return tidy(lowerCase ? normal.toLowerCase(Locale.ROOT) : normal);
    }

    private String tidy(String text) {
        StringBuilder tidy = new StringBuilder(Math.min(text.length(), maxLength));
        boolean gap = false;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (isSpace(character)) {
                gap = tidy.length() > 0;
            } else if (!isJunk(character)) {
                if (tidy.length() + (gap ? 1 : 0) + Character.charCount(character) > maxLength) {
                    break;
                }
                if (gap) {
                    tidy.append(' ');
                    gap = false;
                }
                tidy.appendCodePoint(character);
            }
        }
        return tidy.toString();
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\u0085';
    }

    private static boolean isJunk(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.SURROGATE || character == '\uFEFF';
    }

    /**
     * Cleans a column.
     *
     * @param column the column
     * @return the clean column, and how many values were emptied; such a value counts as absent
     */
    public CleanColumn clean(Column column) {
        PreparationReport.Collector report = PreparationReport.collecting("text column " + column.name());
        List<String> values = new ArrayList<>(column.values().size());
        for (String value : column.values()) {
            String clean = apply(value);
            values.add(clean);
            if (value.isEmpty()) {
                report.drop("absent", "row " + (values.size() - 1));
            } else if (clean.isEmpty()) {
                report.drop("nothing but markup or white space", "row " + (values.size() - 1));
            } else {
                report.keep();
            }
        }
        return new CleanColumn(new Column(column.name(), values), report.report());
    }

    /**
     * A cleaned column.
     *
     * @param column the clean values
     * @param report how many values there are, and which were left out
     */
    public record CleanColumn(Column column, PreparationReport report) {}
}
