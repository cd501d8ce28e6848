package org.spectralsignatures.nodes.transfer;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.engine.TensorRuntimes;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.onnx.OnnxTransfer;
import org.spectralsignatures.nodes.history.HistoryTable;
import org.spectralsignatures.nodes.history.LearningHistory;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.NetworkFit;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.storage.TemporaryFile;
import org.spectralsignatures.transfer.PretrainedBody;
import org.spectralsignatures.transfer.TransferLearner;
import org.spectralsignatures.transfer.TransferredNetwork;

/** What the node 'Transfer Learner' does. */
final class TransferLearnerNodeModel {

    private static final double DECODING = .05;

    private TransferLearnerNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final TransferLearnerNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final NetworkPortObjectSpec body = input.getInPortSpec(0);
        final ImageTableSpec columns = columns(parameters, input.getInTableSpec(1));
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        final ImageTableSpec others = input.getInTableSpec(2) == null ? null : columns(parameters, input.getInTableSpec(2));
        if (others != null) {
            others.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        }
        warnings.show(output::setWarningMessage);
        PortObjectSpec network = null;
        if (body != null) {
            NetworkFit.check(body.description(), columns);
            if (others != null) {
                NetworkFit.check(body.description(), others);
            }
            network = expected(parameters, body, columns);
        }
        output.setOutSpecs(network, HistoryTable.SCHEMA.spec());
    }

    private static ImageTableSpec columns(final TransferLearnerNodeParameters parameters, final DataTableSpec spec) throws InvalidSettingsException {
        return ImageTableSpec.of(spec, parameters.m_imageColumn, parameters.m_labelColumn);
    }

    /** The network with its classes, null if these are seen in the rows only; a layer that is not there is found in any case. */
    private static PortObjectSpec expected(final TransferLearnerNodeParameters parameters, final NetworkPortObjectSpec body, final ImageTableSpec columns)
        throws InvalidSettingsException {
        final PretrainedBody known = body.reading() == null ? PretrainedBody.expected(body.description())
            : new PretrainedBody(null, body.description(), body.reading());
        final List<String> classes = columns.classes() == null ? List.of() : columns.classes();
        final OnnxTransfer.Made expected = NodeTask.configure(() -> TransferLearner.expected(known, parameters.options(), classes));
        if (classes.isEmpty()) {
            return null;
        }
        requireTwo(classes.size(), columns, classes.get(0));
        return new NetworkPortObjectSpec(expected.description(), expected.reading());
    }

    private static void requireTwo(final int classes, final ImageTableSpec columns, final String only) throws InvalidSettingsException {
        if (classes < 2) {
            throw new InvalidSettingsException("Column '%s' has only one class ('%s'): a classifier needs at least two.".formatted(columns.labelName(), only));
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final TransferLearnerNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final NetworkPortObject body = input.getInPortObject(0);
        final Learned learned = NodeTask.execute(exec,
            monitor -> learn(parameters, body, input.getInTable(1), input.getInTable(2), exec, output::setWarningMessage, monitor));
        output.setOutData(learned.network, learned.history);
        output.setInternalData(new LearningHistory.Kept(learned.history, learned.facts).tables());
    }

    /** What the training made; the facts are for the view. */
    private record Learned(NetworkPortObject network, BufferedDataTable history, BufferedDataTable facts) {
    }

    private static Learned learn(final TransferLearnerNodeParameters parameters, final NetworkPortObject body, final BufferedDataTable training,
        final BufferedDataTable validation, final ExecutionContext exec, final Consumer<String> warning, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, InvalidSettingsException {
        final ImageTableSpec columns = columns(parameters, training.getDataTableSpec());
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        final List<String> classes = ImageTables.classes(training, columns, monitor);
        try (var images = ImageTables.read(training, columns, classes, monitor.part(0, DECODING));
                var others = validation == null ? null
                    : ImageTables.read(validation, columns(parameters, validation.getDataTableSpec()), classes, monitor.part(DECODING, DECODING));
                var exported = TemporaryFile.create("body"); var made = TemporaryFile.create("network")) {
            final int[] labels = Arrays.stream(images.labels()).distinct().toArray();
            requireTwo(labels.length, columns, images.classes().get(labels[0]));
            final List<String> absent = IntStream.range(0, classes.size()).filter(c -> Arrays.stream(labels).noneMatch(l -> l == c)).mapToObj(classes::get).toList();
            if (!absent.isEmpty()) {
                warnings.add("No image is of the class(es) %s, which the domain of column '%s' lists: the network has an output for them that never learns."
                    .formatted(ClassNames.join(absent), columns.labelName()));
            }
            warnings.add(TensorRuntimes.get().note(parameters.m_device.device()));
            warnings.show(warning);
            final var history = new HistoryTable(exec);
            final TransferredNetwork network = TransferLearner.learn(pretrained(body, exported), images, others, parameters.options(), made.path(), history::add,
                monitor.part(DECODING, 1));
            warn(network, warnings);
            warnings.show(warning);
            final NetworkPortObject port = NetworkPortObject.create(network.file(), network.description(), network.reading(), exec.createFileStore("network"), monitor);
            return new Learned(port, history.table(), facts(network, images, exec));
        }
    }

    private static PretrainedBody pretrained(final NetworkPortObject body, final TemporaryFile file) throws IOException {
        if (body.getSpec().reading() != null) {
            return new PretrainedBody(body.file(), body.getSpec().description(), body.getSpec().reading());
        }
        try (TrainedNetwork network = body.openTrained()) {
            return PretrainedBody.of(network, file.path());
        }
    }

    private static void warn(final TransferredNetwork network, final Warnings warnings) {
        final TrainingFacts training = network.description().training();
        if (training.accuracy() < TrainingFacts.LEARNED) {
            warnings.add(String.format(Locale.ROOT, "The training accuracy is only %.1f%%: from the layer '%s' the classifier cannot tell these classes apart, and a backdoor may"
                + " not have been learned. Try %s'Pooling' Flatten, another layer or more hidden units.", Math.floor(1000 * training.accuracy()) / 10,
                network.description().provenance().get("layer"), network.converged() ? "" : "more epochs, since the loss still fell, "));
        }
    }

    private static BufferedDataTable facts(final TransferredNetwork network, final ImageDataset images, final ExecutionContext exec) {
        final NetworkDescription description = network.description();
        final Map<String, String> provenance = description.provenance();
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Architecture", provenance.get("architecture"));
        facts.put("Layer", provenance.get("layer"));
        facts.put("Parameters of the classifier", Long.toString(network.parameters()));
        facts.put(LearningHistory.IMAGES, Integer.toString(images.size()));
        facts.put("Image size", description.shape().describe());
        facts.put("Classes", Integer.toString(description.classes().size()));
        facts.put(ViewFacts.ENGINE, provenance.get("backend"));
        facts.put(LearningHistory.CROPS, "no");
        facts.put("Epochs at most", provenance.get("epochs").replaceAll(".* ", ""));
        facts.put(LearningHistory.CONVERGED, network.converged() ? LearningHistory.YES : "no");
        return ViewFacts.write(facts, exec);
    }
}
