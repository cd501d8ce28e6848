package org.spectralsignatures.nodes.learner;

import java.io.IOException;
import java.nio.file.Path;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.ResNet18Options;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.Stem;
import org.spectralsignatures.network.VggOptions;
import org.spectralsignatures.nodes.history.HistoryTable;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.DeviceChoice;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.task.Paths;
import org.spectralsignatures.training.CheckpointOptions;
import org.spectralsignatures.training.TrainingOptions;

/** Settings of the node 'ResNet Learner'. */
@Migration(ResNetLearnerNodeParameters.Saved.class)
final class ResNetLearnerNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<ResNetLearnerNodeParameters> {
        Saved() {
            super(ResNetLearnerNodeParameters.class);
        }
    }

    /** Stands for the setting 'Stop when accurate'. */
    static final class StopReference implements BooleanReference {
    }

    /** Workflows that were saved before there was this setting train all their epochs. */
    static final class AllEpochs implements DefaultProvider<Boolean> {
        @Override
        public Boolean getDefault() {
            return false;
        }
    }

    @Widget(title = "Image column", description = ImageColumnChoices.DESCRIPTION)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = LabelColumnChoices.DESCRIPTION)
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Architecture", description = "The kind of network.")
    @ValueReference(Architecture.Reference.class)
    @Migrate(loadDefaultIfAbsent = true)
    Architecture m_architecture = Architecture.RESNET;

    @Widget(title = "VGG depth", description = """
        Depth of the VGG, in the names of its authors, who count three dense layers where this one has a single one. VGG-16 by default.
        Deeper networks take longer.
        """, effect = @Effect(predicate = Architecture.IsVgg.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    VggDepth m_vggDepth = VggDepth.VGG_16;

    @Widget(title = "Units a group", description = """
        Residual units in each of the three groups of the ResNet, 1 to 18. The default, 1, makes a network of 8 layers that trains on a
        laptop; 5 makes the network of the paper, which takes some four times as long.
        """, effect = @Effect(predicate = Architecture.IsResNet.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_units = 1;

    @Widget(title = "Filters", description = """
        Filters of the first group, an even number from 2 to 256. In the ResNet the second group has twice, the third four times as many;
        the default, 16, is the paper's. In the VGG the following groups have 2, 4, 8 and 8 times as many, in ResNet-18 2, 4 and 8 times. The
        originals of both have 64: 16 need a quarter of the memory and a tenth of the time or less, and are enough where classes are few
        or images simple; with many classes of photos they are less accurate.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_filters = 16;

    @Widget(title = "Stem", description = """
        What a ResNet or ResNet-18 begins with: how small it makes the image before the groups of units see it. <i>Automatic</i>, the
        default, goes by the size of the images.
        """, effect = @Effect(predicate = Architecture.IsVgg.class, type = EffectType.HIDE))
    @Migration(StemChoice.AsBefore.class)
    StemChoice m_stem = StemChoice.AUTOMATIC;

    @Widget(title = "Gray images", description = """
        Whether a set of gray images makes a network of gray images. Either kind of network can be asked about the other kind of images: one of
        gray images sees colours as shades of gray, and to one of RGB images a gray one has three equal planes.
        """)
    @Migration(GrayImages.AsBefore.class)
    GrayImages m_grayImages = GrayImages.ONE_CHANNEL;

    @Widget(title = "Epochs", description = """
        Number of passes over the training images, 1 or more; 20 by default. With <i>Stop when accurate</i> it is the most that there can
        be. If the training accuracy stays low, or the backdoor is not learned (see the attack success rate of the Backdoor Evaluator),
        train more.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_epochs = 20;

    @Widget(title = "Stop when accurate", description = """
        Switched on, the default, the training ends as soon as the training accuracy of two epochs in a row is at least the <i>Training
        accuracy</i> below, so that easy images take no longer than they need. The learning rate changes as if all epochs came. Switched
        off, all epochs are trained, as in workflows that were saved before there was this option.
        """)
    @ValueReference(StopReference.class)
    @Migration(AllEpochs.class)
    boolean m_stopWhenAccurate = true;

    @Widget(title = "Training accuracy", description = """
        Share of the training images, as they are shown, that must be classified correctly for the training to end, above 0 and at most 1;
        0.99 by default. Images that are not learned yet may be poison: raise it where only few images may be poisoned.
        """, effect = @Effect(predicate = StopReference.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_trainingAccuracy = 0.99;

    @Widget(title = "Batch size", description = """
        Number of images of a training step, 2 or more; 64 by default. The paper has 128. Fewer make more steps an epoch, which helps to
        learn a small trigger where images are few, and need less memory: if there is too little of it for large images, the node says
        before it trains which batch size fits.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_batchSize = 64;

    @Widget(title = "Schedule", description = "How the learning rate changes in the course of the training.")
    RateSchedule m_schedule = RateSchedule.ONE_CYCLE;

    @Widget(title = "Learning rate", description = """
        Highest learning rate, above 0: how far each step changes the network. The default, 0.1, suits <i>One cycle</i> with the default
        <i>Batch size</i>; it is also the paper's, with <i>Steps</i>. Lower it if the node says that the training diverged.
        """)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double m_learningRate = 0.1;

    @Widget(title = "Momentum", description = """
        How much of each step carries over into the next, at least 0 and below 1. The default, 0.9, is the paper's (heavy-ball gradient
        descent).
        """)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double m_momentum = 0.9;

    @Widget(title = "Weight decay", description = """
        Penalty on large weights of the convolutions and the dense layer, 0 (none) or more and below 1. It keeps the network from learning
        single images by heart. The default, 0.0002, is the paper's.
        """)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double m_weightDecay = 0.0002;

    @Widget(title = "Augmentation", description = """
        Random changes of each image each time it is shown, which make the network less dependent on details. <i>None</i>, the default, is
        what finding a backdoor needs: crops move a small trigger about, so that it is not learned for many epochs. Choose <i>Crop and
        flip</i> for a network that is to classify other images as well as it can.
        """)
    ImageAugmentation m_augmentation = ImageAugmentation.NONE;

    @Widget(title = "Seed", description = """
        Start of everything random, any whole number; 1 by default. It decides the first weights, the order of the images and their random
        changes.
        """)
    long m_seed = 1;

    @Widget(title = DeviceChoice.TITLE, description = DeviceChoice.DESCRIPTION)
    @Migration(DeviceChoice.AsBefore.class)
    DeviceChoice m_device = DeviceChoice.AUTOMATIC;

    @Widget(title = "Checkpoints", description = """
        Whether the training writes down from time to time how far it is. If KNIME, the machine or you end it, the node goes on from there when it is
        executed again, with the same data and settings, and comes to the same network, bit for bit. Switched off, the default, it begins anew, as in
        workflows that were saved before there was this option. Worth it for all that takes more than some minutes. The files of a training are
        deleted when it is over and the network saved.
        """)
    @ValueReference(CheckpointsReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    boolean m_checkpoints = false;

    @Widget(title = "Epochs between checkpoints", description = "A checkpoint after every so many epochs, 1 by default; 0 for not by epochs.",
        effect = @Effect(predicate = CheckpointsReference.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_checkpointEpochs = 1;

    @Widget(title = "Minutes between checkpoints", description = """
        A checkpoint also in the middle of an epoch when so many minutes have passed since the last one, 10 by default; 0 for not by time. That much can be
        lost, and no more.
        """, effect = @Effect(predicate = CheckpointsReference.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_checkpointMinutes = 10;

    @Widget(title = "Place of checkpoints", description = """
        Where they lie. Each has about twice the size of the network (4 MB for the paper's), and the last two are kept. The nodes of one workflow may share a
        folder: the names of the files tell node and training. Give each workflow a folder of its own, since nodes of different workflows may have the same number.
        """, effect = @Effect(predicate = CheckpointsReference.class, type = EffectType.SHOW))
    @ValueReference(CheckpointPlace.Reference.class)
    @Migrate(loadDefaultIfAbsent = true)
    CheckpointPlace m_checkpointPlace = CheckpointPlace.WORKFLOW;

    @Widget(title = "Folder for checkpoints", description = """
        The folder, which is made if the one above it exists: a local path, a <tt>file:</tt> URL, or <tt>knime://knime.workflow/...</tt> for a place inside
        the workflow's folder. Choose one on a disk of this machine. There is no default.
        """, effect = @Effect(predicate = CheckpointPlace.IsFolder.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_checkpointFolder = "";

    @Widget(title = "If the checkpoint is another training's", description = """
        What to do if this node left a checkpoint of a training with other images, other settings, or on another engine, from which this training cannot go on,
        and none of this training. A node of the same number in another workflow counts as this node, if both use the same folder.
        """, effect = @Effect(predicate = CheckpointsReference.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    OtherCheckpoints m_otherCheckpoints = OtherCheckpoints.FAIL;

    /** The columns of the history. */
    TableSchema history() {
        return m_checkpoints ? HistoryTable.RESUMABLE : HistoryTable.SCHEMA;
    }

    /**
     * When and where to write checkpoints.
     *
     * @param node its number
     * @param warnings are told of a place that may not last
     * @return null for none
     */
    CheckpointOptions checkpoints(final String node, final Warnings warnings) throws IOException {
        if (!m_checkpoints) {
            return null;
        }
        final Path folder = m_checkpointPlace.folder(m_checkpointFolder);
        warnings.add(m_checkpointPlace.doubt(folder));
        return checkpoints(folder, node);
    }

    private CheckpointOptions checkpoints(final Path folder, final String node) {
        return new CheckpointOptions(folder, "ResNet-Learner-" + node, m_checkpointEpochs, m_checkpointMinutes, m_otherCheckpoints.m_others);
    }

    /** How to train. */
    TrainingOptions training() {
        return new TrainingOptions(m_epochs, m_batchSize, m_schedule.m_schedule, m_learningRate, m_momentum,
            m_augmentation.m_augmentation, m_seed, m_stopWhenAccurate ? m_trainingAccuracy : TrainingOptions.ALL_EPOCHS);
    }

    /** The network for images of a shape and a number of classes. */
    NetworkOptions network(final ImageShape shape, final int classes) {
        return network(m_architecture, shape, classes);
    }

    private NetworkOptions network(final Architecture architecture, final ImageShape shape, final int classes) {
        return switch (architecture) {
            case RESNET -> new ResNetOptions(shape, classes, m_units, m_filters, m_stem.stem(shape), m_weightDecay, m_seed);
            case RESNET_18 -> new ResNet18Options(shape, classes, m_filters, m_stem.stem(shape), m_weightDecay, m_seed);
            case VGG -> new VggOptions(shape, classes, m_vggDepth.m_layers, m_filters, m_weightDecay, m_seed);
        };
    }

    @Override
    protected void check() throws InvalidSettingsException {
        require(m_trainingAccuracy > 0 && m_trainingAccuracy <= 1, "Training accuracy", m_trainingAccuracy, "above 0 and at most 1");
        NodeTask.configure(this::training);
        require(m_checkpointEpochs >= 0, "Epochs between checkpoints", m_checkpointEpochs, "0 or more");
        require(m_checkpointMinutes >= 0, "Minutes between checkpoints", m_checkpointMinutes, "0 or more");
        if (m_checkpoints) {
            require(m_checkpointPlace != CheckpointPlace.FOLDER || !m_checkpointFolder.isBlank(), "Folder for checkpoints", "empty", "the path of a folder");
            NodeTask.configure(() -> checkpoints(m_checkpointPlace == CheckpointPlace.FOLDER ? Paths.resolve(m_checkpointFolder) : Path.of("data"), ""));
        }
        for (Architecture architecture : Architecture.values()) {
            NodeTask.configure(() -> network(architecture, new ImageShape(3, NetworkOptions.MIN_SIDE, NetworkOptions.MIN_SIDE), 2));
        }
    }
}
