package org.knime.core.data.image;

import org.knime.core.data.DataCell;

/** The content of an image cell. */
public interface ImageContent {

    /** @return a cell that holds this image */
    DataCell toImageCell();

    /** @return what kind of image and how large */
    String getSummary();
}
