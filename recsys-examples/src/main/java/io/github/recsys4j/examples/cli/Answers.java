package io.github.recsys4j.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.model.MultimodalRecommender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model said, ready to print or to write.
 *
 * @param model who was asked
 * @param requests the questions
 * @param results an answer for each
 * @param titles where to look up what items are called
 * @param why whether to say what recommended items are made of
 */
record Answers(
        MultimodalRecommender model,
        List<RecommendationRequest> requests,
        List<RecommendationResult> results,
        Titles titles,
        boolean why) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Optional<String> title(String itemId) {
        return titles.title(itemId);
    }

    private Map<String, Double> shares(String itemId) {
        return why ? model.contentShares(itemId) : Map.of();
    }

    /** Says what an item is made of, the largest share first. */
    private String reason(String itemId) {
        String shares = shares(itemId).entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(share -> String.format(Locale.ROOT, "%s %.0f %%", share.getKey(), 100 * share.getValue()))
                .collect(Collectors.joining(", "));
        return shares.isEmpty() ? "" : "  (" + shares + ")";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            RecommendationResult result = results.get(i);
            lines.add(who(requests.get(i)) + remark(result));
            int rank = 1;
            for (Recommendation each : result.recommendations()) {
                String title = title(each.itemId()).map(text -> "  " + text).orElse("");
                lines.add(String.format(
                        Locale.ROOT,
                        "  %3d  %9.4f  %s%s%s",
                        rank++,
                        each.score(),
                        each.itemId(),
                        title,
                        reason(each.itemId())));
            }
        }
        return lines;
    }

    private static String who(RecommendationRequest request) {
        return request.userId()
                .map(id -> "user " + id)
                .orElseGet(() -> "history " + String.join(",", request.history().orElse(List.of())));
    }

    private static String remark(RecommendationResult result) {
        String source = result.source() == RecommendationResult.Source.POPULARITY
                ? "  (nothing known of them: popular items)"
                : "";
        String unknown = result.unknownItems().isEmpty()
                ? ""
                : "  (skipped unknown items: " + String.join(", ", result.unknownItems()) + ")";
        return source + unknown;
    }

    String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", model.name());
        ArrayNode answers = root.putArray("answers");
        for (int i = 0; i < requests.size(); i++) {
            put(answers.addObject(), requests.get(i), results.get(i));
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts must be writable as JSON", e);
        }
    }

    private void put(ObjectNode answer, RecommendationRequest request, RecommendationResult result) {
        request.userId().ifPresent(id -> answer.put("user", id));
        request.history().ifPresent(history -> putAll(answer.putArray("history"), history.stream()));
        answer.put("source", result.source().name().toLowerCase(Locale.ROOT));
        putAll(answer.putArray("unknown_items"), result.unknownItems().stream());
        ArrayNode items = answer.putArray("recommendations");
        for (Recommendation each : result.recommendations()) {
            ObjectNode item = items.addObject().put("item", each.itemId());
            title(each.itemId()).ifPresent(title -> item.put("title", title));
            item.put("score", each.score());
            if (why) {
                ObjectNode made = item.putObject("why");
                shares(each.itemId()).forEach(made::put);
            }
        }
    }

    private static void putAll(ArrayNode array, Stream<String> texts) {
        texts.forEach(array::add);
    }
}
