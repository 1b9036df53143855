package io.github.recsys4j.model;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.export.OnnxExporter;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.train.TrainingHistory;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.model.train.TrainingResult;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a training run left, turned into what is served and saved. */
record TrainedModel(
        Architecture architecture, TrainingOptions options, SequenceNetwork network, TrainingResult result) {

    ModelArtifact artifact(Dataset dataset, boolean keepHistories) {
        ParameterSet parameters = result.parameters();
        return new ModelArtifact(
                manifest(dataset),
                ByteBuffer.wrap(OnnxExporter.userTower(network.tower(), parameters)),
                catalogue(dataset),
                table(parameters, SequenceNetwork.INPUTS),
                network.sharedTable() ? Optional.empty() : Optional.of(table(parameters, SequenceNetwork.VECTORS)),
                keepHistories ? Optional.of(StoredHistories.of(dataset)) : Optional.empty());
    }

    /** The rows of the items, without the one that stands for padding. */
    private FloatBuffer table(ParameterSet parameters, String name) {
        return parameters
                .values(name)
                .slice(0, network.items() * network.tower().dim());
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
                architecture.settings(),
                trainingSettings(),
                options.seed(),
                Digests.ofInteractions(dataset),
                Versions.current(),
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
