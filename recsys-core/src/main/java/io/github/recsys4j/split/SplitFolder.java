package io.github.recsys4j.split;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a split to a folder that other tools can read, and reads it back to an equal one.
 *
 * <pre>
 * train.csv        user_id,item_id[,timestamp][,value]            oldest first within a user
 * context.csv      the same and position: given as history, not learned from; often empty
 * validation.csv   the same and position: the validation targets
 * test.csv         the same and position: the test targets; further groups have a file each
 * users.csv        user_id and the users' columns, in the order of their indices
 * items.csv        item_id and the items' columns, in the order of their indices
 * split.json       format version, protocol, notes, and rows, bytes and SHA-256 of each file
 * </pre>
 *
 * <p>Times are milliseconds since 1970. {@code position} is the place of a row, from 0, among all rows of its user;
 * training rows fill the places that are left, in the order of their file. So equal times and data without times
 * come back in the same order. Cases come back ordered by user.
 */
public final class SplitFolder {
    private SplitFolder() {}

    /**
     * Writes a split: into a folder beside, to the disk, then renamed, so that a crash leaves all or nothing.
     *
     * @param split what to write
     * @param folder must not exist, or be empty
     * @throws IllegalArgumentException if a history is not made of the user's training, context and validation
     *     rows in their order, or a user has two cases in one part
     * @throws ArtifactException if the folder holds something already or cannot be written
     */
    public static void write(Split split, Path folder) {
        Layout layout = Layouts.of(split);
        StagedFolder.write(folder, staged -> new SplitWriter(split, layout, staged).write());
    }

    /**
     * Reads a split that {@link #write} wrote, after checking version, sizes and hashes.
     *
     * @param folder what was written
     * @return an equal split; its report is measured anew
     * @throws ArtifactException if a file is missing or altered, or the version is another
     * @throws DatasetException if a row cannot be understood
     */
    public static Split read(Path folder) {
        try {
            SplitManifest manifest = SplitManifest.read(folder);
            manifest.verify(folder);
            return new SplitReader(folder, manifest).read();
        } catch (CsvParseException e) {
            throw new DatasetException(
                    "Split folder " + folder + " has a file that is not CSV: " + e.getMessage()
                            + ". Write the split again.",
                    e);
        } catch (IOException e) {
            throw new ArtifactException(
                    "Split folder " + folder + " cannot be read: " + e + ". Check that it is readable.", e);
        }
    }
}
