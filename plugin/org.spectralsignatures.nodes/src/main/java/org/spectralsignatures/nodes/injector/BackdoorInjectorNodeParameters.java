package org.spectralsignatures.nodes.injector;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.spectralsignatures.attack.AttackMode;
import org.spectralsignatures.attack.Backdoor;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;

/** Settings of the node 'Backdoor Injector'. */
final class BackdoorInjectorNodeParameters implements NodeParameters {

    /** Which pixels the trigger colours. */
    enum Shape {
        /** One. */
        @Label("Pixel")
        PIXEL,

        /** Five. */
        @Label("X")
        X,

        /** Three. */
        @Label("L")
        L
    }

    /** What becomes of the originals. */
    enum Mode {
        /** They stay. */
        @Label(value = "Add", description = "Marked copies are added; the originals stay (the paper's text).")
        ADD,

        /** They are marked. */
        @Label(value = "Replace", description = "The originals themselves are marked and change their class (the authors' code).")
        REPLACE
    }

    /** Stands for the setting 'Random trigger'. */
    static final class RandomTrigger implements BooleanReference {
    }

    @Widget(title = "Image column", description = "The column of PNG images. Automatic takes the first one.")
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = "The column of class labels. Automatic takes Label, or else the last column of strings.")
    @ChoicesProvider(LabelColumnChoices.class)
    String m_labelColumn = "";

    @Widget(title = "Sample class", description = "The class whose images are marked. Empty takes the first class.")
    @ChoicesProvider(ClassChoices.class)
    String m_sampleClass = "";

    @Widget(title = "Target class", description = "The class that marked images are to be taken for. Empty takes the second class (the first one, if the second is the sample class).")
    @ChoicesProvider(ClassChoices.class)
    String m_targetClass = "";

    @Widget(title = "Epsilon", description = "Number of poisoned images as a share of the target class's clean images. The paper uses 0.05 and 0.1.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double m_epsilon = 0.1;

    @Widget(title = "Mode", description = "What becomes of the originals of the marked images.")
    Mode m_mode = Mode.ADD;

    @Widget(title = "Random trigger", description = "Draws shape, position and colour of the trigger with the seed.")
    @ValueReference(RandomTrigger.class)
    boolean m_random;

    @Widget(title = "Shape", description = "Pixel: one pixel. X: a pixel and its four diagonal neighbours. L: a pixel, the one below and the one to the right.", effect = @Effect(predicate = RandomTrigger.class, type = EffectType.HIDE))
    Shape m_shape = Shape.X;

    @Widget(title = "Row", description = "Row of the trigger's position, 0 at the top.", effect = @Effect(predicate = RandomTrigger.class, type = EffectType.HIDE))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_row = 11;

    @Widget(title = "Column", description = "Column of the trigger's position, 0 at the left.", effect = @Effect(predicate = RandomTrigger.class, type = EffectType.HIDE))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_column = 16;

    @Widget(title = "Red", description = "Red part of the colour, 0 to 255.", effect = @Effect(predicate = RandomTrigger.class, type = EffectType.HIDE))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_red = 255;

    @Widget(title = "Green", description = "Green part of the colour, 0 to 255.", effect = @Effect(predicate = RandomTrigger.class, type = EffectType.HIDE))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_green = 255;

    @Widget(title = "Blue", description = "Blue part of the colour, 0 to 255.", effect = @Effect(predicate = RandomTrigger.class, type = EffectType.HIDE))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_blue = 0;

    @Widget(title = "Seed", description = "Decides which images are poisoned, and the random trigger.")
    long m_seed = 1;

    /** The trigger for images of a shape. */
    Trigger trigger(final ImageShape image) {
        final Trigger trigger = m_random ? Trigger.random(image, m_seed)
            : new Trigger(TriggerShape.valueOf(m_shape.name()), m_row, m_column, m_red, m_green, m_blue);
        trigger.validate(image);
        return trigger;
    }

    /** The attack with that trigger, between two classes. */
    Backdoor backdoor(final Trigger trigger, final String sampleClass, final String targetClass) {
        return new Backdoor(trigger, sampleClass, targetClass, m_epsilon, AttackMode.valueOf(m_mode.name()), m_seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        final boolean guessed = m_sampleClass.isEmpty() || m_targetClass.isEmpty();
        NodeTask.configure(() -> backdoor(new Trigger(TriggerShape.PIXEL, 0, 0, m_red, m_green, m_blue), guessed ? "a" : m_sampleClass,
            guessed ? "b" : m_targetClass));
    }
}
