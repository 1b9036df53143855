package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.feature.Modality;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Well-known encoders by name: what is to be exported, how its vectors are pooled, and how pictures are prepared where
 * the export does not say it. What the folder says goes before the preset, what {@link EncoderOptions} say before both.
 *
 * <p>A preset also loads another checkpoint of its family; {@link #dim()} is that of the checkpoint it names.
 */
public enum EncoderPreset {
    /** The picture half of CLIP ViT-B/32: comparable with {@link #CLIP_TEXT}. */
    CLIP_IMAGE(Modality.IMAGE, "openai/clip-vit-base-patch32", 512, Pooling.READY),
    /** The text half of CLIP ViT-B/32: 77 tokens, comparable with {@link #CLIP_IMAGE}. */
    CLIP_TEXT(Modality.TEXT, "openai/clip-vit-base-patch32", 512, Pooling.READY),
    /** DINOv2 base, pictures without labels. */
    DINO(Modality.IMAGE, "facebook/dinov2-base", 768, Pooling.POOLER),
    /** ResNet-50, pictures. */
    RESNET(Modality.IMAGE, "microsoft/resnet-50", 2048, Pooling.POOLER),
    /** ConvNeXt base, pictures. */
    CONVNEXT(Modality.IMAGE, "facebook/convnext-base-224", 1024, Pooling.POOLER),
    /** MiniLM of sentence-transformers: small and quick, English. */
    SENTENCE_BERT(Modality.TEXT, "sentence-transformers/all-MiniLM-L6-v2", 384, Pooling.MEAN),
    /** MPNet of sentence-transformers, English. */
    MPNET(Modality.TEXT, "sentence-transformers/all-mpnet-base-v2", 768, Pooling.MEAN),
    /** BERT base, English, lower case. */
    BERT(Modality.TEXT, "google-bert/bert-base-uncased", 768, Pooling.MEAN),
    /** RoBERTa base, English. */
    ROBERTA(Modality.TEXT, "FacebookAI/roberta-base", 768, Pooling.MEAN),
    /** Multilingual DeBERTa version 3 base, a hundred languages. */
    MDEBERTA(Modality.TEXT, "microsoft/mdeberta-v3-base", 768, Pooling.MEAN);

    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);
    private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

    private final Modality modality;
    private final String repository;
    private final int dim;
    private final Pooling pooling;

    EncoderPreset(Modality modality, String repository, int dim, Pooling pooling) {
        this.modality = modality;
        this.repository = repository;
        this.dim = dim;
        this.pooling = pooling;
    }

    /**
     * Finds a preset by its usual short name.
     *
     * @param name such as {@code clip}, {@code resnet} or {@code sentence-bert}, in any case
     * @param modality what is to be encoded: {@code clip} encodes pictures and texts
     * @return the preset
     * @throws IllegalArgumentException if there is none of that name for that modality; the message lists those there
     *     are
     */
    public static EncoderPreset named(String name, Modality modality) {
        Optional<EncoderPreset> found = Arrays.stream(values())
                .filter(preset ->
                        preset.modality == modality && preset.shortName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
        checkArgument(
                found.isPresent(),
                "no encoder preset for %s is named \"%s\": there are %s",
                modality,
                name,
                Arrays.stream(values())
                        .filter(preset -> preset.modality == modality)
                        .map(EncoderPreset::shortName)
                        .collect(Collectors.joining(", ")));
        return found.orElseThrow();
    }

    /** {@return the name that users write, such as {@code sentence-bert}} */
    public String shortName() {
        return switch (this) {
            case CLIP_IMAGE, CLIP_TEXT -> "clip";
            default -> name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /** {@return what it encodes} */
    public Modality modality() {
        return modality;
    }

    /** {@return the checkpoint it names, as Hugging Face calls it} */
    public String repository() {
        return repository;
    }

    /** {@return floats in a vector of that checkpoint} */
    public int dim() {
        return dim;
    }

    /** {@return how its output becomes a vector} */
    public Pooling pooling() {
        return pooling;
    }

    /** {@return whether its vectors are brought to length 1 where the folder does not say it} */
    public boolean normalized() {
        return switch (this) {
            case CLIP_IMAGE, CLIP_TEXT, SENTENCE_BERT, MPNET -> true;
            default -> false;
        };
    }

    /**
     * {@return how pictures are prepared where the folder does not say it; empty for texts}
     */
    public Optional<ImagePreprocessing> imagePreprocessing() {
        return switch (this) {
            case CLIP_IMAGE ->
                Optional.of(ImagePreprocessing.shortestEdge(224, Resampling.BICUBIC)
                        .withNormalization(CLIP_MEAN, CLIP_DEVIATION));
            case DINO, RESNET, CONVNEXT ->
                Optional.of(ImagePreprocessing.shortestEdge(256, Resampling.BICUBIC)
                        .withCrop(224, 224)
                        .withNormalization(IMAGENET_MEAN, IMAGENET_DEVIATION));
            default -> Optional.empty();
        };
    }

    /**
     * {@return the shell command that makes its folder; it needs Python, this library does not}
     *
     * @param folder where the folder is to be
     */
    public String exportCommand(String folder) {
        return switch (this) {
            case CLIP_IMAGE, CLIP_TEXT ->
                "huggingface-cli download Xenova/clip-vit-base-patch32 --include \"*.json\" \"onnx/"
                        + (this == CLIP_TEXT ? "text" : "vision") + "_model.onnx\" --local-dir " + folder;
            case SENTENCE_BERT, MPNET ->
                "optimum-cli export onnx --library sentence_transformers --model " + repository + " " + folder;
            default -> "optimum-cli export onnx --task feature-extraction --model " + repository + " " + folder;
        };
    }
}
