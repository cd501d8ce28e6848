package org.spectralsignatures.nodes.networkreader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
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
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.file.ClassList;
import org.spectralsignatures.network.onnx.ColourOrder;
import org.spectralsignatures.network.onnx.Layout;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.task.Paths;
import org.spectralsignatures.reader.ClassMerge;

/** Settings of the node 'Network Reader'. */
@Migration(NetworkReaderNodeParameters.Saved.class)
final class NetworkReaderNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<NetworkReaderNodeParameters> {
        Saved() {
            super(NetworkReaderNodeParameters.class);
        }
    }

    /** What is done to images. */
    enum Preparation {
        /** As noted. */
        @Label(value = "As the file says", description = """
            What files that this extension wrote say of themselves; for networks of Keras that begin with a Rescaling layer, values from 0 to 255. For others that say
            nothing it takes values from 0 to 1, with a warning.
            """)
        FILE,

        /** torchvision. */
        @Label(value = "ImageNet (torchvision)", description = """
            Values from 0 to 1, less the means 0.485, 0.456, 0.406 of red, green and blue, divided by 0.229, 0.224, 0.225: what most networks of PyTorch take.
            """)
        IMAGENET,

        /** Plain. */
        @Label(value = "Values from 0 to 1", description = "Divided by 255, as torchvision does it where nothing else is set.")
        SHARES,

        /** MobileNet of Keras. */
        @Label(value = "Values from -1 to 1", description = "Divided by 127.5, less 1: what MobileNet and Inception of Keras take.")
        SYMMETRIC,

        /** EfficientNet of Keras. */
        @Label(value = "Values from 0 to 255", description = "As they are: for networks that prepare images themselves, as EfficientNet of Keras.")
        BYTES,

        /** Ours. */
        @Label(value = "Each image standardised", description = """
            Less the mean of its values and divided by their standard deviation, as TensorFlow's <tt>per_image_standardization</tt> does it, and the ResNet
            Learner.
            """)
        STANDARDISED,

        /** Others. */
        @Label(value = "Own means and deviations", description = "Values from 0 to 1, less <i>Means</i>, divided by <i>Deviations</i>.")
        OWN
    }

    /** Which colour comes first. */
    enum Colours {
        /** As noted. */
        @Label(value = "As the file says", description = "What a Network Writer noted in it; else red, green, blue.")
        FILE,

        /** Usual. */
        @Label(value = "Red, green, blue", description = "The usual order.")
        RGB,

        /** OpenCV. */
        @Label(value = "Blue, green, red", description = "As OpenCV and Caffe read images.")
        BGR
    }

    /** Where the channels are. */
    enum Order {
        /** By the shape. */
        @Label(value = "As the shape tells", description = "The side of 3 (or 1, for gray) is the channels.")
        GUESS,

        /** PyTorch. */
        @Label(value = "Channels first (NCHW)", description = "As PyTorch has them.")
        NCHW,

        /** TensorFlow. */
        @Label(value = "Channels last (NHWC)", description = "As TensorFlow and Keras have them.")
        NHWC
    }

    /** What comes out. */
    enum Values {
        /** By the graph. */
        @Label(value = "As the graph tells", description = "Probabilities where the graph ends with a softmax, else logits.")
        GUESS,

        /** Softmax to come. */
        @Label(value = "Logits", description = "Any numbers; a softmax makes probabilities of them.")
        LOGITS,

        /** Done. */
        @Label(value = "Probabilities", description = "Shares from 0 to 1 whose sum is 1.")
        PROBABILITIES
    }

    /** The preparation of images. */
    static final class PreparationReference implements ParameterReference<Preparation> {
    }

    /** Numbers are wanted. */
    static final class IsOwn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PreparationReference.class).isOneOf(Preparation.OWN);
        }
    }

    @Widget(title = "File", description = """
        The file that holds the network. Write a local path, a <tt>file:</tt> URL, or <tt>knime://knime.workflow/...</tt> for a place inside the
        workflow's folder. There is no default: without a file the node cannot run.
        """)
    String m_file = "";

    @Widget(title = "Preparation of images", description = """
        What was done to the bytes of images before the network saw them in its training. The same is done here. With another preparation the
        network's answers are wrong, and nothing but their quality shows it.
        """)
    @ValueReference(PreparationReference.class)
    Preparation m_preparation = Preparation.FILE;

    @Widget(title = "Means", description = """
        Means of red, green and blue of values from 0 to 1, with commas between them; for example <tt>0.4914, 0.4822, 0.4465</tt> for CIFAR-10. The
        default takes nothing away.
        """, effect = @Effect(predicate = IsOwn.class, type = EffectType.SHOW))
    String m_means = "0, 0, 0";

    @Widget(title = "Deviations", description = """
        What is divided by, for red, green and blue, of values from 0 to 1; for example <tt>0.2470, 0.2435, 0.2616</tt> for CIFAR-10. The default
        leaves values as they are.
        """, effect = @Effect(predicate = IsOwn.class, type = EffectType.SHOW))
    String m_deviations = "1, 1, 1";

    @Widget(title = "Class names", description = """
        Names of the classes in the order of the network's outputs, with commas between them, for example <tt>cat,dog</tt>. A name that has a comma, a semicolon,
        an equals sign or a blank at an end stands between double quotes. Empty, the default, takes those of <i>Class names file</i>, or of the
        connected table, or those that the file says, or else numbers from 0. PyTorch's <tt>ImageFolder</tt> and Keras sort the names of folders.
        """)
    String m_classNames = "";

    @Widget(title = "Class names file", description = """
        A text file in UTF-8 with a name in each line, in the order of the network's outputs, written as <i>File</i>. Empty by default.
        """)
    String m_classNamesFile = "";

    @Widget(title = "Label column", description = LabelColumnChoices.DESCRIPTION)
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Default layer", description = """
        Name of the layer that a Layer Activation Extractor takes unless its own setting names another one. Empty, the default, takes what the last
        dense layer of the network takes.
        """)
    String m_defaultLayer = "";

    @Widget(title = "Width", description = """
        Width of the images in pixels where the file leaves it open, up to 4096. 0, the default, takes the file's.
        """)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_width;

    @Widget(title = "Height", description = "Height of the images in pixels where the file leaves it open, up to 4096. 0, the default, takes the file's.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_height;

    @Widget(title = "Colours", description = "In which order an ONNX network takes the colours of images.")
    Colours m_colours = Colours.FILE;

    @Widget(title = "Layout of images", description = "How an ONNX network takes the values of images. The default sees it by the shape of its input; networks of Keras say it.")
    Order m_layout = Order.GUESS;

    @Widget(title = "Output", description = """
        Name of the output of an ONNX network that has a value for each class. Empty, the default, takes the only one that has; where there are several
        the node lists them.
        """)
    String m_output = "";

    @Widget(title = "Values of the output", description = "What an ONNX network gives for each class. The default sees it by its last operation.")
    Values m_outputs = Values.GUESS;

    /** @return where the network lies */
    Path file() throws IOException {
        if (m_file.isBlank()) {
            throw new IOException("No file is set. Choose a file of ONNX or Keras, a saved network or a model of Deeplearning4j.");
        }
        return Paths.resolve(m_file);
    }

    /** @return names of classes that the settings tell, empty if they tell none */
    List<String> classes() throws IOException {
        if (!m_classNames.isBlank() && !m_classNamesFile.isBlank()) {
            throw new IOException("Both 'Class names' and 'Class names file' are set. Empty one of them.");
        }
        return m_classNamesFile.isBlank() ? ClassMerge.names(m_classNames) : ClassList.read(Paths.resolve(m_classNamesFile));
    }

    /** @return whether anything is set that a network of ours knows by itself */
    boolean saysMore() {
        return m_preparation != Preparation.FILE || !m_classNames.isBlank() || !m_classNamesFile.isBlank() || m_width > 0 || m_height > 0 || saysOnnx();
    }

    /** @return whether anything is set that only networks in the ONNX format leave open */
    boolean saysOnnx() {
        return !m_defaultLayer.isBlank() || m_colours == Colours.BGR || m_layout != Order.GUESS || !m_output.isBlank() || m_outputs != Values.GUESS;
    }

    /**
     * @param classes names, empty if none are told
     * @return what the library is told of an ONNX network
     */
    OnnxOptions options(final List<String> classes) {
        return new OnnxOptions(classes, m_height, m_width, preparation(), m_colours == Colours.FILE ? null : ColourOrder.valueOf(m_colours.name()),
            m_layout == Order.GUESS ? null : Layout.valueOf(m_layout.name()), m_output.strip(), OnnxOptions.Outputs.valueOf(m_outputs.name()), m_defaultLayer.strip());
    }

    private ImagePreparation preparation() {
        return switch (m_preparation) {
            case FILE -> null;
            case IMAGENET -> ImagePreparation.IMAGENET;
            case SHARES -> ImagePreparation.SHARES;
            case SYMMETRIC -> ImagePreparation.SYMMETRIC;
            case BYTES -> ImagePreparation.BYTES;
            case STANDARDISED -> new ImagePreparation.Standardised();
            case OWN -> ImagePreparation.Scaled.ofShares(numbers("Means", m_means), numbers("Deviations", m_deviations));
        };
    }

    private static List<Double> numbers(final String name, final String text) {
        try {
            return Arrays.stream(text.split(",")).map(String::strip).map(Double::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be three numbers with commas between them, not '%s'.".formatted(name, text), e);
        }
    }

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(() -> ClassMerge.names(m_classNames));
        NodeTask.configure(() -> options(List.of()));
        if (m_width > OnnxOptions.LARGEST_SIDE || m_height > OnnxOptions.LARGEST_SIDE) {
            throw new InvalidSettingsException("Width and Height may be %d pixels, not %d and %d.".formatted(OnnxOptions.LARGEST_SIDE, m_width, m_height));
        }
    }
}
