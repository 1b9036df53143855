package io.github.recsys4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.testing.Checkerboard;
import io.github.recsys4j.testing.RecommenderContract;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every baseline keeps the recommender's contract. */
final class BaselinesContractTest {

    abstract static class BaselineContract extends RecommenderContract {
        private final Baseline baseline;

        BaselineContract(Baseline baseline) {
            this.baseline = baseline;
        }

        @Override
        protected final Recommender train(Dataset train) {
            return baseline.train(train);
        }
    }

    @Nested
    final class RandomItemsTest extends BaselineContract {
        RandomItemsTest() {
            super(new RandomItems(7));
        }

        @Override
        protected boolean solvesCheckerboard() {
            return false;
        }
    }

    @Nested
    final class PopularityTest extends BaselineContract {
        PopularityTest() {
            super(new Popularity());
        }

        @Override
        protected boolean solvesCheckerboard() {
            return false;
        }
    }

    @Nested
    final class MarkovTest extends BaselineContract {
        MarkovTest() {
            super(new Markov());
        }
    }

    @Nested
    final class ItemKnnAllTest extends BaselineContract {
        ItemKnnAllTest() {
            super(ItemKnn.allNeighbours());
        }
    }

    @Nested
    final class ItemKnnFewTest extends BaselineContract {
        ItemKnnFewTest() {
            super(new ItemKnn(5, 1.2));
        }
    }

    @Nested
    final class EaseTest extends BaselineContract {
        EaseTest() {
            super(new Ease(1));
        }
    }

    @Nested
    final class RecentPopularityTest extends BaselineContract {
        RecentPopularityTest() {
            super(RecentPopularity.defaults());
        }

        @Override
        protected boolean solvesCheckerboard() {
            return false;
        }
    }

    @Nested
    final class DecayedMarkovTest extends BaselineContract {
        DecayedMarkovTest() {
            super(new DecayedMarkov(0.5, 3));
        }
    }

    @Nested
    final class UserKnnTest extends BaselineContract {
        UserKnnTest() {
            super(new UserKnn(5, 0));
        }
    }

    @Nested
    final class SlimTest extends BaselineContract {
        SlimTest() {
            super(new Slim(0.01, 0.1, true, 0.0001));
        }
    }

    @Nested
    final class IalsTest extends BaselineContract {
        IalsTest() {
            super(new Ials(2, 1, 10, 10, 7));
        }
    }

    @Nested
    final class BprMfTest extends BaselineContract {
        BprMfTest() {
            super(new BprMf(8, 0.05, 0.01, 300, 50, 7));
        }
    }

    @Test
    void recommend_filter_leavesOnlyItemsThatFulfilIt() {
        List<String> colours = IntStream.range(0, Checkerboard.SIZE)
                .mapToObj(item -> item % 4 == 0 ? "red" : "blue")
                .toList();
        Table items = new Table(Checkerboard.SIZE, List.of(new Column("colour", colours)));
        Dataset train = Checkerboard.dataset();
        try (Recommender markov = new Markov()
                .train(train.withTables(items, Table.empty(train.users().size())))) {
            assertThat(markov.getRecommendations(RecommendationRequest.forUser("4")
                            .filter(ItemPredicate.equal("colour", "red"))
                            .includeSeen()
                            .k(Checkerboard.SIZE)
                            .build()))
                    .hasSize(5)
                    .allMatch(found -> Integer.parseInt(found.itemId()) % 4 == 0);
        }
    }
}
