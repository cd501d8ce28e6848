package org.spectralsignatures.spark.audit;

import java.util.Iterator;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.spectralsignatures.spark.extract.EncodedImage;
import org.spectralsignatures.spark.extract.FittingImages;
import org.spectralsignatures.spark.extract.UnusableImageException;

/**
 * The pixels of the images of one part of a table, as rows of {@link ImageAudit#DECODED}; a broken image becomes a row that says why.
 *
 * @param images of the part
 * @param fitting decodes them
 */
record Decoding(Iterator<EncodedImage> images, FittingImages fitting) implements Iterator<Row> {

    @Override
    public boolean hasNext() {
        return images.hasNext();
    }

    @Override
    public Row next() {
        final EncodedImage image = images.next();
        try {
            return RowFactory.create(image.id(), image.label(), fitting.decode(image).pixels(), null, false);
        } catch (UnusableImageException e) {
            return RowFactory.create(image.id(), image.label(), null, e.getMessage(), true);
        }
    }
}
