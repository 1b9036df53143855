package io.github.recsys4j.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The slow path of comma-separated interactions whose fields are quoted: one thread, and FastCSV to find the fields.
 * What a field holds is parsed by the same code as on the fast path.
 */
final class QuotedReader {
    private static final int ROWS_PER_BLOCK = 1 << 16;

    private final DataFile file;
    private final ReadLimits limits;
    private byte[] bytes = new byte[1 << 10];
    private int[] from = new int[16];
    private int[] to = new int[16];

    QuotedReader(DataFile file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** The rows of the whole file, with the codes of the parser's collectors. */
    List<BlockColumns> read(DelimitedParser parser) {
        List<BlockColumns> blocks = new ArrayList<>();
        try (CsvReader<CsvRecord> records = Csv.reader(file.reader(), limits)) {
            boolean header = true;
            for (CsvRecord row : records) {
                if (!header) {
                    take(row, parser);
                }
                header = false;
                if (parser.rows.rows() >= ROWS_PER_BLOCK) {
                    blocks.add(parser.rows.finish(0, 0));
                }
            }
        } catch (IOException e) {
            throw file.failure(e);
        } catch (UncheckedIOException e) {
            throw file.failure(e);
        } catch (CsvParseException e) {
            throw Csv.failure(file, e);
        }
        blocks.add(parser.rows.finish(0, 0));
        return blocks;
    }

    private void take(CsvRecord row, DelimitedParser parser) {
        try {
            layOut(row);
            parser.take(bytes, from, to, row.getFieldCount());
        } catch (BadRow e) {
            parser.rows.addBadLine(row.getStartingLineNumber(), e);
        }
    }

    private void layOut(CsvRecord row) {
        int fields = row.getFieldCount();
        if (fields > from.length) {
            from = new int[2 * fields];
            to = new int[2 * fields];
        }
        int at = 0;
        for (int field = 0; field < fields; field++) {
            byte[] text = row.getField(field).getBytes(StandardCharsets.ISO_8859_1);
            if (at + text.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (at + text.length));
            }
            System.arraycopy(text, 0, bytes, at, text.length);
            from[field] = at;
            at += text.length;
            to[field] = at;
        }
    }
}
