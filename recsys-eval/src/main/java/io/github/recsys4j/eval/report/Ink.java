package io.github.recsys4j.eval.report;

import java.util.List;

/**
 * What something is drawn with: a colour that has one shade on light ground and one on dark, and a kind of line and
 * marker, so that series beyond the colours, and readers who do not see them, can tell them apart.
 *
 * <p>The six colours of series are those of Okabe and Ito, darkened or lightened until they stand 4.5 to 1 against
 * their ground.
 *
 * @param name of the style in the page
 * @param light as {@code #rrggbb}
 * @param dark as {@code #rrggbb}
 * @param kind 0 to 3: solid and round, dashed and square, dotted and diamond, dash-dotted and triangular
 */
record Ink(String name, String light, String dark, int kind) {
    static final Ink GRID = new Ink("line", "#dfe3e8", "#343a41", 0);
    static final Ink TEXT = new Ink("fg", "#1c2024", "#e6e9ec", 0);
    static final Ink GROUND = new Ink("bg", "#ffffff", "#14171a", 0);
    static final Ink CARD = new Ink("card", "#f6f8fa", "#1d2125", 0);
    static final Ink SOFT = new Ink("soft", "#5b6470", "#a2abb5", 0);

    private static final List<String> LIGHT = List.of("#0072b2", "#c24f00", "#007a59", "#b0417f", "#7d6200", "#5b5b5b");
    private static final List<String> DARK = List.of("#56b4e9", "#ff8f3f", "#2fc79a", "#e58cc0", "#e0c341", "#b5b5b5");
    private static final List<String> LIGHT_SCALE = List.of("#d5dbe1", "#b3cde3", "#6baed6", "#2879b9", "#08407e");
    private static final List<String> DARK_SCALE = List.of("#353b42", "#1f4e79", "#2879b9", "#6baed6", "#c6e2f5");
    private static final int KINDS = 4;

    /** The ink of a series; after six colours the kind of line and marker changes. */
    static Ink series(int index) {
        int colour = index % LIGHT.size();
        return new Ink("s" + colour, LIGHT.get(colour), DARK.get(colour), index / LIGHT.size() % KINDS);
    }

    /** The ink of a step from least to most. */
    static Ink step(int index) {
        return new Ink("b" + index, LIGHT_SCALE.get(index), DARK_SCALE.get(index), 0);
    }

    /** Declares all colours as variables of a style sheet. */
    static String variables(boolean onDark) {
        StringBuilder rules = new StringBuilder();
        for (Ink ink : List.of(GRID, TEXT, GROUND, CARD, SOFT)) {
            rules.append(ink.variable(onDark));
        }
        for (int i = 0; i < LIGHT.size(); i++) {
            rules.append(series(i).variable(onDark));
        }
        for (int i = 0; i < LIGHT_SCALE.size(); i++) {
            rules.append(step(i).variable(onDark));
        }
        return rules.toString();
    }

    private String variable(boolean onDark) {
        return "--" + name + ":" + (onDark ? dark : light) + ";";
    }
}
