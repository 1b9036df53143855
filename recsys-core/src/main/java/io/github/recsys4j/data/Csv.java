package io.github.recsys4j.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.recsys4j.DatasetException;
import java.io.Reader;
import java.util.List;

/** Comma-separated values as RFC 4180 says, with blank lines skipped and rows of any length let through. */
final class Csv {
    private static final int LEAST_BUFFER = 1 << 16;

    private Csv() {}

    /** Opens a reader of records; a quote that never closes fails. */
    static CsvReader<CsvRecord> reader(Reader text, ReadLimits limits) {
        return builder()
                .maxBufferSize(Math.max(LEAST_BUFFER, limits.maxLineBytes()))
                .ofCsvRecord(text);
    }

    private static CsvReader.CsvReaderBuilder builder() {
        return CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false);
    }

    /** What is reported instead of FastCSV's failure. */
    static DatasetException failure(DataFile file, CsvParseException e) {
        return new DatasetException(file + " is not comma-separated: " + e.getMessage() + ".", e);
    }

    /** The fields of one line. */
    static List<String> fields(String line) {
        return builder().ofSingleCsvRecord(line).getFields();
    }
}
