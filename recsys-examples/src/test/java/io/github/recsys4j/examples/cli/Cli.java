package io.github.recsys4j.examples.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;

/**
 * What one command did.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained of
 */
record Cli(int status, String out, String err) {

    /** Runs a command in this JVM. */
    static Cli run(Object... arguments) {
        return answering("", arguments);
    }

    /** Runs a command that asks, and answers. */
    static Cli answering(String answers, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int status = Recsys.run(
                new Console(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        false,
                        new BufferedReader(new StringReader(answers))),
                texts);
        return new Cli(status, out.toString(), err.toString());
    }
}
