package io.github.recsys4j.examples.cli;

import java.io.PrintWriter;
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
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int status = Recsys.run(new Console(new PrintWriter(out), new PrintWriter(err), false), texts);
        return new Cli(status, out.toString(), err.toString());
    }
}
