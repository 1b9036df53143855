package io.github.recsys4j.eval.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trials and their results as JSON: of the journal, of the report, and between processes. */
final class TrialJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TrialJson() {}

    static ObjectNode write(Trial trial) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("trial", trial.number());
        node.put("configuration", trial.configuration());
        node.put("budget", trial.budget());
        node.put("seed", trial.seed());
        node.set("settings", MAPPER.valueToTree(trial.settings().toMap()));
        return node;
    }

    static ObjectNode write(TrialResult result) {
        ObjectNode node = write(result.trial());
        result.score().ifPresent(score -> node.put("score", score));
        if (!result.error().isEmpty()) {
            node.put("error", result.error());
        }
        node.put("seconds", result.seconds());
        return node;
    }

    static Trial readTrial(JsonNode node) {
        Map<String, Object> settings = new LinkedHashMap<>();
        node.path("settings").properties().forEach(entry -> settings.put(entry.getKey(), value(entry.getValue())));
        return new Trial(
                node.path("trial").asInt(),
                node.path("configuration").asInt(),
                Settings.of(settings),
                node.path("budget").asInt(),
                node.path("seed").asLong());
    }

    private static Object value(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        return node.isNumber() ? (Object) node.asDouble() : node.asText();
    }

    static TrialResult readResult(JsonNode node) {
        Trial trial = readTrial(node);
        double seconds = node.path("seconds").asDouble();
        return node.has("score")
                ? TrialResult.of(trial, node.path("score").asDouble(), seconds)
                : TrialResult.failed(trial, node.path("error").asText(), seconds);
    }
}
