package io.github.recsys4j.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Rows of free columns under a header. Not thread-safe. */
final class HeaderTable {
    private final DataFile file;
    private final ReadLimits limits;
    private final TableCollector table;
    private List<String> names = List.of();
    private int idField;

    HeaderTable(DataFile file, ReadLimits limits, TableCollector table) {
        this.file = file;
        this.limits = limits;
        this.table = table;
    }

    /** Comma-separated values. */
    BadRows csv(String idColumn) {
        BadRows bad = new BadRows(file, limits);
        try (CsvReader<CsvRecord> records = Csv.reader(file.reader(), limits)) {
            Iterator<CsvRecord> rows = records.iterator();
            if (!rows.hasNext()) {
                throw file.empty("a header with the column \"" + idColumn + "\"");
            }
            start(Layouts.header(file, Texts.decodeAll(rows.next().getFields())), idColumn);
            while (rows.hasNext()) {
                take(rows.next(), bad);
            }
        } catch (IOException e) {
            throw file.failure(e);
        } catch (UncheckedIOException e) {
            throw file.failure(e);
        } catch (CsvParseException e) {
            throw Csv.failure(file, e);
        }
        return bad;
    }

    private void take(CsvRecord row, BadRows bad) {
        try {
            take(row.getFields());
        } catch (BadRow e) {
            bad.add(row.getStartingLineNumber(), String.valueOf(e.getMessage()));
        }
    }

    /** RecBole's fields between tabs, under a typed header. */
    BadRows atomic(String idColumn) {
        return lines(line -> Layouts.atomicHeader(file, line), idColumn);
    }

    /** Fields between tabs, under a header. */
    BadRows tabs(String idColumn) {
        return lines(line -> Layouts.header(file, tabFields(line)), idColumn);
    }

    private BadRows lines(Function<String, Header> header, String idColumn) {
        return new LineFile(file, limits).forEach((number, line) -> {
            if (names.isEmpty()) {
                start(header.apply(Texts.decode("header", line, StandardCharsets.UTF_8)), idColumn);
            } else {
                take(tabFields(line));
            }
        });
    }

    private static List<String> tabFields(String line) {
        return List.of(line.split("\t", -1));
    }

    private void start(Header header, String idColumn) {
        names = header.names();
        idField = header.require(idColumn);
        for (int field = 0; field < names.size(); field++) {
            if (field != idField && !names.get(field).isEmpty()) {
                table.addColumn(names.get(field));
            }
        }
    }

    private void take(List<String> fields) throws BadRow {
        if (fields.size() != names.size()) {
            throw new BadRow("the row has " + fields.size() + " fields; expected " + names.size());
        }
        List<String> values = new ArrayList<>(fields.size());
        for (int field = 0; field < fields.size(); field++) {
            values.add(Texts.decode(names.get(field), fields.get(field), StandardCharsets.UTF_8));
        }
        table.add(values.get(idField), names, values);
    }
}
