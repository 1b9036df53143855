package io.github.recsys4j.data;

/** Whole lines of a file: the bytes {@code 0 .. length - 1}, of which the last is a line feed. Reused by its owner. */
final class Block {
    byte[] bytes;
    int length;

    /** Its place in the file, from 0. */
    int number;

    Block(int capacity) {
        bytes = new byte[capacity];
    }
}
