package org.spectralsignatures.nodes.learner;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.nodes.history.HistoryTable;
import org.spectralsignatures.nodes.history.LearningHistory;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.CurrentNode;
import org.spectralsignatures.nodes.task.EngineSearch;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.training.CheckpointOptions;
import org.spectralsignatures.training.Resumption;
import org.spectralsignatures.training.Trainer;
import org.spectralsignatures.training.TrainingDivergedException;
import org.spectralsignatures.training.TrainingOptions;

/** What the node 'ResNet Learner' does. */
final class ResNetLearnerNodeModel {

    private static final double DECODING = .02;

    private ResNetLearnerNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final ResNetLearnerNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ImageTableSpec columns = columns(parameters, input.getInTableSpec(0));
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        if (input.getInTableSpec(1) != null) {
            columns(parameters, input.getInTableSpec(1)).warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        }
        warnings.show(output::setWarningMessage);
        PortObjectSpec network = null;
        if (columns.shape() != null && columns.classes() != null && !columns.classes().isEmpty()) {
            final List<String> classes = columns.classes();
            requireTwo(classes.size(), columns, classes.get(0));
            // whether all images are gray is only known once they are read: until then the network counts as one of RGB images
            final NetworkOptions options = NodeTask.configure(() -> parameters.network(columns.shape(), classes.size()));
            network = new NetworkPortObjectSpec(new NetworkDescription(options.shape(), classes, options.layers(),
                options.defaultLayer(), Map.of()));
        }
        output.setOutSpecs(network, parameters.history().spec());
    }

    private static ImageTableSpec columns(final ResNetLearnerNodeParameters parameters, final DataTableSpec spec) throws InvalidSettingsException {
        return ImageTableSpec.of(spec, parameters.m_imageColumn, parameters.m_labelColumn);
    }

    private static void requireTwo(final int classes, final ImageTableSpec columns, final String only) throws InvalidSettingsException {
        if (classes < 2) {
            throw new InvalidSettingsException("Column '%s' has only one class ('%s'): a classifier needs at least two."
                .formatted(columns.labelName(), only));
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final ResNetLearnerNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final Trained trained = NodeTask.execute(exec,
            monitor -> train(parameters, input.getInTable(0), input.getInTable(1), exec, output::setWarningMessage, monitor));
        output.setOutData(trained.network, trained.history);
        output.setInternalData(new LearningHistory.Kept(trained.history, trained.facts).tables());
    }

    /** What the training made; the facts are for the view. */
    private record Trained(NetworkPortObject network, BufferedDataTable history, BufferedDataTable facts) {
    }

    private static Trained train(final ResNetLearnerNodeParameters parameters, final BufferedDataTable training,
        final BufferedDataTable validation, final ExecutionContext exec, final Consumer<String> warning, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException, InvalidSettingsException {
        final ImageTableSpec columns = columns(parameters, training.getDataTableSpec());
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        final List<String> classes = ImageTables.classes(training, columns, monitor);
        try (var images = ImageTables.read(training, columns, classes, monitor.part(0, DECODING));
                var validationImages = validation == null ? null
                    : ImageTables.read(validation, columns(parameters, validation.getDataTableSpec()), classes, monitor.part(DECODING, DECODING))) {
            final int[] labels = Arrays.stream(images.labels()).distinct().toArray();
            requireTwo(labels.length, columns, images.classes().get(labels[0]));
            final List<String> absent = IntStream.range(0, classes.size()).filter(c -> Arrays.stream(labels).noneMatch(l -> l == c)).mapToObj(classes::get).toList();
            if (!absent.isEmpty()) {
                warnings.add("No image is of the class(es) %s, which the domain of column '%s' lists: the network has an output for them that never learns."
                    .formatted(ClassNames.join(absent), columns.labelName()));
            }
            final Engines.Choice choice = EngineSearch.find(parameters.m_device.device(), monitor);
            warnings.add(choice.note());
            final CheckpointOptions checkpoints = parameters.checkpoints(CurrentNode.number(), warnings);
            warnings.show(warning);
            try {
                return train(parameters, images, validationImages, choice.engine(), checkpoints, exec, warnings, monitor.part(DECODING, 1));
            } finally {
                warnings.show(warning); // with what became of the checkpoints
            }
        }
    }

    private static Trained train(final ResNetLearnerNodeParameters parameters, final ImageDataset images,
        final ImageDataset validation, final Engine engine, final CheckpointOptions checkpoints, final ExecutionContext exec, final Warnings warnings,
        final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException {
        final boolean gray = parameters.m_grayImages == GrayImages.ONE_CHANNEL && images.gray(monitor);
        final NetworkOptions options = parameters.network(gray ? images.shape().gray() : images.shape(), images.classes().size());
        final TrainingOptions training = parameters.training();
        final var history = new HistoryTable(parameters.history(), exec);
        return Trainer.train(images, validation, options, training, engine, checkpoints, result -> {
            final NetworkPortObject port = NetworkPortObject.create(result.network(), exec.createFileStore("network.zip"));
            monitor.checkCancelled();
            return new Trained(port, history.table(), facts(result.network(), training, result.resumptions(), exec));
        }, new LearnerListener(history, warnings), monitor);
    }

    private static BufferedDataTable facts(final TrainedNetwork network, final TrainingOptions options, final List<Resumption> resumptions,
        final ExecutionContext exec) {
        final NetworkDescription description = network.description();
        final Map<String, String> provenance = description.provenance();
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Architecture", provenance.get("architecture"));
        facts.put("Parameters", Long.toString(network.parameters()));
        facts.put(LearningHistory.IMAGES, provenance.get("training images"));
        facts.put("Image size", description.shape().describe() + (description.shape().channels() == 1 ? ", gray" : ""));
        facts.put("Classes", Integer.toString(description.classes().size()));
        facts.put(ViewFacts.ENGINE, provenance.get("backend"));
        facts.put(LearningHistory.CROPS, description.training().crops() ? LearningHistory.YES : "no");
        if (options.mayEndEarly()) {
            facts.put(LearningHistory.EPOCHS, Integer.toString(options.epochs()));
            facts.put(LearningHistory.ENOUGH, Double.toString(options.enough()));
        }
        if (!resumptions.isEmpty()) {
            facts.put(LearningHistory.RESUMED, resumptions.stream().map(Resumption::text).collect(Collectors.joining("; ")));
        }
        return ViewFacts.write(facts, exec);
    }
}
