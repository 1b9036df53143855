package io.github.recsys4j.model;

import io.github.recsys4j.eval.search.Settings;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.network.PairScorer;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.train.InBatch;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Negatives;

/** The settings {@code model.} of a trial. Not thread-safe. */
final class ArchitectureSettings {
    private final SettingsReader at;

    ArchitectureSettings(Settings settings) {
        at = new SettingsReader(settings, "model.");
    }

    Architecture apply(Architecture base) {
        Architecture changed = base.withTower(tower(base.tower()))
                .withItemTower(itemTower(base.itemTower()))
                .withLoss(loss(base.loss()))
                .withNegatives(negatives(base.negatives()))
                .withScorer(base.scorer().map(this::scorer));
        at.finish();
        return changed;
    }

    private TowerOptions tower(TowerOptions base) {
        return new TowerOptions(
                base.block(),
                at.integer("tower.dim", base.dim()),
                at.integer("tower.blocks", base.blocks()),
                at.integer("tower.heads", base.heads()),
                at.integer("tower.max-length", base.maxLength()),
                at.number("tower.dropout", base.dropout()),
                base.feedForward(),
                base.scaleInputs(),
                base.outputProjection(),
                base.finalNorm(),
                base.normEpsilon(),
                base.finalNormEpsilon());
    }

    private ItemTowerOptions itemTower(ItemTowerOptions base) {
        return new ItemTowerOptions(
                at.constant("item-tower.fusion", base.fusion()),
                at.integer("item-tower.heads", base.heads()),
                at.number("item-tower.dropout", base.dropout()),
                at.number("item-tower.id-dropout", base.idDropout()),
                at.number("item-tower.alignment", base.alignment()));
    }

    private Loss loss(Loss base) {
        Loss changed = base.withCalibration(at.number("loss.calibration", base.calibration()))
                .withPositiveWeight(at.number("loss.positive-weight", base.positiveWeight()))
                .withLabelSmoothing(at.number("loss.label-smoothing", base.labelSmoothing()))
                .withEmbeddingPenalty(at.number("loss.embedding-penalty", base.embeddingPenalty()));
        return base.inBatch().map(this::inBatch).map(changed::withInBatch).orElse(changed);
    }

    private InBatch inBatch(InBatch base) {
        return base.withTemperature(at.number("loss.in-batch.temperature", base.temperature()))
                .withAccidentalHits(at.constant("loss.in-batch.accidental-hits", base.accidentalHits()))
                .withHardNegatives(at.integer("loss.in-batch.hard-negatives", base.hardNegatives()));
    }

    private Negatives negatives(Negatives base) {
        return new Negatives(
                base.distribution(),
                at.integer("negatives.count", base.count()),
                base.shared(),
                base.outsideHistory(),
                base.popularShare());
    }

    private PairScorer.Options scorer(PairScorer.Options base) {
        return new PairScorer.Options(
                at.integer("scorer.hidden", base.hidden()), at.number("scorer.dropout", base.dropout()));
    }
}
