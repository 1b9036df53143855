package io.github.recsys4j.model;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.export.OnnxExporter;
import io.github.recsys4j.model.network.ContentInput;
import io.github.recsys4j.model.network.ItemContent;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.train.ContentMatrices;
import io.github.recsys4j.model.train.ItemTables;
import io.github.recsys4j.model.train.TrainingHistory;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.model.train.TrainingResult;
import io.github.recsys4j.model.train.UserFeatures;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a training run left, turned into what is served and saved. */
record TrainedModel(
        Architecture architecture,
        TrainingOptions options,
        SequenceNetwork network,
        ContentMatrices features,
        UserFeatures userFeatures,
        TrainingResult result) {

    ModelArtifact artifact(Dataset dataset, boolean keepHistories) {
        ParameterSet parameters = result.parameters();
        Optional<ItemTables> made = made(dataset);
        Map<String, FloatBuffer> tables = made.map(ItemTables::tables).orElseGet(this::plainTables);
        return new ModelArtifact(
                manifest(dataset),
                ByteBuffer.wrap(OnnxExporter.userTower(network, parameters)),
                network.pairScorer().map(scorer -> ByteBuffer.wrap(OnnxExporter.ranker(network, parameters))),
                made.map(items -> new ModelArtifact.Contents(
                        ByteBuffer.wrap(OnnxExporter.itemTower(network, parameters)), items.shares())),
                catalogue(dataset),
                rows(tables, SequenceNetwork.INPUTS),
                vectors(tables),
                keepHistories ? Optional.of(StoredHistories.of(dataset)) : Optional.empty(),
                contexts(dataset, keepHistories));
    }

    private UserContexts contexts(Dataset dataset, boolean keepUsers) {
        int width = userFeatures.width();
        if (width == 0 || !keepUsers) {
            return UserContexts.unknown(width);
        }
        int[] all = IntStream.range(0, dataset.users().size()).toArray();
        return new UserContexts(dataset.users(), FloatBuffer.wrap(userFeatures.contexts(all)), width);
    }

    private Optional<ItemTables> made(Dataset dataset) {
        int[] counts = dataset.interactions().itemCounts(network.items());
        return network.content().map(content -> ItemTables.compute(network, result.parameters(), features, counts));
    }

    private Map<String, FloatBuffer> plainTables() {
        Map<String, FloatBuffer> tables = new HashMap<>();
        tables.put(SequenceNetwork.INPUTS, result.parameters().values(SequenceNetwork.INPUTS));
        tables.put(network.vectorsName(), result.parameters().values(network.vectorsName()));
        return tables;
    }

    /** The rows of the items, without the one that stands for padding. */
    private FloatBuffer rows(Map<String, FloatBuffer> tables, String name) {
        FloatBuffer table = Optional.ofNullable(tables.get(name)).orElseThrow();
        return table.slice(0, network.items() * network.tower().dim());
    }

    private Optional<FloatBuffer> vectors(Map<String, FloatBuffer> tables) {
        if (network.unitVectors()) {
            return Optional.of(
                    unit(rows(tables, network.vectorsName()), network.tower().dim()));
        }
        return network.sharedTable() ? Optional.empty() : Optional.of(rows(tables, SequenceNetwork.VECTORS));
    }

    private static FloatBuffer unit(FloatBuffer rows, int dim) {
        FloatBuffer units = FloatBuffer.allocate(rows.capacity());
        for (int from = 0; from < rows.capacity(); from += dim) {
            double squares = 0;
            for (int i = from; i < from + dim; i++) {
                squares += (double) rows.get(i) * rows.get(i);
            }
            double length = Math.max(1e-12, Math.sqrt(squares));
            for (int i = from; i < from + dim; i++) {
                units.put(i, (float) (rows.get(i) / length));
            }
        }
        return units;
    }

    private List<ContentInput> contents() {
        return network.content().map(ItemContent::inputs).orElse(List.of());
    }

    private static ModelArtifact.Catalogue catalogue(Dataset dataset) {
        int[] counts = dataset.interactions().itemCounts(dataset.items().size());
        long[] wide = Arrays.stream(counts).asLongStream().toArray();
        return new ModelArtifact.Catalogue(dataset.items(), dataset.itemTable(), LongBuffer.wrap(wide));
    }

    private Manifest manifest(Dataset dataset) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                architecture.name(),
                new Manifest.Shape(
                        network.items(), network.tower().dim(), network.tower().maxLength()),
                architecture.settings(contents()),
                trainingSettings(),
                options.seed(),
                Digests.ofInteractions(dataset),
                Versions.current(),
                contents().stream()
                        .map(input -> new Manifest.Content(input.modality(), input.dim()))
                        .toList(),
                userFeatures.width(),
                metrics(),
                Map.of());
    }

    private Map<String, Double> metrics() {
        TrainingHistory history = result.history();
        return history.epochs().stream()
                .filter(epoch -> epoch.number() == history.bestEpoch())
                .findFirst()
                .map(TrainingHistory.Epoch::metrics)
                .orElse(Map.of());
    }

    private Map<String, String> trainingSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("optimizer", options.optimizer().toString());
        settings.put("schedule", options.schedule().toString());
        settings.put("warmupSteps", Integer.toString(options.warmupSteps()));
        settings.put("warmupStart", Double.toString(options.warmupStart()));
        settings.put("clipNorm", Double.toString(options.clipNorm()));
        settings.put("batchSize", Integer.toString(options.batchSize()));
        settings.put("microBatchPositions", Integer.toString(options.microBatchPositions()));
        settings.put("epochs", Integer.toString(options.epochs()));
        settings.put("maxBatchesPerEpoch", Integer.toString(options.maxBatchesPerEpoch()));
        settings.put("maxDuration", options.maxDuration().map(Object::toString).orElse("none"));
        settings.put("metric", options.metric());
        settings.put("validateEvery", Integer.toString(options.validateEvery()));
        settings.put("patience", Integer.toString(options.patience()));
        settings.put("threads", Integer.toString(options.threads()));
        settings.put("bestEpoch", Integer.toString(result.history().bestEpoch()));
        settings.put(
                "finishedEpochs", Integer.toString(result.history().epochs().size()));
        settings.put("stopReason", result.history().stopReason());
        return settings;
    }
}
