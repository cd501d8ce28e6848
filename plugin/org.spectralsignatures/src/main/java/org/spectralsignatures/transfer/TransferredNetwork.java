package org.spectralsignatures.transfer;

import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.onnx.OnnxReading;
import org.spectralsignatures.training.EpochResult;

/**
 * A network with a classifier of its own on one of its layers.
 *
 * @param file that holds it in the ONNX format
 * @param description of it, with how the training of the classifier went
 * @param reading how it is run
 * @param parameters number of weights and biases of the classifier
 * @param history an entry for each epoch of its training
 * @param converged whether the training ended since the loss no longer fell
 */
public record TransferredNetwork(Path file, NetworkDescription description, OnnxReading reading, long parameters, List<EpochResult> history, boolean converged) {
}
