package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecsysTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quickstart",
                "prepare",
                "split",
                "train",
                "evaluate",
                "recommend",
                "checkpoints",
                "checkpoints list",
                "precompute",
                "cache",
                "cache list",
                "cache stats",
                "cache clear"
            })
    void help_everyCommand_explainsItself(String command) {
        List<Object> arguments = new ArrayList<>(List.of((Object[]) command.split(" ", -1)));
        arguments.add("--help");
        Cli help = Cli.run(arguments.toArray());

        assertThat(help.status()).isZero();
        assertThat(help.out())
                .contains("Usage: recsys " + command)
                .contains("--verbose")
                .doesNotContain("${");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void help_top_listsTheCommands() {
        assertThat(Cli.run("--help").out())
                .contains(
                        "prepare",
                        "split",
                        "train",
                        "evaluate",
                        "recommend",
                        "checkpoints",
                        "precompute",
                        "cache",
                        "quickstart",
                        "Exit status");
    }

    @Test
    void recsys_noCommand_isStatusTwo() {
        Cli nothing = Cli.run();

        assertThat(nothing.status()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("recsys: a command is missing");
    }

    @Test
    void recsys_misspelledCommand_suggestsTheRightOne() {
        Cli typo = Cli.run("trian");

        assertThat(typo.status()).isEqualTo(2);
        assertThat(typo.err()).contains("trian").contains("Did you mean").contains("train");
    }

    @Test
    void recsys_unknownOption_isStatusTwo() {
        Cli typo = Cli.run("train", "--data", "x", "--epoch", "3", "-o", "y");

        assertThat(typo.status()).isEqualTo(2);
        assertThat(typo.err()).contains("--epoch").contains("--epochs");
    }

    @Test
    void recsys_flagOfAWrongType_namesFlagAndKey() {
        Cli wrong = Cli.run("train", "--data", "x", "--epochs", "many", "-o", folder.resolve("y"));

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err().lines())
                .containsExactly("recsys: --epochs: \"training.epochs\" must be a whole number, got \"many\"");
    }

    @Test
    void recsys_valueThatTheBuilderRefuses_isAWrongArgument() {
        Cli wrong = Cli.run("train", "--data", "x", "--epochs", "0", "-o", folder.resolve("y"));

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("epochs must be at least 1, got 0");
    }

    @Test
    void recsys_unknownKeyInTheFile_namesLineAndNearest() throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "training:\n  epochs: 3\n  batchsize: 5\n");
        Cli wrong = Cli.run("train", "--config", config, "-o", folder.resolve("y"));

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith("recsys: c.yaml:3: unknown key \"batchsize\" in section \"training\"; did you mean"
                        + " \"batch-size\"?");
        assertThat(folder.resolve("y")).doesNotExist();
    }

    @Test
    void recsys_unknownKeyBySet_isRefused() {
        Cli wrong = Cli.run("split", "--data", "x", "--set", "split.sed=4", "-o", folder.resolve("y"));

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("--set split.sed: unknown key \"sed\"").contains("did you mean \"seed\"?");
    }

    @Test
    void recsys_dataMissing_saysWhichFlag() {
        Cli wrong = Cli.run("split", "-o", folder.resolve("y"));

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("data.path is missing").contains("--data");
    }

    @Test
    void recsys_dataFileNotThere_isStatusOneInOneLine() {
        Cli failed = Cli.run("split", "--data", folder.resolve("none.csv"), "-o", folder.resolve("y"));

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err().lines()).hasSize(1);
        assertThat(failed.err()).contains("none.csv");
        assertThat(folder.resolve("y")).doesNotExist();
    }

    @Test
    void process_realOne_keepsStatusAndStreams() throws Exception {
        Path csv = Files.writeString(folder.resolve("a b.csv"), "user_id,item_id\nu,i\nu,j\nu,k\nv,i\nv,j\nv,k\n");

        Cli done = process(
                "split", "--data", csv.toString(), "-o", folder.resolve("parts").toString());
        Cli failed = process(
                "split", "--data", "gone.csv", "-o", folder.resolve("p2").toString());
        Cli wrong = process("nonsense");

        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out()).startsWith("leave-one-out(validation=all)");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).startsWith("recsys: gone.csv");
        assertThat(wrong.status()).isEqualTo(2);
    }

    private Cli process(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Recsys.class.getName()));
        line.addAll(List.of(arguments));
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(line).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Cli(process.waitFor(), out, Files.readString(err));
    }
}
