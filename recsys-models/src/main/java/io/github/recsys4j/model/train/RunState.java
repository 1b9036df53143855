package io.github.recsys4j.model.train;

import io.github.recsys4j.model.train.TrainingHistory.Epoch;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run is, apart from its tensors: together with the seed it decides everything that follows.
 *
 * @param step optimizer steps done
 * @param epoch epochs finished
 * @param batch batches done of the unfinished epoch
 * @param lossSum sum of the unfinished epoch's losses over its positions
 * @param positions positions of the unfinished epoch
 * @param best the best validation so far
 * @param seconds spent so far
 * @param plateau what a plateau schedule remembers
 * @param curve the finished epochs
 */
record RunState(
        long step,
        int epoch,
        int batch,
        double lossSum,
        long positions,
        Best best,
        double seconds,
        LearningRate.Plateau plateau,
        List<Epoch> curve) {

    /**
     * The best validation so far.
     *
     * @param metric minus infinity before the first validation
     * @param epoch the epoch that was validated; 0 before the first
     * @param since validations since then, none of them better
     */
    record Best(double metric, int epoch, int since) {
        static final Best NONE = new Best(Double.NEGATIVE_INFINITY, 0, 0);

        Best after(double value, int ofEpoch) {
            return value > metric ? new Best(value, ofEpoch, 0) : new Best(metric, epoch, since + 1);
        }
    }

    static RunState start(LearningRate.Plateau plateau) {
        return new RunState(0, 0, 0, 0, 0, Best.NONE, 0, plateau, List.of());
    }

    /** {@return the mean loss per position of the unfinished epoch} */
    double meanLoss() {
        return lossSum / Math.max(1, positions);
    }

    RunState afterStep(double meanLoss, int count) {
        return new RunState(
                step + 1,
                epoch,
                batch + 1,
                lossSum + meanLoss * count,
                positions + count,
                best,
                seconds,
                plateau,
                curve);
    }

    RunState afterEpoch(Epoch entry) {
        List<Epoch> longer = Stream.concat(curve.stream(), Stream.of(entry)).toList();
        return new RunState(step, epoch + 1, 0, 0, 0, best, entry.seconds(), plateau, longer);
    }

    RunState afterValidation(Best now, LearningRate.Plateau rate) {
        return new RunState(step, epoch, batch, lossSum, positions, now, seconds, rate, curve);
    }

    RunState at(double secondsSpent) {
        return new RunState(step, epoch, batch, lossSum, positions, best, secondsSpent, plateau, curve);
    }
}
