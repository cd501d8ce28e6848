package org.knime.core.data.container;

import org.knime.core.data.RowIterator;

/** An iterator that can be given up early. */
public abstract class CloseableRowIterator extends RowIterator implements AutoCloseable {

    @Override
    public abstract void close();
}
