package io.github.recsys4j.eval.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A child process that makes trials, started when first needed and replaced when it dies.
 *
 * <p>The protocol: a trial as one line of JSON to its standard input; the answer is the line of its standard output
 * that begins with {@link SearchWorker#ANSWER}, a result as JSON. Other lines, which native libraries may print, are
 * skipped. Its error stream goes to a file, whose last line is the reason given for a crash.
 */
final class WorkerProcess implements Measurer {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Workers workers;
    private @Nullable Running running;

    private record Running(Process process, BufferedWriter requests, BufferedReader answers, Path errors) {}

    WorkerProcess(Workers workers) {
        this.workers = workers;
    }

    @Override
    public TrialResult measure(Trial trial) {
        long start = System.nanoTime();
        Running child = running == null ? start() : running;
        running = child;
        try {
            child.requests().write(TrialJson.write(trial) + "\n");
            child.requests().flush();
            JsonNode answer = answer(child);
            if (answer.path("last").asBoolean()) {
                close();
            }
            return answer.has("score")
                    ? TrialResult.of(trial, answer.path("score").asDouble(), Measurer.secondsSince(start))
                    : TrialResult.failed(trial, answer.path("error").asText(), Measurer.secondsSince(start));
        } catch (IOException e) {
            return dead(child, trial, start);
        } catch (TimeoutException e) {
            close();
            return TrialResult.failed(
                    trial, "took longer than the timeout of " + workers.timeout(), Measurer.secondsSince(start));
        }
    }

    private Running start() {
        try {
            Path errors = Files.createTempFile("recsys-search-", ".err");
            Process process = new ProcessBuilder(workers.command())
                    .redirectError(errors.toFile())
                    .start();
            return new Running(process, process.outputWriter(), process.inputReader(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException("process for trials could not be started: " + workers.command(), e);
        }
    }

    private JsonNode answer(Running child) throws IOException, TimeoutException {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(child, answer), "recsys-search-answer");
        reader.setDaemon(true);
        reader.start();
        try {
            return answer.get(workers.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("search was interrupted: run it again to go on from its journal", e);
        }
    }

    private static void read(Running child, CompletableFuture<JsonNode> answer) {
        try {
            String line = child.answers().readLine();
            while (line != null && !line.startsWith(SearchWorker.ANSWER)) {
                line = child.answers().readLine();
            }
            if (line == null) {
                throw new IOException("the process has ended");
            }
            answer.complete(MAPPER.readTree(line.substring(SearchWorker.ANSWER.length())));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }

    private TrialResult dead(Running child, Trial trial, long start) {
        child.process().destroyForcibly();
        String status;
        try {
            status = Integer.toString(child.process().waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = "unknown";
        }
        String last = lastLine(child.errors());
        close();
        return TrialResult.failed(
                trial,
                "its process ended without an answer, status " + status + (last.isEmpty() ? "" : ": " + last),
                Measurer.secondsSince(start));
    }

    private static String lastLine(Path errors) {
        try {
            List<String> lines = Files.readAllLines(errors).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        Running child = running;
        running = null;
        if (child == null) {
            return;
        }
        child.process().descendants().forEach(ProcessHandle::destroyForcibly);
        child.process().destroyForcibly();
        try {
            Files.deleteIfExists(child.errors());
        } catch (IOException e) {
            child.errors().toFile().deleteOnExit();
        }
    }
}
