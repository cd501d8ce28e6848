package org.knime.core.data;

/** A row: its key and one cell a column. */
public interface DataRow extends Iterable<DataCell> {

    /** @return number of cells */
    int getNumCells();

    /** @return the key */
    RowKey getKey();

    /** @return the cell of a column */
    DataCell getCell(int index);
}
