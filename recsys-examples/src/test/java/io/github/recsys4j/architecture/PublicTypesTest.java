package io.github.recsys4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the list of public types: {@code docs/public-types.txt} is a reviewed file, and a type that becomes public
 * is a decision. {@code -Drecsys.updatePublicTypes=true} rewrites it.
 */
class PublicTypesTest {
    private static final Path APPROVED = Path.of("..", "docs", "public-types.txt");

    @Test
    void publicTypes_areTheApprovedOnes() throws IOException {
        List<String> found = publicTypes();
        if (Boolean.getBoolean("recsys.updatePublicTypes")) {
            Files.write(APPROVED, found);
        }
        assertThat(found)
                .as(
                        "public types; where the change is meant, run with -Drecsys.updatePublicTypes=true and review %s",
                        APPROVED)
                .containsExactlyElementsOf(Files.readAllLines(APPROVED));
    }

    private static List<String> publicTypes() {
        return new ClassFileImporter()
                .withImportOption(new MainClasses()).importPackages("io.github.recsys4j").stream()
                        .filter(type -> !type.getPackageName().startsWith("io.github.recsys4j.examples"))
                        .filter(PublicTypesTest::isPublic)
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicTypesTest::isPublic).orElse(true);
    }
}
