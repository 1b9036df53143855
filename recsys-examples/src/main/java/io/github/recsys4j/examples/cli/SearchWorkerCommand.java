package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.eval.search.SearchWorker;
import io.github.recsys4j.split.Split;
import java.util.List;
import picocli.CommandLine.Command;

/** The other end of {@code search} with several jobs: makes the trials that it is sent. Not for people. */
@Command(name = "search-worker", hidden = true)
final class SearchWorkerCommand extends Configured {
    SearchWorkerCommand(Console console) {
        super(console);
    }

    @Override
    List<Flag> flags() {
        return List.of();
    }

    @Override
    int run(RunConfig config) {
        Split split = config.openSplit(ProgressListener.none(), console().err());
        SearchWorker.serve(new SearchTrials(config, split, console().err()::println));
        return 0;
    }
}
