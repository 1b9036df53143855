package io.github.recsys4j.model.export;

/**
 * Something that flows through a graph: an input, an initializer or a node's output. Two values are equal if they are
 * the same object; a node's output is named when the graph is written.
 */
final class GraphValue {
    private String name;

    GraphValue(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void rename(String other) {
        name = other;
    }

    @Override
    public String toString() {
        return name;
    }
}
