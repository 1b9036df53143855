package io.github.recsys4j.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.model.network.ItemTower;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Keeps the item tables of a network whose items have contents: they are made once before a step's parts, by which
 * they are read as if they were parameters, and the gradients that the parts leave on them go through the item towers
 * once afterwards. So the cost does not grow with the parts, and gradient workers need not know.
 *
 * <p>An item that training data never mention has no id to read: it is made from its contents alone, as a new item
 * is. If it has no contents either, its id is all there is.
 * Belongs to the session's thread.
 */
final class ItemRows implements AutoCloseable {
    private final SequenceNetwork network;
    private final List<ItemTower> towers;
    private final TorchSession session;
    private final TorchParameters parameters;
    private final TorchParameters own;
    private final PtNDManager manager;
    private final List<List<PtNDArray>> contents = new ArrayList<>();
    private final PtNDArray presence;
    private final KnownContents known;

    /** Adds the tables to the parameters; replicas are to be made afterwards. */
    ItemRows(SequenceNetwork network, KnownContents known, TorchSession session, TorchParameters parameters) {
        this.network = network;
        this.towers = network.itemTowers();
        this.session = session;
        this.parameters = parameters;
        this.manager = session.newManager();
        int items = network.items();
        for (ItemTower tower : towers) {
            parameters.derive(tower.table(), items + 1L, network.tower().dim());
        }
        this.own = parameters.replica();
        this.known = known;
        for (FeatureMatrix matrix : known.features().matrices()) {
            contents.add(known.features().versions(matrix).stream()
                    .map(version -> create(version.values(), items, version.dim()))
                    .toList());
        }
        this.presence = create(FloatBuffer.wrap(known.presence()), items, contents.size());
    }

    /** Those whose id is read. */
    KnownItems knownItems() {
        return KnownItems.of(known.ids());
    }

    private PtNDArray create(FloatBuffer values, long... shape) {
        float[] copy = new float[values.remaining()];
        values.duplicate().get(copy);
        try (NDArray inJava = manager.create(copy, new Shape(shape));
                NDArray typed = inJava.toType(session.type(), false)) {
            PtNDArray array = (PtNDArray) typed.duplicate();
            array.attach(manager);
            return array;
        }
    }

    /**
     * Makes the tables as they are served: nothing is dropped, every known id is read. Gives the shares of the parts in
     * what is retrieved, {@code [items, contents + 1]}.
     */
    float[] refresh() {
        try (TorchStep pass = session.infer(own)) {
            List<ItemTower.Fused> made = make(pass, known.ids(), versions -> 0);
            return ((TorchTensor) made.get(made.size() - 1).shares()).floats();
        }
    }

    /** Makes the tables of a training step. */
    Pass begin(long seed, long key) {
        long dropout = Randomness.derive(seed, Randomness.Purpose.DROPOUT, key);
        TorchStep pass = session.train(own, dropout);
        try {
            Randomness variants = Randomness.of(seed, Randomness.Purpose.CONTENT_VARIANTS, key);
            float[] ids = idsLeft(Randomness.of(seed, Randomness.Purpose.HIDDEN_IDS, key));
            List<ItemTower.Fused> made = make(pass, ids, variants::nextInt);
            return new Pass(pass, made, Randomness.of(seed, Randomness.Purpose.ALIGNED_ITEMS, key));
        } catch (RuntimeException | Error e) {
            pass.close();
            throw e;
        }
    }

    private float[] idsLeft(Randomness random) {
        return known.idsWithout(network.content().orElseThrow().options().idDropout(), random);
    }

    /** @param version chooses one of so many versions of a content */
    private List<ItemTower.Fused> make(TorchStep pass, float[] ids, IntUnaryOperator version) {
        TorchTensor idPresence = pass.input(ids, ids.length, 1);
        TorchTensor there = new TorchTensor(presence, pass);
        List<Tensor> vectors = contents.stream()
                .map(versions -> (Tensor) new TorchTensor(versions.get(version.applyAsInt(versions.size())), pass))
                .toList();
        List<ItemTower.Fused> made = new ArrayList<>();
        for (ItemTower tower : towers) {
            ItemTower.Ids read = new ItemTower.Ids(pass.get(tower.idName()), idPresence);
            ItemTower.Batch batch = new ItemTower.Batch(vectors, there, Optional.of(read));
            ItemTower.Fused fused = tower.rows(pass, batch);
            parameters.overwrite(tower.table(), padded(pass, fused.rows()).array());
            made.add(fused);
        }
        return made;
    }

    private TorchTensor padded(TorchStep pass, Tensor rows) {
        int dim = network.tower().dim();
        return (TorchTensor) rows.concat(0, List.of(pass.constant("padding", new float[dim], 1, dim)));
    }

    /** The item towers' part of a step, between its forward and its backward pass. */
    final class Pass implements AutoCloseable {
        private final TorchStep pass;
        private final List<ItemTower.Fused> made;
        private final Randomness random;

        Pass(TorchStep pass, List<ItemTower.Fused> made, Randomness random) {
            this.pass = pass;
            this.made = made;
            this.random = random;
        }

        /**
         * Takes the gradients that the tables have through the towers to the parameters, with those of the alignment
         * of contents; gives the value of the latter with its weight.
         */
        double backward() {
            List<PtNDArray> gradients = towers.stream()
                    .map(tower -> parameters.gradient(tower.table()))
                    .toList();
            try {
                TorchTensor sum = IntStream.range(0, made.size())
                        .mapToObj(i -> product(made.get(i), gradients.get(i)))
                        .reduce((one, other) -> (TorchTensor) one.add(other))
                        .orElseThrow();
                Optional<TorchTensor> alignment = alignment();
                double value =
                        alignment.map(loss -> TorchTensor.number(loss.array())).orElse(0.0);
                pass.backward(alignment.map(loss -> (TorchTensor) sum.add(loss)).orElse(sum));
                parameters.takeGradients(own);
                return value;
            } finally {
                gradients.forEach(PtNDArray::close);
            }
        }

        private TorchTensor product(ItemTower.Fused fused, PtNDArray gradient) {
            PtNDArray table = padded(pass, fused.rows()).array();
            return pass.wrap(JniUtils.sum(pass.own(table.mul(gradient))));
        }

        private Optional<TorchTensor> alignment() {
            ItemTower tower = towers.get(towers.size() - 1);
            if (!tower.aligned()) {
                return Optional.empty();
            }
            List<TorchTensor> contentParts = made.get(made.size() - 1).parts().stream()
                    .limit(contents.size())
                    .map(part -> (TorchTensor) part)
                    .toList();
            double weight = network.content().orElseThrow().options().alignment();
            return Alignment.loss(contentParts, known.presence(), pass.get(tower.alignmentName()), random)
                    .map(loss -> (TorchTensor) loss.reshape(-1).sum(0).mul(weight));
        }

        @Override
        public void close() {
            pass.close();
        }
    }

    @Override
    public void close() {
        own.close();
        manager.close();
    }
}
