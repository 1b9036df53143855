package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * What items are made of beside their ids.
 *
 * @param inputs at least one, each modality once
 * @param options how they are fused
 */
public record ItemContent(List<ContentInput> inputs, ItemTowerOptions options) {

    /**
     * Checks that each modality stands once.
     *
     * @param inputs at least one
     * @param options how they are fused
     */
    public ItemContent {
        inputs = List.copyOf(inputs);
        checkArgument(!inputs.isEmpty(), "content of items must have at least one input, given none");
        long distinct = inputs.stream().map(ContentInput::modality).distinct().count();
        checkArgument(
                distinct == inputs.size(),
                "content of items must have each modality once, given %s: join vectors of one modality first",
                inputs);
    }
}
