package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The child processes of a search: JVMs with this JVM's class path, whose main class calls {@link
 * SearchWorker#serve}. A process makes one trial after the other, and ends with its parent.
 *
 * <p>Each holds its own data and native memory: choose {@link #jobs(int)} and {@link #jvmOptions} so that all of them
 * fit. Thread-safety: immutable.
 */
public final class Workers {
    private final Class<?> main;
    private final List<String> arguments;
    private final List<String> jvmOptions;
    private final int jobs;
    private final Duration timeout;

    private Workers(Class<?> main, List<String> arguments, List<String> jvmOptions, int jobs, Duration timeout) {
        this.main = main;
        this.arguments = List.copyOf(arguments);
        this.jvmOptions = List.copyOf(jvmOptions);
        this.jobs = jobs;
        this.timeout = timeout;
    }

    /**
     * One process, without a limit of time, with the JVM's own options.
     *
     * @param main a class with a main method that calls {@link SearchWorker#serve}
     * @param arguments what its main method is given
     * @return the workers
     */
    public static Workers of(Class<?> main, String... arguments) {
        return new Workers(main, List.of(arguments), List.of(), 1, Duration.ofDays(365));
    }

    /**
     * {@return the same with another number of processes at once}
     *
     * @param value at least 1
     * @throws IllegalArgumentException if {@code value} is below 1
     */
    public Workers jobs(int value) {
        checkArgument(value >= 1, "jobs must be at least 1, got %s", value);
        return new Workers(main, arguments, jvmOptions, value, timeout);
    }

    /**
     * {@return the same with other options of the JVM}
     *
     * @param value such as {@code -Xmx4g}
     */
    public Workers jvmOptions(String... value) {
        return new Workers(main, arguments, List.of(value), jobs, timeout);
    }

    /**
     * {@return the same with another limit of time, after which a trial has failed and its process is killed}
     *
     * @param value for one trial, the start of its process included; above 0
     * @throws IllegalArgumentException if {@code value} is not above 0
     */
    public Workers timeout(Duration value) {
        checkArgument(value.toMillis() > 0, "timeout must be above 0, got %s", value);
        return new Workers(main, arguments, jvmOptions, jobs, value);
    }

    int jobs() {
        return jobs;
    }

    Duration timeout() {
        return timeout;
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path", "." + File.pathSeparator));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
