package io.github.recsys4j.model.train;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.nio.charset.StandardCharsets;

/** What makes two runs the same run: settings in words, network and data as digests. */
final class RunFingerprint {
    private RunFingerprint() {}

    static String of(TrainingRun.Task task) {
        String contents = task.network()
                .content()
                .map(content -> " content=" + content + " " + task.features().digest())
                .orElse("");
        String contexts = task.users().width() > 0 ? " users=" + task.users().digest() : "";
        return task.options().fingerprint() + " network=" + digest(task.network()) + " data=" + digest(task.train())
                + contents + contexts;
    }

    private static String digest(SequenceNetwork network) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (ParameterSpec spec : network.parameters()) {
            hasher.putString(spec.toString(), StandardCharsets.UTF_8);
        }
        return network.parameters().size() + " parameters " + shortened(hasher);
    }

    private static String digest(Dataset train) {
        Interactions interactions = train.interactions();
        Hasher hasher = Hashing.sha256().newHasher();
        for (int user = 0; user < interactions.numUsers(); user++) {
            hasher.putInt(interactions.count(user));
        }
        for (int row = 0; row < interactions.size(); row++) {
            hasher.putInt(interactions.item(row));
        }
        return interactions.size() + " interactions " + shortened(hasher);
    }

    private static String shortened(Hasher hasher) {
        return hasher.hash().toString().substring(0, 16);
    }
}
