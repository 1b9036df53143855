package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a data set that lies in a folder under its usual names. */
record FolderFiles(Path interactions, Optional<Path> items, Optional<Path> users, Optional<Path> images) {
    private static final String LISTENING = "userid-timestamp-artid-artname-traid-traname.tsv";

    static FolderFiles of(Path folder, DataFormat format) {
        return switch (format) {
            case CSV -> named(folder, "interactions.csv", List.of("items.csv", "item_info.csv"), "users.csv");
            case MOVIELENS_DAT -> named(folder, "ratings.dat", List.of("movies.dat"), "users.dat");
            case MOVIELENS_CSV -> named(folder, "ratings.csv", List.of("movies.csv"), "");
            case MOVIELENS_100K -> named(folder, "u.data", List.of("u.item"), "u.user");
            case LASTFM -> named(folder, LISTENING, List.of(LISTENING), "userid-profile.tsv");
            case RECBOLE -> atomic(folder);
            default ->
                throw new IllegalArgumentException("format " + format.label()
                        + " has no usual file names; name the file with interactions(path, format)");
        };
    }

    private static FolderFiles named(Path folder, String interactions, List<String> items, String users) {
        Path found = find(folder, interactions)
                .orElseThrow(() -> new DatasetException(folder + " has no file " + interactions + " or " + interactions
                        + ".gz. Check the folder and the format, or name the file with interactions(path, format)."));
        return new FolderFiles(
                found,
                items.stream().flatMap(name -> find(folder, name).stream()).findFirst(),
                users.isEmpty() ? Optional.empty() : find(folder, users),
                Optional.of(folder.resolve("images")).filter(Files::isDirectory));
    }

    private static Optional<Path> find(Path folder, String name) {
        return Stream.of(name, name + ".gz")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static FolderFiles atomic(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".inter"))
                    .sorted()
                    .toList();
            if (names.size() != 1) {
                throw new DatasetException(folder + " must have one file that ends in .inter, found " + names
                        + ". Name the file with interactions(path, format).");
            }
            String name = names.get(0).substring(0, names.get(0).length() - ".inter".length());
            return named(folder, names.get(0), List.of(name + ".item"), name + ".user");
        } catch (IOException e) {
            throw new DatasetException(folder + " cannot be listed: " + e + ". Check the folder.", e);
        }
    }
}
