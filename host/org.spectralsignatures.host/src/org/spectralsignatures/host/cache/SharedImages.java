package org.spectralsignatures.host.cache;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

import org.knime.core.data.DataCell;
import org.knime.core.data.image.png.PNGImageCell;

/** The images of a run's tables. Nodes hand the same images on from table to table: tables that are read share them in memory, too. */
final class SharedImages {

    private final Map<DataCell, WeakReference<DataCell>> m_images = new WeakHashMap<>();

    /** @return the cell itself, or for an image the cell of the same content that was met first */
    synchronized DataCell share(final DataCell cell) {
        if (!(cell instanceof PNGImageCell)) {
            return cell;
        }
        final WeakReference<DataCell> before = m_images.get(cell);
        final DataCell first = before == null ? null : before.get();
        if (first != null) {
            return first;
        }
        m_images.put(cell, new WeakReference<>(cell));
        return cell;
    }
}
