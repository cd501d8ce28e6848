package org.spectralsignatures.transfer;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Device;
import org.spectralsignatures.representation.Pooling;

/**
 * On what layer of a network a classifier is put, and how it is trained.
 *
 * @param layer name of the layer; empty for the default one
 * @param pooling how its activations become a vector
 * @param batchSize most images that the network is run on at a time, at least 1
 * @param head how the classifier is trained
 * @param device where the network is wished to be run
 */
public record TransferOptions(String layer, Pooling pooling, int batchSize, HeadOptions head, Device device) {

    /** @throws IllegalArgumentException if the batch size is none */
    public TransferOptions {
        Batch.size(batchSize);
    }

    /**
     * Without a wish where the network is run.
     *
     * @param layer name of the layer; empty for the default one
     * @param pooling how its activations become a vector
     * @param batchSize most images that the network is run on at a time, at least 1
     * @param head how the classifier is trained
     */
    public TransferOptions(final String layer, final Pooling pooling, final int batchSize, final HeadOptions head) {
        this(layer, pooling, batchSize, head, Device.AUTOMATIC);
    }
}
