package io.github.recsys4j.model.train;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The vectors of a network in mid-training: histories through the user tower without dropout, in blocks of about equal
 * length. Belongs to the training thread, unlike other scorers, and to the parameters as they are during one
 * validation.
 */
final class TorchScorer implements BatchScorer {
    private static final int BLOCK_POSITIONS = 1 << 14;

    private final SequenceNetwork network;
    private final Dataset train;
    private final TorchSession session;
    private final TorchParameters parameters;
    private final UserFeatures userFeatures;

    TorchScorer(TrainingRun.Task task, TorchSession session, TorchParameters parameters) {
        this.session = session;
        this.network = task.network();
        this.train = task.train();
        this.userFeatures = task.users();
        this.parameters = parameters;
    }

    @Override
    public Vocabulary items() {
        return train.items();
    }

    @Override
    public int dim() {
        return network.tower().dim();
    }

    @Override
    public float[] itemVectors() {
        try (TorchStep pass = session.infer(parameters)) {
            return ((TorchTensor) network.vectors(pass)).floats();
        }
    }

    @Override
    public float[] userVectors(List<RecommendationRequest> requests) {
        int[][] histories = requests.stream().map(this::history).toArray(int[][]::new);
        Integer[] order = IntStream.range(0, histories.length)
                .filter(row -> histories[row].length > 0)
                .boxed()
                .sorted(Comparator.comparingInt(row -> -histories[row].length))
                .toArray(Integer[]::new);
        float[] vectors = new float[requests.size() * dim()];
        int from = 0;
        while (from < order.length) {
            int length = histories[order[from]].length;
            int to = Math.min(order.length, from + Math.max(1, BLOCK_POSITIONS / length));
            Integer[] rows = Arrays.copyOfRange(order, from, to);
            computeBlock(histories, rows, contexts(requests, rows), vectors);
            from = to;
        }
        return vectors;
    }

    /** {@return the known items of the request's history, the most recent ones that the tower can read} */
    private int[] history(RecommendationRequest request) {
        int[] known = request.history().map(this::known).orElseGet(() -> ofUser(request));
        return Arrays.copyOfRange(
                known, Math.max(0, known.length - network.tower().maxLength()), known.length);
    }

    private int[] known(List<String> ids) {
        return ids.stream()
                .mapToInt(train.items()::indexOf)
                .filter(item -> item != Vocabulary.UNKNOWN)
                .toArray();
    }

    private int[] ofUser(RecommendationRequest request) {
        int user = request.userId().map(train.users()::indexOf).orElse(Vocabulary.UNKNOWN);
        return user == Vocabulary.UNKNOWN ? new int[0] : train.interactions().items(user);
    }

    private float[] contexts(List<RecommendationRequest> requests, Integer[] rows) {
        int[] users = Arrays.stream(rows)
                .mapToInt(row ->
                        requests.get(row).userId().map(train.users()::indexOf).orElse(Vocabulary.UNKNOWN))
                .toArray();
        return userFeatures.contexts(users);
    }

    private void computeBlock(int[][] histories, Integer[] rows, float[] contexts, float[] into) {
        int length = histories[rows[0]].length;
        long[] ids = new long[rows.length * length];
        float[] mask = new float[ids.length];
        Arrays.fill(ids, network.pad());
        for (int row = 0; row < rows.length; row++) {
            int[] history = histories[rows[row]];
            int first = (row + 1) * length - history.length;
            for (int i = 0; i < history.length; i++) {
                ids[first + i] = history[i];
                mask[first + i] = 1;
            }
        }
        float[] block = compute(ids, mask, length, contexts);
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(block, row * dim(), into, rows[row] * dim(), dim());
        }
    }

    private float[] compute(long[] ids, float[] mask, int length, float[] contexts) {
        try (TorchStep pass = session.infer(parameters)) {
            TorchTensor inputs = (TorchTensor) network.inputs(pass, pass.indices(ids, ids.length / length, length));
            TorchTensor places = pass.input(mask, mask.length / length, length);
            Tensor users = network.tower().userVector(pass, inputs, places);
            Tensor told = network.inContext(
                    pass, users, () -> pass.input(contexts, ids.length / length, userFeatures.width()));
            return ((TorchTensor) told).floats();
        }
    }
}
