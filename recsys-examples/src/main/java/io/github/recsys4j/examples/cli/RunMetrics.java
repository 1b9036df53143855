package io.github.recsys4j.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.train.TrainingHistory;
import java.util.TreeMap;

/**
 * The figures of a training run as JSON.
 *
 * @param model what was trained
 * @param history its epochs
 * @param metric what chose the model
 */
record RunMetrics(MultimodalRecommender model, TrainingHistory history, String metric) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", model.name());
        root.put("metric", metric);
        root.put("best_epoch", history.bestEpoch());
        root.put("stop_reason", history.stopReason());
        ObjectNode validation = root.putObject("validation");
        model.manifest().metrics().forEach(validation::put);
        ArrayNode epochs = root.putArray("epochs");
        history.epochs().forEach(epoch -> put(epochs.addObject(), epoch));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts must be writable as JSON", e);
        }
    }

    private static void put(ObjectNode node, TrainingHistory.Epoch epoch) {
        node.put("epoch", epoch.number());
        node.put("steps", epoch.steps());
        node.put("loss", epoch.loss());
        node.put("learning_rate", epoch.learningRate());
        node.put("seconds", epoch.seconds());
        ObjectNode metrics = node.putObject("validation");
        new TreeMap<>(epoch.metrics()).forEach(metrics::put);
    }
}
