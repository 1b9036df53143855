package io.github.recsys4j.eval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs real child processes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WorkersTest {
    private static final SearchSpace SPACE =
            SearchSpace.of(Parameter.choice("mood", "good", "throws", "exits", "hangs", "memory", "noisy"));

    @TempDir
    private Path folder = Path.of("");

    /** A worker that does what the setting says. */
    static final class Moody {
        private Moody() {}

        public static void main(String... arguments) {
            SearchWorker.serve(trial -> behave(trial.settings().text("mood"), arguments[0]));
        }

        private static double behave(String mood, String argument) {
            switch (mood) {
                case "throws" -> throw new IllegalStateException("a bad day");
                case "exits" -> Runtime.getRuntime().halt(3);
                case "hangs" -> sleep();
                case "memory" -> throw new OutOfMemoryError("none left");
                case "noisy" -> System.out.println("recsys-answer is not what this prints");
                default -> {}
            }
            return Double.parseDouble(argument);
        }
    }

    /** A worker that does not come so far. */
    static final class Broken {
        private Broken() {}

        public static void main(String... arguments) {
            int score = Integer.parseInt(arguments[0]);
            SearchWorker.serve(trial -> score);
        }
    }

    /** A worker that writes down who it is and takes its time. */
    static final class Slow {
        private Slow() {}

        public static void main(String... arguments) {
            SearchWorker.serve(trial -> {
                try {
                    Files.writeString(
                            Path.of(
                                    arguments[0],
                                    "pid-" + ProcessHandle.current().pid()),
                            "");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                sleep();
                return 0;
            });
        }
    }

    /** A whole search in a process of its own, to be killed. */
    static final class Whole {
        private Whole() {}

        public static void main(String... arguments) {
            Path journal = Path.of(arguments[0]);
            search(Strategy.tpe(20)).journal(journal).run(trial -> {
                if (trial.number() == 12) {
                    sleep();
                }
                return Hills.SCORE.measure(trial);
            });
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Search search(Strategy strategy) {
        return Search.of(Hills.SPACE, strategy);
    }

    @Test
    void run_workersOfEveryMood_failTheirOwnTrialsOnly() {
        Workers workers = Workers.of(Moody.class, "0.25")
                .jobs(2)
                .timeout(Duration.ofSeconds(8))
                .jvmOptions("-Xmx64m");
        SearchResult result = Search.of(SPACE, Strategy.random(24)).run(workers);

        assertThat(outcomes(result, "good")).isNotEmpty().containsOnly("0.25");
        assertThat(outcomes(result, "noisy")).isNotEmpty().containsOnly("0.25");
        assertThat(outcomes(result, "throws")).isNotEmpty().containsOnly("a bad day");
        assertThat(outcomes(result, "exits"))
                .isNotEmpty()
                .allMatch(text -> text.startsWith("its process ended without an answer, status "));
        assertThat(outcomes(result, "hangs")).isNotEmpty().containsOnly("took longer than the timeout of PT8S");
        assertThat(outcomes(result, "memory")).isNotEmpty().containsOnly("java.lang.OutOfMemoryError: none left");
        assertThat(result.trials()).hasSize(24);
    }

    private static List<String> outcomes(SearchResult result, String mood) {
        return result.trials().stream()
                .filter(trial -> trial.trial().settings().text("mood").equals(mood))
                .map(trial -> trial.score().isPresent()
                        ? Double.toString(trial.score().getAsDouble())
                        : trial.error())
                .toList();
    }

    @Test
    void run_mainClassThatFails_saysItsLastLine() {
        SearchResult result = Search.of(SPACE, Strategy.random(1)).run(Workers.of(Broken.class, "none"));

        assertThat(result.trials().get(0).error())
                .isEqualTo("its process ended without an answer, status 1: Exception in thread \"main\""
                        + " java.lang.NumberFormatException: For input string: \"none\"");
    }

    @Test
    void serve_parentKilled_endsAtOnce() throws Exception {
        Process parent = java(Slowly.class, folder.toString()).start();
        ProcessHandle child = waitForChild(folder);
        parent.destroyForcibly().waitFor();

        assertThat(child.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    /** A search with a slow worker. */
    static final class Slowly {
        private Slowly() {}

        public static void main(String... arguments) {
            Search.of(SPACE, Strategy.random(1)).run(Workers.of(Slow.class, arguments[0]));
        }
    }

    private static ProcessHandle waitForChild(Path folder) throws Exception {
        while (true) {
            try (var files = Files.list(folder)) {
                Optional<Path> file = files.findFirst();
                if (file.isPresent()) {
                    String name = file.get().getFileName().toString();
                    return ProcessHandle.of(Long.parseLong(name.substring("pid-".length())))
                            .orElseThrow();
                }
            }
            Thread.sleep(50);
        }
    }

    @Test
    void run_processKilledByTheSystem_isResumedToTheSameTrials() throws Exception {
        Path journal = folder.resolve("search.jsonl");
        Process process = java(Whole.class, journal.toString()).start();
        while (!Files.exists(journal) || Files.readAllLines(journal).size() < 13) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(50);
        }
        process.destroyForcibly().waitFor();

        SearchResult resumed = search(Strategy.tpe(20)).journal(journal).run(Hills.SCORE);

        assertThat(resumed.trials())
                .extracting(TrialResult::trial)
                .containsExactlyElementsOf(search(Strategy.tpe(20)).run(Hills.SCORE).trials().stream()
                        .map(TrialResult::trial)
                        .toList());
    }

    private static ProcessBuilder java(Class<?> main, String argument) {
        return new ProcessBuilder(Workers.of(main, argument).command())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    @Test
    void workers_badNumbers_throwNamingThem() {
        assertThatThrownBy(() -> Workers.of(Moody.class).jobs(0)).hasMessage("jobs must be at least 1, got 0");
        assertThatThrownBy(() -> Workers.of(Moody.class).timeout(Duration.ZERO))
                .hasMessage("timeout must be above 0, got PT0S");
    }
}
