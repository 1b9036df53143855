package io.github.recsys4j.model.encoder;

import io.github.recsys4j.feature.Modality;
import java.util.List;
import java.util.Optional;

/** Where exports put a network, and what to tell somebody who has none. */
final class ModelPlaces {
    private ModelPlaces() {}

    static List<String> of(Modality modality) {
        String half = switch (modality) {
            case IMAGE -> "vision_model.onnx";
            case TEXT -> "text_model.onnx";
            default -> "audio_model.onnx";
        };
        return List.of("model.onnx", "onnx/model.onnx", half, "onnx/" + half);
    }

    static String help(Optional<EncoderPreset> preset, String folder) {
        return preset.map(named -> "Make it with: " + named.exportCommand(folder))
                .orElse("Export a network with: optimum-cli export onnx --task feature-extraction --model <name on"
                        + " Hugging Face> " + folder + ", or name its file with EncoderOptions.modelFile");
    }
}
