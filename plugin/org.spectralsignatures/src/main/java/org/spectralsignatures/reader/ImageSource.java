package org.spectralsignatures.reader;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.monitor.TaskCancelledException;

/** One way of storing labelled images. The order of the images is fixed. */
interface ImageSource {

    /** Decodes an image when asked to. */
    interface Decoder {
        DecodedImage decode() throws IOException;
    }

    /** Receives the images. */
    interface Visitor {
        void visit(int index, String key, Decoder decoder) throws IOException, TaskCancelledException;
    }

    /** @return all classes of the set, in its order */
    List<String> classes() throws IOException;

    /** @return the index of each image's class in {@link #classes()}, {@code [n]} */
    int[] labels() throws IOException;

    /** Visits the wanted images in ascending order. */
    void read(BitSet wanted, Visitor visitor) throws IOException, TaskCancelledException;
}
