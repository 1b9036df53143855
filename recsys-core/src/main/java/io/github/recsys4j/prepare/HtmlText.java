package io.github.recsys4j.prepare;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of a text with HTML in it. */
final class HtmlText {
    private static final Set<String> STYLES = Set.of(
            "a", "abbr", "b", "big", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u",
            "wbr");
    private static final Set<String> HIDDEN = Set.of("script", "style");
    private static final Map<String, String> ENTITIES = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "–", "mdash", "—",
            "hellip", "…", "copy", "©");
    private static final int LONGEST_ENTITY = 10;

    private HtmlText() {}

    static String plain(String text) {
        String words = text.indexOf('<') < 0 ? text : withoutTags(text);
        return words.indexOf('&') < 0 ? words : withoutEntities(words);
    }

    private static String withoutTags(String text) {
        StringBuilder words = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = text.charAt(at) == '<' ? endOfTag(text, at) : -1;
            if (end < 0) {
                words.append(text.charAt(at++));
                continue;
            }
            String name = nameOf(text, at, end);
            if (!STYLES.contains(name)) {
                words.append(' ');
            }
            at = HIDDEN.contains(name) && text.charAt(at + 1) != '/' ? endOfHidden(text, end, name) : end;
        }
        return words.toString();
    }

    /** Behind the tag or comment that begins here, or -1 if none does. */
    private static int endOfTag(String text, int at) {
        if (at + 1 >= text.length() || !beginsTag(text.charAt(at + 1))) {
            return -1;
        }
        if (text.startsWith("<!--", at)) {
            int end = text.indexOf("-->", at + 4);
            return end < 0 ? text.length() : end + 3;
        }
        int end = text.indexOf('>', at);
        return end < 0 ? text.length() : end + 1;
    }

    private static boolean beginsTag(char next) {
        return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
    }

    private static String nameOf(String text, int at, int end) {
        int from = text.charAt(at + 1) == '/' ? at + 2 : at + 1;
        int to = from;
        while (to < end && Character.isLetterOrDigit(text.charAt(to))) {
            to++;
        }
        return text.substring(Math.min(from, to), to).toLowerCase(Locale.ROOT);
    }

    private static int endOfHidden(String text, int from, String name) {
        for (int at = text.indexOf("</", from); at >= 0; at = text.indexOf("</", at + 2)) {
            if (text.regionMatches(true, at + 2, name, 0, name.length())) {
                int end = text.indexOf('>', at);
                return end < 0 ? text.length() : end + 1;
            }
        }
        return text.length();
    }

    private static String withoutEntities(String text) {
        StringBuilder words = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = text.charAt(at) == '&'
                    ? text.substring(at, Math.min(text.length(), at + LONGEST_ENTITY))
                            .indexOf(';')
                    : -1;
            String meaning = end < 0 ? "" : meaning(text.substring(at + 1, at + end));
            if (meaning.isEmpty()) {
                words.append(text.charAt(at++));
            } else {
                words.append(meaning);
                at += end + 1;
            }
        }
        return words.toString();
    }

    /** What an entity stands for, or nothing if it is none. */
    private static String meaning(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, "");
        }
        boolean hex = name.startsWith("x", 1) || name.startsWith("X", 1);
        try {
            int character = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(character) && character > 0 ? Character.toString(character) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
