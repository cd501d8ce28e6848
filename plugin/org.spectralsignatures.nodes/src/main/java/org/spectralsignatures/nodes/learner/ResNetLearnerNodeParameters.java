package org.spectralsignatures.nodes.learner;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.VggOptions;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.TrainingOptions;

/** Settings of the node 'ResNet Learner'. */
final class ResNetLearnerNodeParameters implements NodeParameters {

    /** The kind of network. */
    enum Architecture {
        /** The paper's. */
        @Label(value = "ResNet", description = "Pre-activation ResNet, the network of the paper.")
        RESNET,

        /** The other one. */
        @Label(value = "VGG", description = "VGG with batch normalisation (Simonyan and Zisserman 2015), as in the paper's supplement.")
        VGG
    }

    /** Number of layers of a VGG. */
    enum VggDepth {
        /** Configuration A. */
        @Label("VGG-11")
        VGG_11(11),

        /** Configuration B. */
        @Label("VGG-13")
        VGG_13(13),

        /** Configuration D. */
        @Label("VGG-16")
        VGG_16(16),

        /** Configuration E. */
        @Label("VGG-19")
        VGG_19(19);

        final int m_layers;

        VggDepth(final int layers) {
            m_layers = layers;
        }
    }

    /** Stands for the setting 'Architecture'. */
    static final class ArchitectureReference implements ParameterReference<Architecture> {
    }

    /** It is a VGG. */
    static final class IsVgg implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ArchitectureReference.class).isOneOf(Architecture.VGG);
        }
    }

    /** How the learning rate changes. */
    enum RateSchedule {
        /** Up and down. */
        @Label(value = "One cycle", description = "Linear up to the learning rate over the first 30% of the steps, then linear down to 0.")
        ONE_CYCLE,

        /** The authors'. */
        @Label(value = "Steps", description = "The learning rate, a tenth of it after 3/8 of the steps, a hundredth after 6/8 (the authors' code).")
        STEP,

        /** The same. */
        @Label(value = "Constant", description = "The same learning rate in every step.")
        CONSTANT
    }

    /** Random changes of the images. */
    enum ImageAugmentation {
        /** None. */
        @Label("None")
        NONE,

        /** Mirror. */
        @Label("Flip")
        FLIP,

        /** Shift. */
        @Label("Crop")
        CROP,

        /** Both. */
        @Label("Crop and flip")
        CROP_AND_FLIP
    }

    @Widget(title = "Image column", description = "The column of PNG images. Automatic takes the first one.")
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = "The column of class labels. Automatic takes Label, or else the last column of strings.")
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Architecture", description = "The kind of network.")
    @ValueReference(ArchitectureReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    Architecture m_architecture = Architecture.RESNET;

    @Widget(title = "Layers", description = "Number of layers of the VGG.", effect = @Effect(predicate = IsVgg.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    VggDepth m_vggDepth = VggDepth.VGG_16;

    @Widget(title = "Units a group", description = "Residual units in each of the three groups of the ResNet. 1 makes a ResNet-8 for laptops, 5 the network of the paper.", effect = @Effect(predicate = IsVgg.class, type = EffectType.HIDE))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_units = 1;

    @Widget(title = "Filters", description = "Filters of the first group. In the ResNet the second has twice, the third four times as many; 16 in the paper. In the VGG it is 2, 4, 8 and 8 times as many; 64 in the original, 16 is 16 times as fast.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_filters = 16;

    @Widget(title = "Epochs", description = "Passes over the training images.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_epochs = 20;

    @Widget(title = "Batch size", description = "Images of a step, 128 in the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_batchSize = 128;

    @Widget(title = "Schedule", description = "How the learning rate changes.")
    RateSchedule m_schedule = RateSchedule.ONE_CYCLE;

    @Widget(title = "Learning rate", description = "Its highest value.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double m_learningRate = 0.2;

    @Widget(title = "Momentum", description = "Of heavy-ball gradient descent, 0.9 in the paper.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double m_momentum = 0.9;

    @Widget(title = "Weight decay", description = "Penalty on the kernels, 0.0002 in the paper.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double m_weightDecay = 0.0002;

    @Widget(title = "Augmentation", description = "Random changes of each image each time it is shown: a crop after 2 pixels of zeros were added on each side, and a mirror image half of the time.")
    ImageAugmentation m_augmentation = ImageAugmentation.CROP_AND_FLIP;

    @Widget(title = "Seed", description = "Decides the first weights, the order of the images and their augmentation.")
    long m_seed = 1;

    /** How to train. */
    TrainingOptions training() {
        return new TrainingOptions(m_epochs, m_batchSize, Schedule.valueOf(m_schedule.name()), m_learningRate, m_momentum,
            Augmentation.valueOf(m_augmentation.name()), m_seed);
    }

    /** The network for images of a shape and a number of classes. */
    NetworkOptions network(final ImageShape shape, final int classes) {
        return m_architecture == Architecture.VGG ? new VggOptions(shape, classes, m_vggDepth.m_layers, m_filters, m_weightDecay, m_seed)
            : new ResNetOptions(shape, classes, m_units, m_filters, m_weightDecay, m_seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        NodeTask.configure(this::training);
        NodeTask.configure(() -> network(new ImageShape(3, NetworkOptions.MIN_SIDE, NetworkOptions.MIN_SIDE), 2));
    }
}
