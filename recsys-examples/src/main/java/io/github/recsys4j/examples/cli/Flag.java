package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.config.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * An option of a command that stands for a key of the configuration and wins over it.
 *
 * @param name such as {@code --epochs}
 * @param key such as {@code training.epochs}
 * @param label what stands for the value in the help; empty for a switch, which sets the key to true
 * @param help one sentence
 */
record Flag(String name, String key, String label, String help) {
    private static final Flag SET =
            new Flag("--set", "", "KEY=VALUE", "Set any key of the configuration, such as training.clip-norm=5.");

    /** All of some groups, in their order. */
    @SafeVarargs
    static List<Flag> joined(List<Flag>... groups) {
        List<Flag> all = new ArrayList<>();
        for (List<Flag> group : groups) {
            all.addAll(group);
        }
        return all;
    }

    /** Where the data is. */
    static final List<Flag> DATA = List.of(
            new Flag(
                    "--data",
                    "data.path",
                    "PATH",
                    "The interactions: a file, or a folder with the format's usual names."),
            new Flag(
                    "--format",
                    "data.format",
                    "FORMAT",
                    oneOf(DataConfig.FORMATS) + " Default: csv, or split where PATH is one."),
            new Flag("--items", "data.items", "FILE", "The items and their columns, such as titles."),
            new Flag("--user-table", "data.users", "FILE", "The users and their columns."));

    /** How it is split. */
    static final List<Flag> SPLIT = List.of(
            new Flag("--split", "split", "TYPE", oneOf(SplitConfig.SPLITTERS.keySet()) + " Default: leave-one-out."),
            new Flag(
                    "--validation-users",
                    "split.validation-users",
                    "N",
                    "leave-one-out: validate N random users instead of all."));

    /** What items are made of. */
    static final List<Flag> CONTENTS = List.of(
            new Flag("--text", "contents.text.columns", "COLUMN,...", "Make items of these columns' texts too."),
            new Flag(
                    "--text-encoder",
                    "contents.text.encoder",
                    "ENCODER",
                    "hashed, a folder with an ONNX network or static token vectors, or ready vectors (.npy, .csv, .f32)."
                            + " Default: hashed."),
            new Flag(
                    "--images",
                    "contents.image.folder",
                    "DIR",
                    "Make items of the images in this folder too, called <item id>.<ending>."),
            new Flag(
                    "--image-encoder",
                    "contents.image.encoder",
                    "ENCODER",
                    "descriptor, an ONNX folder, or ready vectors. Default: descriptor. Without --images the folder"
                            + " images beside the data is taken."),
            new Flag("--audio", "contents.audio.folder", "DIR", "Make items of these sounds too."),
            new Flag(
                    "--audio-encoder",
                    "contents.audio.encoder",
                    "ENCODER",
                    "log-mel, an ONNX folder, or ready vectors. Default: log-mel."),
            new Flag("--numbers", "contents.numbers.columns", "COLUMN,...", "Make items of these numeric columns too."),
            new Flag(
                    "--categories",
                    "contents.categories.columns",
                    "COLUMN,...",
                    "Make items of these categorical columns too; see contents.categories.separator."),
            new Flag(
                    "--cache",
                    "contents.cache",
                    "DIR",
                    "Where vectors are kept, none for memory only. Default: .recsys-cache."));

    /** Begins a help text. */
    static String oneOf(Collection<String> words) {
        return "One of " + String.join(", ", words) + ".";
    }

    OptionSpec option() {
        OptionSpec.Builder builder = OptionSpec.builder(name).description(help);
        if (label.isEmpty()) {
            return builder.type(boolean.class).arity("0").build();
        }
        return builder.type(String.class).paramLabel(label).build();
    }

    static OptionSpec set() {
        return OptionSpec.builder(SET.name)
                .description(SET.help)
                .paramLabel(SET.label)
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .build();
    }

    /** Gives the keys that a command line changes, those of {@code --set} last. */
    static List<Change> changes(List<Flag> flags, ParseResult parsed) {
        List<Change> changes = new ArrayList<>();
        for (Flag flag : flags) {
            if (parsed.hasMatchedOption(flag.name)) {
                Object value = parsed.matchedOptionValue(flag.name, "");
                changes.add(new Change(flag.key, String.valueOf(value), flag.name));
            }
        }
        Map<String, String> set = parsed.matchedOptionValue(SET.name, Map.of());
        set.forEach((key, value) -> changes.add(new Change(key, value, "--set " + key)));
        return changes;
    }
}
