package io.github.recsys4j.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out what was asked for
 * @param err progress and complaints
 * @param terminal whether a person watches {@code err}, so that a progress bar makes sense
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {

    /** Gives the process's own streams in UTF-8; the launcher says whether they end at a terminal. */
    static Console ofProcess() {
        return new Console(
                writer(FileDescriptor.out), writer(FileDescriptor.err), Boolean.getBoolean("recsys.terminal"));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
