package io.github.recsys4j.split;

import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of item numbers separated by spaces or tabs. Not thread-safe. */
final class ItemLines {
    private final Path file;
    private final byte[] text;
    private final List<int[]> lines = new ArrayList<>();
    private int[] line = new int[64];
    private int length;
    private int at;

    private ItemLines(Path file, byte[] text) {
        this.file = file;
        this.text = text;
    }

    /** Reads a file; a blank line is a user without items, and a file without lines is an error. */
    static List<int[]> read(Path file) {
        try {
            ItemLines parser = new ItemLines(file, Files.readAllBytes(file));
            parser.parse();
            return parser.lines;
        } catch (IOException e) {
            throw new DatasetException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void parse() {
        if (text.length == 0) {
            throw new DatasetException(
                    file + " is empty; expected one line of item numbers per user, such as \"12 7 3416\".");
        }
        while (at < text.length) {
            byte next = text[at];
            if (next == '\n') {
                endLine();
                at++;
            } else if (next == ' ' || next == '\t' || next == '\r') {
                at++;
            } else {
                add(number());
            }
        }
        if (text[text.length - 1] != '\n') {
            endLine();
        }
    }

    private void endLine() {
        lines.add(Arrays.copyOf(line, length));
        length = 0;
    }

    private void add(int item) {
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = item;
    }

    private int number() {
        int start = at;
        long value = 0;
        while (at < text.length && text[at] > ' ') {
            int digit = text[at++] - '0';
            value = digit >= 0 && digit <= 9 && value >= 0 ? value * 10 + digit : -1;
            value = value > Integer.MAX_VALUE ? -1 : value;
        }
        if (value < 1 || at == start) {
            throw new DatasetException(file + ":" + (lines.size() + 1) + ": item \"" + token(start)
                    + "\" is not a whole number from 1 to " + Integer.MAX_VALUE
                    + "; expected item numbers separated by spaces.");
        }
        return (int) value;
    }

    private String token(int start) {
        int end = start;
        while (end < text.length && end < start + 40 && " \t\r\n".indexOf(text[end]) < 0) {
            end++;
        }
        return new String(text, start, end - start, StandardCharsets.UTF_8);
    }
}
