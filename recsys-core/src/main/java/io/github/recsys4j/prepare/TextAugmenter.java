package io.github.recsys4j.prepare;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Makes variants of a text by leaving words out and by exchanging neighbours. An encoder is frozen, so a variant is encoded
 * once and cached like any other text; training then picks among an item's variants.
 *
 * <p>A text's variants depend on the seed and the text alone, not on what was asked before. Thread-safety: immutable.
 *
 * @param deleteProbability how likely each word is left out, from 0 to 1; at least one word always stays
 * @param swapProbability how likely each word changes places with the next one, from 0 to 1
 * @param seed decides all variants
 * @see <a href="https://doi.org/10.18653/v1/D19-1670">Wei and Zou, EDA, EMNLP-IJCNLP 2019</a>
 */
public record TextAugmenter(double deleteProbability, double swapProbability, long seed) {

    /**
     * Checks the probabilities.
     *
     * @param deleteProbability from 0 to 1
     * @param swapProbability from 0 to 1
     * @param seed any
     * @throws IllegalArgumentException if one of them is outside that range
     */
    public TextAugmenter {
        check("deleteProbability", deleteProbability);
        check("swapProbability", swapProbability);
    }

    private static void check(String name, double probability) {
        checkArgument(probability >= 0 && probability <= 1, "%s must be from 0 to 1, got %s", name, probability);
    }

    /**
     * {@return an augmenter that leaves out and exchanges one word in ten}
     *
     * @param seed decides all variants
     */
    public static TextAugmenter defaults(long seed) {
        return new TextAugmenter(0.1, 0.1, seed);
    }

    /**
     * Makes variants.
     *
     * @param text words with white space between them
     * @param count how many variants to draw, at least 0
     * @return the text itself and then those variants that differ from it and from each other, so at most {@code count +
     *     1} texts
     * @throws IllegalArgumentException if the count is negative
     */
    public List<String> variants(String text, int count) {
        checkArgument(count >= 0, "count must be at least 0, got %s", count);
        Set<String> variants = new LinkedHashSet<>();
        variants.add(text);
        for (int number = 0; number < count; number++) {
            variants.add(variant(text, new SplittableRandom(mix(text, number))));
        }
        return List.copyOf(variants);
    }

    private long mix(String text, int number) {
        return (seed * 31 + text.hashCode()) * 0x9E3779B97F4A7C15L + number;
    }

    private String variant(String text, SplittableRandom random) {
        List<String> words = Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toCollection(ArrayList::new));
        String survivor = words.get(random.nextInt(words.size()));
        words.removeIf(word -> random.nextDouble() < deleteProbability);
        if (words.isEmpty()) {
            words.add(survivor);
        }
        for (int at = 0; at + 1 < words.size(); at++) {
            if (random.nextDouble() < swapProbability) {
                Collections.swap(words, at, at + 1);
            }
        }
        return String.join(" ", words);
    }
}
