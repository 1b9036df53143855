package io.github.recsys4j.eval.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The child's side of a search in {@link Workers}. */
public final class SearchWorker {
    /** What lines of the protocol begin with, so that a stray print is no answer. */
    static final String ANSWER = "recsys-answer ";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SearchWorker() {}

    /**
     * Answers the parent's trials with an objective, until the parent ends: then this JVM ends at once, whatever it is
     * doing. To be called at the end of a main method; takes the standard streams for itself, and sends what others
     * print to the error stream.
     *
     * <p>A {@link RuntimeException} of the objective fails the trial; an {@link Error}, such as too little memory,
     * fails it and ends this JVM.
     *
     * @param objective what to measure; load data before, once
     */
    public static void serve(Objective objective) {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(requests), "recsys-search-requests");
        reader.setDaemon(true);
        reader.start();
        try {
            while (true) {
                answers.println(ANSWER + answer(objective, requests.take()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(BlockingQueue<String> requests) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                requests.add(line);
                line = reader.readLine();
            }
        } catch (IOException e) {
            // as good as the end: the parent is gone
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static ObjectNode answer(Objective objective, String request) {
        ObjectNode answer = MAPPER.createObjectNode();
        try {
            double score = objective.measure(TrialJson.readTrial(MAPPER.readTree(request)));
            if (Double.isFinite(score)) {
                answer.put("score", score);
            } else {
                answer.put("error", "score must be a finite number, got " + score);
            }
        } catch (IOException | RuntimeException e) {
            answer.put("error", Measurer.describe(e));
        } catch (Error e) {
            answer.put("error", e.toString()).put("last", true);
        }
        return answer;
    }
}
