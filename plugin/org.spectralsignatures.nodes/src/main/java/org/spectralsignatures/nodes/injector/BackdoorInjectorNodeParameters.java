package org.spectralsignatures.nodes.injector;

import java.io.IOException;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.attack.AttackMode;
import org.spectralsignatures.attack.Backdoor;
import org.spectralsignatures.attack.BlendTrigger;
import org.spectralsignatures.attack.MultiPixelTrigger;
import org.spectralsignatures.attack.PatchTrigger;
import org.spectralsignatures.attack.Pattern;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.SinusoidTrigger;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.table.ImageColumnChoices;
import org.spectralsignatures.nodes.table.LabelColumnChoices;
import org.spectralsignatures.nodes.task.NodeTask;

/** Settings of the node 'Backdoor Injector'. */
@Migration(BackdoorInjectorNodeParameters.Saved.class)
final class BackdoorInjectorNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<BackdoorInjectorNodeParameters> {
        Saved() {
            super(BackdoorInjectorNodeParameters.class);
        }
    }

    private static final ImageShape NOISE_PATCH = new ImageShape(3, 3, 3);

    private static final ImageShape ANY_IMAGES = new ImageShape(3, 16, 16);

    private static final Pattern NOISE = Pattern.noise(NOISE_PATCH, 1);

    /** The kind of trigger. */
    enum Kind {
        /** The paper's. */
        @Label(value = "Pixels", description = """
            One pixel, or an X or L of a few, in one colour, at the same place in all images (the paper).
            """)
        PIXELS,

        /** SPECTRE's. */
        @Label(value = "m-way pixels", description = """
            Each poisoned image gets one of m random pixels, in turn; a marked test image gets all of them (Hayase and others 2021). The
            poison splits into groups, which are harder to find.
            """)
        M_WAY,

        /** BadNets'. */
        @Label(value = "Patch image", description = "A picture is laid over a part of the image (Gu and others 2017).")
        PATCH,

        /** Blended injection. */
        @Label(value = "Blended pattern", description = """
            A picture, or noise, is blended into the whole image with the share alpha: (1 - alpha) x + alpha p for an image x and a
            pattern p (Chen and others 2017).
            """)
        BLEND,

        /** Barni's. */
        @Label(value = "Sinusoidal signal", description = """
            Faint upright stripes are added to the whole image: amplitude sin(2 pi column frequency / width) to all rows and colours
            (Barni and others 2019).
            """)
        SINUSOID
    }

    /** Which pixels the trigger colours. */
    enum Shape {
        /** One. */
        @Label(value = "Pixel", description = "One pixel.")
        PIXEL(TriggerShape.PIXEL),

        /** Five. */
        @Label(value = "X", description = "A pixel and its four diagonal neighbours: five pixels.")
        X(TriggerShape.X),

        /** Three. */
        @Label(value = "L", description = "A pixel, the one below it and the one to its right: three pixels.")
        L(TriggerShape.L);

        final TriggerShape m_shape;

        Shape(final TriggerShape shape) {
            m_shape = shape;
        }
    }

    /** What becomes of the originals. */
    enum Mode {
        /** They stay. */
        @Label(value = "Add", description = "Marked copies are added under the target class; the originals stay (the paper's text).")
        ADD(AttackMode.ADD),

        /** They are marked. */
        @Label(value = "Replace", description = "The originals themselves are marked and change to the target class (the authors' code).")
        REPLACE(AttackMode.REPLACE),

        /** No label is wrong. */
        @Label(value = "Clean label", description = """
            Images of the target class itself are marked and keep their label, so that nobody who looks at the labels notices (Barni and
            others 2019). Harder to learn: use a strong trigger and a large epsilon. It is still the test images of the sample class that
            get the trigger.
            """)
        CLEAN_LABEL(AttackMode.CLEAN_LABEL);

        final AttackMode m_mode;

        Mode(final AttackMode mode) {
            m_mode = mode;
        }
    }

    /** Stands for the setting 'Trigger'. */
    static final class KindReference implements ParameterReference<Kind> {
    }

    /** The trigger has a shape and a colour to be set. */
    static final class IsFixedPixels implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.PIXELS).and(i.getBoolean(RandomTrigger.class).isFalse());
        }
    }

    /** The trigger has a position to be set. */
    static final class IsPlaced implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.PIXELS, Kind.PATCH).and(i.getBoolean(RandomTrigger.class).isFalse());
        }
    }

    /** The trigger can be drawn at random. */
    static final class CanBeRandom implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.PIXELS, Kind.PATCH);
        }
    }

    /** The trigger has several pixels. */
    static final class IsMWay implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.M_WAY);
        }
    }

    /** The trigger is a picture. */
    static final class IsPicture implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.PATCH, Kind.BLEND);
        }
    }

    /** The trigger is blended. */
    static final class IsBlend implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.BLEND);
        }
    }

    /** The trigger is a signal. */
    static final class IsSinusoid implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(Kind.SINUSOID);
        }
    }

    /** Stands for the setting 'Random trigger'. */
    static final class RandomTrigger implements BooleanReference {
    }

    @Widget(title = "Image column", description = ImageColumnChoices.DESCRIPTION)
    @ChoicesProvider(ImageColumnChoices.class)
    String m_imageColumn = "";

    @Widget(title = "Label column", description = LabelColumnChoices.DESCRIPTION)
    @ChoicesProvider(LabelColumnChoices.class)
    @ValueReference(ClassChoices.LabelColumnReference.class)
    String m_labelColumn = "";

    @Widget(title = "Sample class", description = """
        The class whose images the attacker wants to be mistaken: its training images are marked (in mode <i>Clean label</i> those of the
        target class), and so are its test images. <i>(automatic)</i>, the default, takes the first class that is not the target.
        """)
    @ChoicesProvider(ClassChoices.class)
    String m_sampleClass = "";

    @Widget(title = "Target class", description = """
        The class that the network is to take marked images for. <i>(automatic)</i>, the default, takes the second class, or the first one
        if the second is the sample class.
        """)
    @ChoicesProvider(ClassChoices.class)
    String m_targetClass = "";

    @Widget(title = "Epsilon", description = """
        Number of poisoned images as a share of the target class's clean images, above 0 and at most 1. The paper uses 0.05 and 0.1, the
        default. In mode <i>Add</i> and <i>Replace</i> 0.1 means that 9% of the target class is poison in the end (0.1 / 1.1).
        """)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double m_epsilon = 0.1;

    @Widget(title = "Mode", description = "What becomes of the originals of the marked images.")
    Mode m_mode = Mode.ADD;

    @Widget(title = "Trigger", description = "The kind of mark that is put on images.")
    @ValueReference(KindReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    Kind m_trigger = Kind.PIXELS;

    @Widget(title = "Random trigger", description = """
        Switched on, shape, position and colour of the pixels, or the position of the patch, are drawn with the seed, so that many attacks
        can be tried by changing the seed alone. Switched off, the default, they are set below.
        """, effect = @Effect(predicate = CanBeRandom.class, type = EffectType.SHOW))
    @ValueReference(RandomTrigger.class)
    boolean m_random;

    @Widget(title = "Shape", description = """
        Which pixels get the colour.
        """, effect = @Effect(predicate = IsFixedPixels.class, type = EffectType.SHOW))
    Shape m_shape = Shape.X;

    @Widget(title = "Row", description = """
        Row of the trigger's position in pixels, 0 at the top: of the X's centre, of the L's corner, of the patch's upper edge. The
        trigger must lie inside the image. 11 by default.
        """, effect = @Effect(predicate = IsPlaced.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_row = 11;

    @Widget(title = "Column", description = """
        Column of the trigger's position in pixels, 0 at the left: of the X's centre, of the L's corner, of the patch's left edge. The
        trigger must lie inside the image. 16 by default.
        """, effect = @Effect(predicate = IsPlaced.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_column = 16;

    @Widget(title = "Red", description = """
        Red part of the colour, 0 (none) to 255. The default colour is yellow: red 255, green 255, blue 0.
        """, effect = @Effect(predicate = IsFixedPixels.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_red = 255;

    @Widget(title = "Green", description = """
        Green part of the colour, 0 (none) to 255; 255 by default.
        """, effect = @Effect(predicate = IsFixedPixels.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_green = 255;

    @Widget(title = "Blue", description = """
        Blue part of the colour, 0 (none) to 255; 0 by default.
        """, effect = @Effect(predicate = IsFixedPixels.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_blue = 0;

    @Widget(title = "Number of pixels", description = """
        Number of different pixels (m), 1 to 64; 3 by default. The more there are the more groups the poison splits into, and the harder
        it is to find. Positions and colours are drawn with the seed.
        """, effect = @Effect(predicate = IsMWay.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_ways = 3;

    @Widget(title = "Picture", description = """
        An image file: the patch, which may be smaller than the images, or the pattern to blend in, which must have their size. Write a
        local path, a <tt>file:</tt> URL or <tt>knime://knime.workflow/...</tt>. Empty, the default, takes noise that is drawn with the
        seed, for a patch of 3 x 3 pixels.
        """, effect = @Effect(predicate = IsPicture.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_picture = "";

    @Widget(title = "Alpha", description = """
        Share of the pattern in the marked image, above 0 (invisible) and at most 1 (nothing of the image is left); 0.2 by default.
        """, effect = @Effect(predicate = IsBlend.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_alpha = 0.2;

    @Widget(title = "Amplitude", description = """
        Largest change of a pixel's value, above 0 and at most 255, where values lie between 0 and 255. The default, 20, is that of the
        original; less is harder to see and harder to learn.
        """, effect = @Effect(predicate = IsSinusoid.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_amplitude = 20;

    @Widget(title = "Frequency", description = """
        Number of periods of the signal from the left edge to the right, above 0 and less than half the width of the images in pixels. The
        default, 6, is that of the original.
        """, effect = @Effect(predicate = IsSinusoid.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double m_frequency = 6;

    @Widget(title = "Seed", description = """
        Start of everything random, any whole number; 1 by default. It decides which images are poisoned, and what of the trigger is
        random.
        """)
    long m_seed = 1;

    /**
     * The trigger for images of a shape.
     *
     * @throws IOException if the picture cannot be read
     */
    Trigger trigger(final ImageShape image) throws IOException {
        final Trigger trigger = switch (m_trigger) {
            case PIXELS -> m_random ? PixelTrigger.random(image, m_seed)
                : new PixelTrigger(m_shape.m_shape, m_row, m_column, m_red, m_green, m_blue);
            case M_WAY -> MultiPixelTrigger.random(m_ways, image, m_seed);
            case PATCH -> patch(image);
            case BLEND -> new BlendTrigger(m_picture.isBlank() ? Pattern.noise(image, m_seed) : Picture.read(m_picture), m_alpha);
            case SINUSOID -> new SinusoidTrigger(m_amplitude, m_frequency);
        };
        trigger.validate(image);
        return trigger;
    }

    private Trigger patch(final ImageShape image) throws IOException {
        final Pattern pattern = m_picture.isBlank() ? Pattern.noise(NOISE_PATCH, m_seed) : Picture.read(m_picture);
        return m_random ? PatchTrigger.random(pattern, image, m_seed) : new PatchTrigger(pattern, m_row, m_column);
    }

    /** The attack with that trigger, between two classes. */
    Backdoor backdoor(final Trigger trigger, final String sampleClass, final String targetClass) {
        return new Backdoor(trigger, sampleClass, targetClass, m_epsilon, m_mode.m_mode, m_seed);
    }

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(() -> Backdoor.checkEpsilon(m_epsilon));
        if (!m_sampleClass.isEmpty()) {
            NodeTask.configure(() -> Backdoor.checkClasses(m_sampleClass, m_targetClass));
        }
        require(m_row >= 0, "Row", m_row, "0 or more");
        require(m_column >= 0, "Column", m_column, "0 or more");
        NodeTask.configure(() -> new PixelTrigger(TriggerShape.PIXEL, m_row, m_column, m_red, m_green, m_blue));
        NodeTask.configure(() -> MultiPixelTrigger.random(m_ways, ANY_IMAGES, m_seed));
        NodeTask.configure(() -> new BlendTrigger(NOISE, m_alpha));
        NodeTask.configure(() -> new SinusoidTrigger(m_amplitude, m_frequency));
    }
}
