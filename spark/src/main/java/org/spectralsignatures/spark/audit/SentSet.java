package org.spectralsignatures.spark.audit;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.apache.spark.broadcast.Broadcast;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.AuditedSet;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.spark.extract.EndOfTask;
import org.spectralsignatures.spark.extract.NetworkUse;
import org.spectralsignatures.spark.extract.SentNetwork;

/**
 * A set of images in the order of their classes, as each machine is told of it.
 *
 * @param files with the pixels
 * @param shape of the images
 * @param starts {@code [files + 1]}, index of the first image of each file
 * @param classes {@code [classes + 1]}, index of the first image of each class
 * @param names of the classes
 * @param scores {@code [n]}
 * @param network a file on its way
 * @param use how it is read
 * @param options of the audit
 */
record SentSet(PackedFiles files, ImageShape shape, int[] starts, int[] classes, List<String> names, Broadcast<double[]> scores, SentNetwork network, // NOSONAR
    NetworkUse use, AuditOptions options) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What is done with the set where it is open. */
    interface Work<T> {
        /** @param set with images and network, which are closed afterwards */
        T with(AuditedSet set) throws Exception; // NOSONAR whatever it throws
    }

    /** @return number of images */
    int size() {
        return classes[names.size()];
    }

    /** @return number of images of a class */
    int size(final int label) {
        return classes[label + 1] - classes[label];
    }

    /**
     * @param label the class that is worked on, which is copied to this machine; negative for none
     * @param work is given the set
     * @return what comes of it
     */
    <T> T open(final int label, final Work<T> work) throws Exception {
        final int[] labels = new int[size()];
        for (int c = 0; c < names.size(); c++) {
            Arrays.fill(labels, classes[c], classes[c + 1], c);
        }
        final var pixels = new PackedPixels(files, shape, starts, label < 0 ? 0 : classes[label], label < 0 ? 0 : size(label));
        try (ImageDataset images = ImageDataset.of(shape, names, Collections.nCopies(labels.length, ""), labels, pixels);
            RunnableNetwork asked = new LateNetwork(() -> use.fresh(network.file()))) {
            return work.with(new AuditedSet(asked, images, scores.value(), options, new EndOfTask()));
        }
    }
}
