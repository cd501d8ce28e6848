package org.spectralsignatures.nodes.table;

import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.network.NetworkDescription;

/** Checks, before anything runs, that a table fits a network. */
public final class NetworkFit {

    private NetworkFit() {
    }

    /**
     * @param network a trained network, or one to be
     * @param columns a table of images
     * @throws InvalidSettingsException if the images are known to have another size than the network takes
     */
    public static void check(final NetworkDescription network, final ImageTableSpec columns) throws InvalidSettingsException {
        if (columns.shape() != null && !ImageChannels.convertible(columns.shape(), network.shape())) {
            throw new InvalidSettingsException("The images of column '%s' are %s, but the network was trained on %s. Resize the images first."
                .formatted(columns.spec().getColumnSpec(columns.imageColumn()).getName(), columns.shape().describe(), network.shape().describe()));
        }
    }
}
