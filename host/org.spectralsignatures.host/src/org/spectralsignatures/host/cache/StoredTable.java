package org.spectralsignatures.host.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowIterator;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.Node;

/** A table of an earlier run. Its rows are read when they are first asked for, which for most tables that are taken is never. */
final class StoredTable implements DataTable {

    private final Path m_file;

    private final SharedImages m_images;

    private final DataTableSpec m_spec;

    private List<DataRow> m_rows;

    private StoredTable(final Path file, final DataTableSpec spec, final SharedImages images) {
        m_file = file;
        m_spec = spec;
        m_images = images;
    }

    /** @return the table of a file that stays there */
    static BufferedDataTable open(final Path file, final SharedImages images) throws IOException {
        final TableBytes.Head head = TableBytes.readHead(file);
        return Node.table(new StoredTable(file, head.spec(), images), head.rows());
    }

    @Override
    public DataTableSpec getDataTableSpec() {
        return m_spec;
    }

    private synchronized List<DataRow> rows() {
        if (m_rows == null) {
            try {
                m_rows = TableBytes.readRows(m_file, m_images);
            } catch (IOException e) {
                throw new UncheckedIOException("A table of the cache cannot be read: " + e.getMessage(), e);
            }
        }
        return m_rows;
    }

    @Override
    public RowIterator iterator() {
        final Iterator<DataRow> rows = rows().iterator();
        return new CloseableRowIterator() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public DataRow next() {
                return rows.next();
            }

            @Override
            public void close() {
                // nothing is held open
            }
        };
    }
}
