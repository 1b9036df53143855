package io.github.recsys4j.examples.quickstart;

/**
 * Something the shop sells.
 *
 * @param id the shop's own id, which tells nothing about what it is
 * @param thing what it is, such as {@code Sleeping bag}
 * @param project what it is bought for, such as {@code Camping}, or {@link #EVERYDAY}
 * @param step its place among the project's purchases, from 0; 0 for everyday things
 * @param colour the colour that a shopper keeps to within a project; empty for everyday things
 */
record Product(String id, String thing, String project, int step, String colour) {
    /** The category of what anybody buys at any time. */
    static final String EVERYDAY = "Everyday";

    /** Tells whether it is bought at any time, for no project. */
    boolean isEveryday() {
        return project.equals(EVERYDAY);
    }

    /** Tells whether one shopper buys both for the same undertaking. */
    boolean belongsWith(Product other) {
        return project.equals(other.project) && colour.equals(other.colour);
    }

    /** Gives what a person calls it, such as {@code Sleeping bag, green}; its text in the shop leaves the colour out. */
    String title() {
        return colour.isEmpty() ? thing : thing + ", " + colour;
    }
}
