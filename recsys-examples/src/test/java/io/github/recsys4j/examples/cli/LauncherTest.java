package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher script in a made-up checkout whose Maven and JVM only say that they were called. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            here="$(dirname "$0")"
            echo built >> "$here/builds.txt"
            [ -f "$here/broken" ] && exit 1
            mkdir -p "$here/recsys-examples/target/lib"
            : > "$here/recsys-examples/target/recsys-examples-1.jar"
            """;
    private static final String FAKE_JAVA = "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done\nexit 7\n";

    @TempDir
    private Path folder = Path.of("");

    private Path root = Path.of("");
    private Path launcher = Path.of("");

    @BeforeEach
    void makeCheckout() throws IOException {
        root = folder.resolve("check out");
        launcher = root.resolve("recsys-examples/recsys");
        Files.createDirectories(root.resolve("recsys-core/src/main/java"));
        Files.createDirectories(root.resolve("recsys-examples/src/main/java"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("recsys-core/pom.xml"), "<project/>");
        Files.writeString(root.resolve("recsys-core/src/main/java/A.java"), "class A {}");
        Files.copy(Path.of("recsys").toAbsolutePath(), launcher);
        executable(launcher);
        Files.writeString(root.resolve("mvnw"), FAKE_MAVEN);
        executable(root.resolve("mvnw"));
        Files.createDirectories(root.resolve("jdk/bin"));
        Files.writeString(root.resolve("jdk/bin/java"), FAKE_JAVA);
        executable(root.resolve("jdk/bin/java"));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Finished(int status, List<String> out, String err) {}

    private Finished launch(Path command, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().put("RECSYS_JAVA_OPTS", "-Xmx1g -Dx=y");
        Process process = builder.start();
        List<String> out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return new Finished(process.waitFor(), out, Files.readString(err));
    }

    private int builds() throws IOException {
        Path file = root.resolve("builds.txt");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    @Test
    void recsys_firstUse_buildsAndPassesArgumentsAndStatusOn() throws Exception {
        Finished finished = launch(launcher, "train", "--data", "a file.csv", "");

        assertThat(finished.status()).isEqualTo(7);
        assertThat(finished.out())
                .contains("[-Xmx1g]", "[-Dx=y]", "[-Drecsys.terminal=false]", "[--enable-native-access=ALL-UNNAMED]")
                .endsWith("[io.github.recsys4j.examples.cli.Recsys]", "[train]", "[--data]", "[a file.csv]", "[]");
        assertThat(finished.err()).contains("building");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void recsys_secondUse_doesNotBuildAgain() throws Exception {
        launch(launcher, "--help");
        Finished finished = launch(launcher, "--help");

        assertThat(finished.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void recsys_sourceNewerThanTheBuild_buildsAgain() throws Exception {
        launch(launcher, "--help");
        Path source = root.resolve("recsys-core/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch(launcher, "--help");

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void recsys_buildFails_saysSoAndTriesAgainNextTime() throws Exception {
        Files.writeString(root.resolve("broken"), "");
        Finished finished = launch(launcher, "--help");
        Files.delete(root.resolve("broken"));

        assertThat(finished.status()).isEqualTo(1);
        assertThat(finished.err()).contains("the build failed");
        assertThat(launch(launcher, "--help").status()).isEqualTo(7);
    }

    @Test
    void recsys_throughALink_findsItsCheckout() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("check out", "recsys-examples", "recsys"));

        assertThat(launch(link, "--help").status()).isEqualTo(7);
    }
}
