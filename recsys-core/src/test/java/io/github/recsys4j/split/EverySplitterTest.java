package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.testing.SplitterContract;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A splitter that nobody tests against the contract is a splitter that breaks it. */
class EverySplitterTest {

    @Test
    void publicSplitters_all_haveATestThatExtendsTheContract() throws IOException, URISyntaxException {
        Path classes = Path.of(Splitter.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("io/github/recsys4j/split");
        List<Class<?>> splitters;
        try (Stream<Path> files = Files.list(classes)) {
            splitters = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
                    .filter(type -> Modifier.isPublic(type.getModifiers())
                            && !type.isInterface()
                            && Splitter.class.isAssignableFrom(type))
                    .toList();
        }

        assertThat(splitters).hasSizeGreaterThan(5);
        assertThat(splitters)
                .allSatisfy(type ->
                        assertThat(SplitterContract.class).isAssignableFrom(load(type.getSimpleName() + "Test")));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("io.github.recsys4j.split." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is missing", e);
        }
    }
}
