package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.feature.CacheStats;
import io.github.recsys4j.feature.FeatureCache;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fills the cache of vectors. */
@Command(
        name = "precompute",
        header = "Encode texts, images and sounds ahead of training.",
        descriptionHeading = "%n",
        description = {
            "Encodes what items are made of and keeps the vectors in the cache, where train finds them. What the"
                    + " cache knows is not encoded again, so a run that was stopped is taken up by the next one.",
            "",
            "Example: recsys precompute --data shop --text title,description --image-encoder descriptor"
        })
final class PrecomputeCommand extends Configured {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--recompute", description = "Forget what the cache holds of these encoders first.")
    private boolean recompute;

    @Option(names = "--max-items", paramLabel = "N", description = "Encode the first N items only, for a trial.")
    private int maxItems = Integer.MAX_VALUE;

    PrecomputeCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        return Flag.joined(Flag.DATA, Flag.CONTENTS);
    }

    @Override
    int run(RunConfig config) {
        if (maxItems < 1) {
            throw new ParameterException(spec.commandLine(), "--max-items must be at least 1, got " + maxItems);
        }
        config.requireEncoders();
        try (Progress progress = new Progress(console())) {
            Dataset dataset = config.openItems(progress);
            try (Contents contents = Contents.fit(config.contents(), dataset, item -> true)) {
                encode(contents, dataset, progress);
            }
        }
        return 0;
    }

    private void encode(Contents contents, Dataset dataset, Progress progress) {
        PrintWriter out = console().out();
        FeatureCache cache = contents.cache()
                .orElseThrow(
                        () -> new ConfigException("nothing is to be encoded: ready vectors and columns need no cache"));
        if (recompute) {
            cache.clear();
        }
        Dataset some = dataset.select(user -> true, item -> item < maxItems);
        List<String> report = new ArrayList<>();
        contents.encodeToTrain(some, progress, report::add);
        report.forEach(out::println);
        cache.stats().forEach((modality, stats) -> out.println(summary(modality.name(), stats)));
        cache.list().forEach(folder -> out.println(folder.path()));
    }

    private static String summary(String modality, CacheStats stats) {
        return String.format(
                Locale.ROOT,
                "%s: %,d vectors computed%s; the cache holds %,d",
                modality.toLowerCase(Locale.ROOT),
                stats.encoded(),
                stats.damaged() > 0 ? String.format(Locale.ROOT, ", %,d of them damaged before", stats.damaged()) : "",
                stats.diskVectors());
    }
}
