package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.eval.CandidateSet;
import io.github.recsys4j.eval.Sampling;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which items compete for a case. */
sealed interface CandidatesConfig {

    CandidateSet of(Split split, HeldOut cases);

    /** By name, the default first. */
    static Map<String, CandidatesConfig> all() {
        Map<String, CandidatesConfig> candidates = new LinkedHashMap<>();
        candidates.put("full", new Full());
        candidates.put("sampled", new Sampled(100, Sampling.UNIFORM, 42));
        candidates.put("cold-items", new ColdItems(0));
        candidates.put("given", new Given(Path.of("")));
        return candidates;
    }

    /** The whole catalogue. */
    record Full() implements CandidatesConfig {
        @Override
        public CandidateSet of(Split split, HeldOut cases) {
            return CandidateSet.full();
        }
    }

    /** The targets among sampled others. */
    record Sampled(int count, Sampling sampling, long seed) implements CandidatesConfig {
        public Sampled {
            if (count < 1) {
                throw new IllegalArgumentException("count must be at least 1, got " + count);
            }
        }

        @Override
        public CandidateSet of(Split split, HeldOut cases) {
            return CandidateSet.sampled(count, sampling, split.train(), seed);
        }
    }

    /** Items with at most so many training interactions. */
    record ColdItems(int most) implements CandidatesConfig {
        public ColdItems {
            if (most < 0) {
                throw new IllegalArgumentException("most must be at least 0, got " + most);
            }
        }

        @Override
        public CandidateSet of(Split split, HeldOut cases) {
            int items = split.train().items().size();
            int[] counts = split.train().interactions().itemCounts(items);
            int[] cold = IntStream.range(0, items)
                    .filter(item -> counts[item] <= most)
                    .toArray();
            if (cold.length == 0) {
                throw new ConfigException("candidates: no item has at most " + most
                        + " training interactions: raise evaluation.candidates.most");
            }
            return CandidateSet.of(cold);
        }
    }

    /** Those of a file with a row per user and item. */
    record Given(Path file) implements CandidatesConfig {
        @Override
        public CandidateSet of(Split split, HeldOut cases) {
            if (file.toString().isEmpty()) {
                throw new ConfigException("candidates given need evaluation.candidates.file, a CSV with the columns"
                        + " user_id and item_id: add --set evaluation.candidates.file=FILE");
            }
            Dataset given = Dataset.builder().interactions(file).build();
            List<int[]> byCase =
                    cases.cases().mapToObj(index -> items(given, cases, index)).toList();
            return CandidateSet.given(byCase::get);
        }

        private int[] items(Dataset given, HeldOut cases, int index) {
            String user = cases.users().id(cases.user(index));
            int row = given.users().indexOf(user);
            int[] items = row == Vocabulary.UNKNOWN
                    ? new int[0]
                    : given.interactions().items(row);
            if (items.length == 0) {
                throw new ConfigException(file + " has no candidates for user \"" + user + "\": give every case some");
            }
            return Arrays.stream(items)
                    .map(item -> inCatalogue(cases.items(), given.items().id(item)))
                    .distinct()
                    .toArray();
        }

        private int inCatalogue(Vocabulary items, String id) {
            int item = items.indexOf(id);
            if (item == Vocabulary.UNKNOWN) {
                throw new ConfigException(file + " names the item \"" + id + "\", which is not in the data");
            }
            return item;
        }
    }
}
