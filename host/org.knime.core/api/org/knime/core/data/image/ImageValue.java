package org.knime.core.data.image;

import org.knime.core.data.DataValue;

/** A cell that holds an image. */
public interface ImageValue extends DataValue {

    /** @return the image */
    ImageContent getImageContent();

    /** @return usual ending of such a file's name */
    String getImageExtension();
}
