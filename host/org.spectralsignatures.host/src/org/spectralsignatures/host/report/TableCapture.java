package org.spectralsignatures.host.report;

import java.io.IOException;
import java.util.Base64;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A table as the report shows it: small ones whole, of others the first rows. */
final class TableCapture {

    private static final int ROWS = 20;

    private static final int SMALL = 60;

    private TableCapture() {
    }

    /** @return port, size, columns and rows; a cell is a text, a number, an object with a picture ({@code data:} address) or null */
    static ObjectNode of(final BufferedDataTable table, final String port, final ObjectMapper json) throws IOException {
        final ObjectNode result = json.createObjectNode().put("port", port).put("size", table.size());
        final ArrayNode columns = result.putArray("columns");
        for (DataColumnSpec column : table.getDataTableSpec()) {
            columns.addObject().put("name", column.getName()).put("number", column.getType().isCompatible(DoubleValue.class));
        }
        final ArrayNode rows = result.putArray("rows");
        final long shown = table.size() <= SMALL ? table.size() : ROWS;
        try (var iterator = table.iterator()) {
            for (long i = 0; i < shown; i++) {
                final DataRow row = iterator.next();
                final ArrayNode cells = rows.addArray().add(row.getKey().getString());
                for (DataCell cell : row) {
                    if (cell.isMissing()) {
                        cells.addNull();
                    } else if (cell instanceof PNGImageValue image) {
                        cells.addObject().put("picture", "data:image/png;base64," + Base64.getEncoder().encodeToString(image.getImageContent().getByteArrayReference()));
                    } else if (cell instanceof DoubleValue number) {
                        cells.add(number.getDoubleValue());
                    } else {
                        cells.add(cell.toString());
                    }
                }
            }
        }
        return result;
    }
}
