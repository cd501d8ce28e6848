package org.spectralsignatures.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.engine.TensorRuntimes;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.DenseHead;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxNotes;
import org.spectralsignatures.network.onnx.OnnxTransfer;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.storage.TemporaryFile;
import org.spectralsignatures.training.TrainingListener;

/**
 * Transfer learning: a small classifier is trained on a layer of a network that was trained elsewhere, on other classes, and put behind that layer. The network
 * itself stays as it is; each image is run through it once.
 */
public final class TransferLearner {

    private static final double EXTRACTED = .7;

    private static final double VALIDATION = .8;

    private static final double TRAINED = .98;

    /** Images on which the network that was put together is compared with its parts. */
    private static final int COMPARED = 4;

    /** Largest difference of a probability that single precision explains, many times over. */
    private static final double DIFFERENT = 1e-2;

    private final PretrainedBody body;

    private final ImageDataset training;

    private final ImageDataset validation;

    private final TransferOptions options;

    private final LayerInfo layer;

    private TransferLearner(final PretrainedBody body, final ImageDataset training, final ImageDataset validation, final TransferOptions options) {
        this.body = body;
        this.training = training;
        this.validation = validation;
        this.options = options;
        layer = layer(body, options.layer());
    }

    /**
     * @param body a network, which need not be made yet
     * @param name of a layer; empty for the last one before the body's positions become fewer for the last time, up to its default layer; where that never
     *            happens the last one that has positions, or else the default layer
     * @return the layer that the classifier is put on
     * @throws java.util.NoSuchElementException if there is no such layer
     * @throws IllegalArgumentException if no classifier can be put on it
     */
    static LayerInfo layer(final PretrainedBody body, final String name) {
        final LayerInfo told = OnnxTransfer.layer(body.description(), name);
        if (!name.isBlank()) {
            return told;
        }
        final List<LayerInfo> layers = body.description().layers();
        final List<LayerInfo> spatial = layers.subList(1, layers.indexOf(told) + 1).stream().filter(info -> positions(info) > 1).toList();
        if (spatial.isEmpty()) {
            return told;
        }
        final LayerInfo last = spatial.get(spatial.size() - 1);
        return spatial.stream().filter(info -> positions(info) > positions(last)).reduce((before, info) -> info).orElse(last);
    }

    private static int positions(final LayerInfo layer) {
        return layer.height() * layer.width();
    }

    /**
     * @param body a network, whatever it was trained for
     * @param training images of at least two classes, of the size that the network takes; gray and RGB images are turned into what it takes
     * @param validation measured after each epoch; null for none
     * @param options what is trained, and how
     * @param file receives the network in the ONNX format, and is not complete before the call returns
     * @param listener hears of each epoch
     * @param monitor progress and cancellation
     * @return the network
     * @throws IOException if the network cannot be run or written, or there is no space for its activations; the message says what to do
     * @throws TaskCancelledException if the monitor said so
     * @throws java.util.NoSuchElementException if there is no such layer
     * @throws IllegalArgumentException if images, network and options do not fit; the message says what to change
     */
    public static TransferredNetwork learn(final PretrainedBody body, final ImageDataset training, final ImageDataset validation, final TransferOptions options,
        final Path file, final TrainingListener listener, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        return new TransferLearner(body, training, validation, options).run(file, listener, monitor);
    }

    /**
     * @param body a network, which need not be made yet
     * @param options what is trained on it
     * @param classes that it is to tell apart
     * @return what will be known of the network but for its provenance and training
     * @throws java.util.NoSuchElementException if there is no such layer
     * @throws IllegalArgumentException if no classifier can be put on it
     */
    public static OnnxTransfer.Made expected(final PretrainedBody body, final TransferOptions options, final List<String> classes) {
        return OnnxTransfer.expected(body.description(), body.reading(), layer(body, options.layer()),
            options.pooling() == Pooling.GLOBAL_AVERAGE, options.head().hidden(), classes);
    }

    private TransferredNetwork run(final Path file, final TrainingListener listener, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try (var trainingFile = TemporaryFile.create("layer"); var validationFile = TemporaryFile.create("layer")) {
            final boolean planes;
            try (var network = OnnxNetwork.open(body.file(), body.description(), body.reading(), options.device())) {
                extract(network, training, trainingFile, monitor.part(0, validation == null ? VALIDATION : EXTRACTED));
                if (validation != null) {
                    extract(network, validation, validationFile, monitor.part(EXTRACTED, VALIDATION));
                }
                planes = network.isInPlanes(layer);
            }
            try (var vectors = NpyMatrix.open(trainingFile.path());
                    var others = validation == null ? null : NpyMatrix.open(validationFile.path())) {
                final TrainedHead trained = HeadTrainer.train(vectors(vectors, training), validation == null ? null : vectors(others, validation),
                    training.classes().size(), options.head(), listener, monitor.part(VALIDATION, TRAINED));
                monitor.progress(TRAINED, "Putting the network together");
                final TransferredNetwork made = made(trained, planes, file);
                compare(made, trained.head(), vectors);
                return made;
            }
        }
    }

    private void extract(final OnnxNetwork network, final ImageDataset images, final TemporaryFile file, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        ActivationExtractor.extract(network, images, layer.name(), options.pooling(), options.batchSize(), file.path(), monitor);
    }

    private static LabelledVectors vectors(final NpyMatrix matrix, final ImageDataset images) {
        return new LabelledVectors(matrix, images.labels(), images.keys());
    }

    private TransferredNetwork made(final TrainedHead trained, final boolean planes, final Path file) throws IOException {
        final var facts = new TrainingFacts(trained.accuracy(), false, trained.history().size(), training.size());
        final OnnxTransfer.Made made = OnnxTransfer.write(body.file(), body.description(), body.reading(), layer, planes, options.pooling() == Pooling.GLOBAL_AVERAGE,
            trained.head(), training.classes(), provenance(trained), facts, file);
        return new TransferredNetwork(file, made.description(), made.reading(), trained.head().parameters(), trained.history(), trained.converged());
    }

    private Map<String, String> provenance(final TrainedHead trained) throws IOException {
        final HeadOptions head = options.head();
        final Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("architecture", "%s on a layer of: %s".formatted(head.hidden() == 0 ? "Softmax regression" : "Classifier with %d hidden units".formatted(head.hidden()),
            body.description().provenance().getOrDefault("architecture", "a network")));
        provenance.put("layer", layer.name());
        provenance.put("pooling", options.pooling().name());
        provenance.put("training images", Integer.toString(training.size()));
        provenance.put("epochs", "%d of at most %d".formatted(trained.history().size(), head.epochs()));
        provenance.put("weight decay", Double.toString(head.penalty()));
        provenance.put("seed", Long.toString(head.seed()));
        provenance.put(OnnxNotes.SAID, body.description().provenance().getOrDefault(OnnxNotes.SAID, body.description().preparation().describe()));
        provenance.put("backend", TensorRuntimes.get().describe(options.device()));
        provenance.put("java", System.getProperty("java.version"));
        return provenance;
    }

    /** Whoever made the body may have made it such that its layers are other ones in another graph. */
    private void compare(final TransferredNetwork made, final DenseHead head, final NpyMatrix vectors) throws IOException {
        final int classes = training.classes().size();
        final int count = Math.min(COMPARED, training.size());
        final var found = new float[count * classes];
        try (var network = OnnxNetwork.open(made.file(), made.description(), made.reading(), options.device()); var batch = network.session().batch(count)) {
            final var pixels = new byte[training.shape().size()];
            for (int i = 0; i < count; i++) {
                training.copyPixels(i, pixels, 0);
                batch.image(i, ImageChannels.convert(pixels, training.shape(), made.description().shape()));
            }
            network.session().probabilities(batch, count, found, 0);
        }
        final var row = new float[vectors.columns()];
        for (int i = 0; i < count; i++) {
            vectors.readRow(i, row);
            final double[] expected = head.probabilities(row);
            for (int k = 0; k < classes; k++) {
                if (!(Math.abs(expected[k] - found[i * classes + k]) <= DIFFERENT)) {
                    throw new IOException(("The layer '%s' gives other values with a classifier behind it than without, so that no network can be made of both (class '%s'"
                        + " of the image '%s': %.4f, not %.4f). Choose another layer.").formatted(layer.name(), training.classes().get(k), training.keys().get(i),
                            found[i * classes + k], expected[k]));
                }
            }
        }
    }
}
