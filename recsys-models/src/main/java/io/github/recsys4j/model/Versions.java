package io.github.recsys4j.model;

import io.github.recsys4j.model.runtime.OrtModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The versions that decide what a training run computes, as far as the class path tells. */
final class Versions {
    private static final String UNKNOWN = "development";

    private Versions() {}

    static Map<String, String> current() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("recsys4j", of("io.github.recsys4j", "recsys-models"));
        versions.put("djl-pytorch-engine", of("ai.djl.pytorch", "pytorch-engine"));
        versions.put("onnxruntime", OrtModel.runtimeVersion());
        versions.put("java", System.getProperty("java.version", UNKNOWN));
        versions.put("os", System.getProperty("os.name", UNKNOWN) + " " + System.getProperty("os.arch", UNKNOWN));
        return versions;
    }

    /** What Maven wrote into the artifact's jar. */
    private static String of(String group, String artifact) {
        String resource = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Versions.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                return UNKNOWN;
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
