package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.model.Architecture;
import java.util.LinkedHashMap;
import java.util.Map;

/** The section {@code model}: a published recipe, and what differs from it. Not thread-safe. */
final class ModelConfig {
    private static final String STANDARD = Architecture.strongest().name();

    /** By name, the default first. */
    static final Map<String, Architecture> RECIPES = recipes();

    private Architecture architecture = Architecture.strongest();

    private static Map<String, Architecture> recipes() {
        Map<String, Architecture> all = new LinkedHashMap<>();
        for (Architecture each : new Architecture[] {
            Architecture.strongest(),
            Architecture.sasRec(),
            Architecture.sasRecSoftmax(),
            Architecture.gSasRec(),
            Architecture.eSasRec(),
            Architecture.gatedSequence(),
            Architecture.twoTower(),
            Architecture.multimodalRanker()
        }) {
            all.put(each.name(), each);
        }
        return all;
    }

    void read(Keys keys) {
        keys.<Architecture>variant("model", STANDARD, RECIPES, value -> architecture = value);
    }

    Map<String, Object> toMap() {
        return Records.toMap(RECIPES.containsKey(architecture.name()) ? architecture.name() : STANDARD, architecture);
    }

    /** Tells whether ids and contents are fused otherwise than the recipe says. */
    boolean hasOwnItemTower() {
        Architecture recipe = RECIPES.get(architecture.name());
        return recipe == null
                ? RECIPES.values().stream().noneMatch(each -> each.itemTower().equals(architecture.itemTower()))
                : !recipe.itemTower().equals(architecture.itemTower());
    }

    Architecture architecture() {
        return architecture;
    }
}
