package org.knime.core.data.image;

import java.io.IOException;
import java.io.OutputStream;

import org.knime.core.data.DataCell;

/** The content of an image cell. */
public interface ImageContent {

    /** @return a cell that holds this image */
    DataCell toImageCell();

    /** Writes the file that holds the image. */
    void save(OutputStream out) throws IOException;

    /** @return what kind of image and how large */
    String getSummary();
}
