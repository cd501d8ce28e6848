package org.spectralsignatures.nodes.synthetic;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.synthetic.SyntheticOptions;

/** Settings of the node 'Synthetic Image Generator'. */
@Migration(SyntheticImageGeneratorNodeParameters.Saved.class)
final class SyntheticImageGeneratorNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<SyntheticImageGeneratorNodeParameters> {
        Saved() {
            super(SyntheticImageGeneratorNodeParameters.class);
        }
    }

    @Widget(title = "Classes", description = "Number of classes, 2 to 24; 4 by default. More classes are harder to tell apart.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_classes = 4;

    @Widget(title = "Training images per class", description = """
        Number of rows of each class in the first table, 1 or more; 500 by default.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_imagesPerClass = 500;

    @Widget(title = "Test images per class", description = "Number of rows of each class in the second table, 0 or more; 100 by default.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_testImagesPerClass = 100;

    @Widget(title = "Size", description = """
        Side of the square images in pixels, 16 to 256. The default, 32, is the size of CIFAR-10's images.
        """)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int m_size = 32;

    @Widget(title = "Seed", description = """
        Start of everything random, any whole number; 1 by default. The same seed gives the same images.
        """)
    long m_seed = 1;

    SyntheticOptions options() {
        return new SyntheticOptions(m_classes, m_size, m_seed);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(this::options);
        require(m_imagesPerClass >= 1, "Training images per class", m_imagesPerClass, "1 or more");
        require(m_testImagesPerClass >= 0, "Test images per class", m_testImagesPerClass, "0 or more");
    }
}
