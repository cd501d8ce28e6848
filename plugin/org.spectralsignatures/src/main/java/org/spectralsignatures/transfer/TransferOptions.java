package org.spectralsignatures.transfer;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.representation.Pooling;

/**
 * On what layer of a network a classifier is put, and how it is trained.
 *
 * @param layer name of the layer; empty for the default one
 * @param pooling how its activations become a vector
 * @param batchSize most images that the network is run on at a time, at least 1
 * @param head how the classifier is trained
 */
public record TransferOptions(String layer, Pooling pooling, int batchSize, HeadOptions head) {

    /** @throws IllegalArgumentException if the batch size is none */
    public TransferOptions {
        Batch.size(batchSize);
    }
}
