package io.github.recsys4j.model;

import com.google.common.base.Suppliers;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.rerank.ItemKnowledge;
import io.github.recsys4j.retrieval.ItemAttributes;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.ItemIndexFactory;
import io.github.recsys4j.retrieval.Similarity;
import java.util.function.Function;
import java.util.function.Supplier;

/** The catalogue of a recommender as one request sees it, from the first look to the last. */
record Served(
        ModelArtifact artifact,
        HistoryEncoder encoder,
        ItemIndex index,
        PopularItems popular,
        ItemKnowledge knowledge,
        Supplier<ItemAttributes> attributes) {

    /** How a catalogue is searched and filtered. */
    record Ways(ItemIndexFactory index, Function<Table, ItemAttributes> layout) {
        Ways with(ItemIndexFactory other) {
            return new Ways(other, layout);
        }

        Ways with(Function<Table, ItemAttributes> other) {
            return new Ways(index, other);
        }
    }

    static Served of(ModelArtifact artifact, HistoryEncoder encoder, Ways ways) {
        return new Served(
                artifact,
                encoder,
                index(artifact, ways.index()),
                new PopularItems(artifact.catalogue().counts()),
                ArtifactKnowledge.of(artifact),
                laidOut(artifact, ways.layout()));
    }

    /** Models are trained by the inner product of user and item. */
    private static ItemIndex index(ModelArtifact artifact, ItemIndexFactory factory) {
        int dim = artifact.manifest().shape().dim();
        return factory.create(copyOf(artifact), dim, Similarity.INNER_PRODUCT);
    }

    private static Supplier<ItemAttributes> laidOut(ModelArtifact artifact, Function<Table, ItemAttributes> layout) {
        return Suppliers.memoize(() -> layout.apply(artifact.catalogue().table()));
    }

    static float[] copyOf(ModelArtifact artifact) {
        float[] vectors = new float[artifact.itemVectors().capacity()];
        artifact.itemVectors().get(0, vectors);
        return vectors;
    }

    /** The same with columns laid out in another way. */
    Served with(Function<Table, ItemAttributes> layout) {
        return new Served(artifact, encoder, index, popular, knowledge, laidOut(artifact, layout));
    }

    /** The same with another index. */
    Served with(ItemIndexFactory factory) {
        return new Served(artifact, encoder, index(artifact, factory), popular, knowledge, attributes);
    }

    Vocabulary items() {
        return artifact.catalogue().items();
    }

    ItemFilter filter(KnownHistory history, RecommendationRequest request) {
        ItemFilter filter = history.filter(request, items());
        return request.filter()
                .map(condition -> filter.and(attributes.get().filter(condition)))
                .orElse(filter);
    }

    HistoryEncoder.Past past(KnownHistory history, RecommendationRequest request) {
        return new HistoryEncoder.Past(history.items(), artifact.contexts().of(request));
    }
}
