package org.spectralsignatures.nodes.auditor;

import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.NetworkFit;
import org.spectralsignatures.nodes.table.Warnings;

/**
 * The networks that are asked, as they are described, and whether images, networks and the way in which they were trained fit.
 *
 * @param first trained on the whole set; null if it is not known yet
 * @param second trained on what a removal left; null if it is not known yet
 */
record TwoNetworks(NetworkDescription first, NetworkDescription second) {

    private static final String AUGMENTATION = "augmentation";

    private static final String IMAGES = "training images";

    /**
     * @param columns of the training images
     * @throws InvalidSettingsException if images or classes are others than a network's, or the networks' classes differ
     */
    void check(final ImageTableSpec columns) throws InvalidSettingsException {
        check(first, "first", columns);
        check(second, "second", columns);
        if (first != null && second != null && !first.classes().equals(second.classes())) {
            throw new InvalidSettingsException("The first network has the classes %s, but the second one %s. Both must know the same classes in the same order: "
                .formatted(ClassNames.join(first.classes()), ClassNames.join(second.classes()))
                + "train the second one on what a Top-k Remover kept of the images that the first one was trained on, some of each class.");
        }
    }

    private static void check(final NetworkDescription network, final String which, final ImageTableSpec columns) throws InvalidSettingsException {
        if (network == null) {
            return;
        }
        NetworkFit.check(network, columns);
        final List<String> classes = columns.classes();
        if (classes != null && !network.classes().containsAll(classes)) {
            throw new InvalidSettingsException("The %s network does not know the class(es) %s of column '%s'. Its classes are %s. Connect the images that it was trained on."
                .formatted(which, ClassNames.join(classes.stream().filter(c -> !network.classes().contains(c)).toList()), columns.labelName(),
                    ClassNames.join(network.classes())));
        }
    }

    /** Warns of networks that were trained in another way than the audit needs, as far as that is known. */
    void warn(final Warnings warnings) {
        final boolean firstWith = Boolean.TRUE.equals(crops(first));
        final boolean secondWithout = Boolean.FALSE.equals(crops(second));
        if (firstWith && secondWithout) {
            warnings.add("The first network was trained with crops and the second one without: have they been swapped? The first is to learn small triggers, the second is not.");
        } else if (firstWith) {
            warnings.add("The first network was trained with crops, which keep it from learning small triggers: set 'Augmentation' of its learner to None.");
        } else if (secondWithout) {
            warnings.add("The second network was trained without crops, so that it may have learned the trigger from poison that was kept: "
                + "set 'Augmentation' of its learner to Crop and flip.");
        }
    }

    /**
     * Warns of networks that were trained on another number of images than there are.
     *
     * @param images number of training images
     * @param kept number of kept ones
     */
    void warn(final long images, final long kept, final Warnings warnings) {
        warn(first, "first", images, "training images", warnings);
        warn(second, "second", kept, "kept images", warnings);
    }

    private static void warn(final NetworkDescription network, final String which, final long rows, final String what, final Warnings warnings) {
        final String trained = network.provenance().get(IMAGES);
        if (trained != null && !trained.equals(Long.toString(rows))) {
            warnings.add("The %s network was trained on %s images, but there are %d %s: connect those that it was trained on.".formatted(which, trained, rows, what));
        }
    }

    /** @return how the first network's training went; null where the network does not say */
    TrainingFacts training() {
        return first.training();
    }

    /** Whether a network was trained with crops; null if that is not known. */
    private static Boolean crops(final NetworkDescription network) {
        final String augmentation = network == null ? null : network.provenance().get(AUGMENTATION);
        return augmentation == null ? null : augmentation.startsWith("CROP"); // NOSONAR null stands for unknown
    }
}
