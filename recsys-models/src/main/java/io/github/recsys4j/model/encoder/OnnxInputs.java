package io.github.recsys4j.model.encoder;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.model.runtime.OrtModel;
import java.util.Arrays;
import java.util.function.Function;

/** Checks of what a network takes. */
final class OnnxInputs {
    private OnnxInputs() {}

    /** The name of the only input, which has that many axes. */
    static String single(OrtModel model, String name, int axes, String wanted) {
        if (model.inputs().size() != 1 || model.inputShape(model.inputs().get(0)).length != axes) {
            throw new ArtifactException("Model " + name + " takes " + describe(model) + "; wanted is one input, "
                    + wanted + ". Export the half of the network that reads this content alone");
        }
        return model.inputs().get(0);
    }

    static String describe(OrtModel model) {
        return model.inputs().stream()
                .map(input -> input + " " + Arrays.toString(model.inputShape(input)))
                .reduce((first, second) -> first + " and " + second)
                .orElse("nothing");
    }

    static int batchSize(String name, long axis, int wanted) {
        if (axis > 1) {
            throw new ArtifactException("Model " + name + " takes exactly " + axis
                    + " inputs at once: export it with a free batch axis, or with 1");
        }
        return axis == 1 ? 1 : wanted;
    }

    /** Makes an encoder of a model, which is closed if that fails. */
    static <T> T orClose(OrtModel model, Function<OrtModel, T> making) {
        boolean made = false;
        try {
            T encoder = making.apply(model);
            made = true;
            return encoder;
        } finally {
            if (!made) {
                model.close();
            }
        }
    }
}
