package org.spectralsignatures.nodes.auditor;

import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.NetworkFit;
import org.spectralsignatures.nodes.table.Warnings;

/**
 * The network that is asked, as it is described, and whether the images and the way in which it was trained fit.
 *
 * @param description of the network; null if it is not known yet
 */
record AuditedNetwork(NetworkDescription description) {

    private static final String AUGMENTATION = "augmentation";

    private static final String IMAGES = "training images";

    /**
     * @param columns of the training images
     * @throws InvalidSettingsException if images or classes are others than the network's
     */
    void check(final ImageTableSpec columns) throws InvalidSettingsException {
        if (description == null) {
            return;
        }
        NetworkFit.check(description, columns);
        final List<String> classes = columns.classes();
        if (classes != null && !description.classes().containsAll(classes)) {
            throw new InvalidSettingsException("The network does not know the class(es) %s of column '%s'. Its classes are %s. Connect the images that it was trained on."
                .formatted(ClassNames.join(classes.stream().filter(c -> !description.classes().contains(c)).toList()), columns.labelName(),
                    ClassNames.join(description.classes())));
        }
    }

    /** Warns of a network that was trained with crops, as far as that is known. */
    void warn(final Warnings warnings) {
        final String augmentation = description == null ? null : description.provenance().get(AUGMENTATION);
        if (augmentation != null && augmentation.startsWith("CROP")) {
            warnings.add("The network was trained with crops, which keep it from learning small triggers: set 'Augmentation' of its learner to None.");
        }
    }

    /**
     * Warns of a network that was trained on another number of images than there are.
     *
     * @param images number of training images
     */
    void warn(final long images, final Warnings warnings) {
        final String trained = description.provenance().get(IMAGES);
        if (trained != null && !trained.equals(Long.toString(images))) {
            warnings.add("The network was trained on %s images, but there are %d training images: connect those that it was trained on.".formatted(trained, images));
        }
    }
}
