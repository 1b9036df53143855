package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A child process that trains is killed with SIGKILL in mid-epoch, started again, and must end as if unbroken. */
class KilledTrainingTest {
    @TempDir
    Path folder;

    /** The child: trains with checkpoints after every step and writes the parameters. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            Path result = Path.of(args[0]);
            long pause = Long.parseLong(args[2]);
            TrainingOptions options = SmallTask.options()
                    .epochs(5)
                    .schedule(Schedule.cosine(0))
                    .checkpoints(new CheckpointPolicy(Path.of(args[1]), 1, Duration.ofNanos(1), 2))
                    .build();
            float[] trained = SmallTask.flat(new Trainer(SmallTask.network(0.3), options)
                    .listener(progress -> sleep(pause))
                    .train(SmallTask.ring())
                    .parameters());
            ByteBuffer bytes = ByteBuffer.allocate(trained.length * Float.BYTES);
            bytes.asFloatBuffer().put(trained);
            Files.write(result, bytes.array());
        }

        private static void sleep(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Process start(String result, String checkpoints, long pauseMillis) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.resolve(result).toString(),
                        folder.resolve(checkpoints).toString(),
                        Long.toString(pauseMillis))
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve(result + "-" + checkpoints + ".log").toFile())
                .start();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void train_killedInMidEpoch_resumesToTheSameModelBitForBit() throws Exception {
        Process killed = start("never", "checkpoints", 150);
        CheckpointStore store = new CheckpointStore(folder.resolve("checkpoints"));
        while (killed.isAlive() && store.list().stream().noneMatch(path -> path.endsWith("step-0000000006"))) {
            Thread.sleep(5);
        }
        killed.destroyForcibly().waitFor();
        assertThat(folder.resolve("never")).doesNotExist();
        RunState state = store.newest().orElseThrow().state();
        assertThat(state.batch()).as("killed in mid-epoch").isPositive();

        assertThat(start("resumed", "checkpoints", 0).waitFor()).isZero();
        assertThat(start("unbroken", "other", 0).waitFor()).isZero();
        assertThat(folder.resolve("resumed")).hasSameBinaryContentAs(folder.resolve("unbroken"));
    }
}
