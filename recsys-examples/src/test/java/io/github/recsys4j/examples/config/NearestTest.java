package io.github.recsys4j.examples.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest(name = "{0} to {1} takes {2}")
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "same, same, 0", "flaw, lawn, 2", "epohcs, epochs, 2"
    })
    void distance_knownPairs_countsEdits(String from, String to, int expected) {
        assertThat(Nearest.distance(from, to)).isEqualTo(expected);
    }

    @Test
    void of_underscoreForDash_findsTheKey() {
        assertThat(Nearest.of("batch_size", List.of("batch-size", "epochs"))).contains("batch-size");
    }

    @Test
    void of_nothingNear_isEmpty() {
        assertThat(Nearest.of("zzzzzz", List.of("batch-size", "epochs"))).isEmpty();
    }
}
