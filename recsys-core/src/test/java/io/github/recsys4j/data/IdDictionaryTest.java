package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdDictionaryTest {

    @Test
    void findAndAdd_randomKeys_sameAsAHashMap() {
        Random random = new Random(2);
        IdDictionary dictionary = new IdDictionary();
        Map<String, Integer> expected = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            String key = "é".repeat(random.nextInt(3)) + "x".repeat(random.nextInt(12)) + random.nextInt(3000);
            byte[] bytes = ("<" + key + ">").getBytes(StandardCharsets.UTF_8);
            int found = dictionary.find(bytes, 1, bytes.length - 1);
            assertThat(found).isEqualTo(expected.getOrDefault(key, -1));
            if (found < 0) {
                expected.put(key, dictionary.add(bytes, 1, bytes.length - 1));
            }
        }
        assertThat(dictionary.size()).isEqualTo(expected.size());
        expected.forEach((key, code) -> assertThat(dictionary.text(code)).isEqualTo(key));
    }
}
