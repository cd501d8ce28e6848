package org.knime.core.data.container;

import java.io.Closeable;

import org.knime.core.data.RowIterator;

/** An iterator that can be given up early. */
public abstract class CloseableRowIterator extends RowIterator implements Closeable {

    @Override
    public abstract void close();
}
