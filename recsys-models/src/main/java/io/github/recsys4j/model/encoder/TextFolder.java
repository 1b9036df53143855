package io.github.recsys4j.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.ArtifactException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a folder says about reading texts: how many tokens, which one is padding, how its network is pooled. */
final class TextFolder {
    private static final int DEFAULT_TOKENS = 512;
    private static final int LARGEST = 1 << 20;
    /** Their positions begin after the padding token's, so two of the table's rows are no positions. */
    private static final Set<String> OFFSET_POSITIONS =
            Set.of("roberta", "xlm-roberta", "mpnet", "camembert", "longformer");

    private final EncoderFolder folder;

    TextFolder(EncoderFolder folder) {
        this.folder = folder;
    }

    int maxTokens() {
        return number("sentence_bert_config.json", "max_seq_length")
                .or(() -> Stream.of(number("tokenizer_config.json", "model_max_length"), positions())
                        .flatMap(Optional::stream)
                        .min(Integer::compare))
                .orElse(DEFAULT_TOKENS);
    }

    private Optional<Integer> positions() {
        return folder.json("config.json").flatMap(config -> {
            JsonNode text = config.has("text_config") ? config.get("text_config") : config;
            int spare = OFFSET_POSITIONS.contains(config.path("model_type").asText()) ? 2 : 0;
            return sensible(text.path("max_position_embeddings")).map(count -> count - spare);
        });
    }

    private Optional<Integer> number(String file, String field) {
        return folder.json(file).flatMap(config -> sensible(config.path(field)));
    }

    /** Folders write 10^30 where there is no limit. */
    private static Optional<Integer> sensible(JsonNode number) {
        return number.isNumber() && number.doubleValue() >= 1 && number.doubleValue() <= LARGEST
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    boolean lowerCase() {
        return folder.json("sentence_bert_config.json")
                .map(config -> config.path("do_lower_case").asBoolean())
                .orElse(false);
    }

    /** The id of the padding token; its value only matters to networks without an attention mask. */
    long paddingId() {
        Optional<String> token = folder.json("tokenizer_config.json")
                .map(config -> config.path("pad_token"))
                .map(node -> node.isObject() ? node.path("content").asText() : node.asText());
        return token.flatMap(this::addedToken)
                .or(() -> folder.json("config.json")
                        .map(config -> config.has("text_config") ? config.get("text_config") : config)
                        .filter(config -> config.path("pad_token_id").isNumber())
                        .map(config -> config.get("pad_token_id").longValue()))
                .orElse(0L);
    }

    private Optional<Long> addedToken(String content) {
        return folder.json("tokenizer.json")
                .flatMap(tokenizer -> StreamSupport.stream(
                                tokenizer.path("added_tokens").spliterator(), false)
                        .filter(token -> token.path("content").asText().equals(content))
                        .map(token -> token.path("id").longValue())
                        .findFirst());
    }

    EncoderHead.Wish wish(List<String> outputs, EncoderOptions options, Optional<EncoderPreset> preset) {
        boolean normalized = folder.hasModule("Normalize")
                || preset.map(EncoderPreset::normalized).orElse(false);
        if (EncoderHead.hasReady(outputs)) {
            return new EncoderHead.Wish(Pooling.READY, normalized);
        }
        if (folder.hasModule("Dense") && options.pooling().isEmpty()) {
            throw new ArtifactException("Encoder folder " + folder + " has a Dense layer after its pooling, which is"
                    + " not in its ONNX file: export it whole with optimum-cli export onnx --library"
                    + " sentence_transformers, or choose a pooling in EncoderOptions to do without the layer");
        }
        Pooling pooling =
                folder.pooling().or(() -> preset.map(EncoderPreset::pooling)).orElse(Pooling.MEAN);
        return new EncoderHead.Wish(pooling, normalized);
    }
}
