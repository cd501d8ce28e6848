package org.spectralsignatures.host.text;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Writes lines of a CSV file (RFC 4180). In many countries a spreadsheet parts cells at semicolons or tabs: a line that has one in a text
 * stands in quotes, cell by cell, so that nothing behind it becomes a cell, and perhaps a formula, of its own.
 */
public final class CsvLines implements AutoCloseable {

    private static final String SEPARATORS = "(?s).*[;\t].*";

    private final CSVPrinter m_plain;

    private final CSVPrinter m_quoted;

    /** @param out is closed with this */
    public CsvLines(final Writer out) throws IOException {
        m_plain = new CSVPrinter(out, CSVFormat.RFC4180);
        m_quoted = new CSVPrinter(out, CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).build());
    }

    /** @param cells as they are to be read, see {@link CsvText} */
    public void write(final List<String> cells) throws IOException {
        (cells.stream().anyMatch(cell -> cell.matches(SEPARATORS)) ? m_quoted : m_plain).printRecord(cells);
    }

    @Override
    public void close() throws IOException {
        m_plain.close(true);
    }
}
