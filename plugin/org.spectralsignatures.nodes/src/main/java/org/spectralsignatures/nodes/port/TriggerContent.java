package org.spectralsignatures.nodes.port;

import java.util.ArrayList;
import java.util.Base64;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.spectralsignatures.attack.BlendTrigger;
import org.spectralsignatures.attack.MultiPixelTrigger;
import org.spectralsignatures.attack.PatchTrigger;
import org.spectralsignatures.attack.Pattern;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.SinusoidTrigger;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageShape;

/** Triggers as they are saved. One without a kind is a pixel trigger: there were no others once. */
final class TriggerContent {

    private static final String KIND = "kind";

    private static final String PIXELS = "pixels";

    private static final String M_WAY = "m-way";

    private static final String PATCH = "patch";

    private static final String BLEND = "blend";

    private static final String SINUSOID = "sinusoid";

    private TriggerContent() {
    }

    static void save(final Trigger trigger, final ModelContentWO model) {
        model.addString(KIND, trigger.accept(new Saved(model)));
    }

    /** Saves a trigger of each kind, and says which kind it was. */
    private record Saved(ModelContentWO model) implements Trigger.Kinds<String> {

        @Override
        public String pixels(final PixelTrigger trigger) {
            savePixels(trigger, model);
            return PIXELS;
        }

        @Override
        public String manyPixels(final MultiPixelTrigger trigger) {
            model.addInt("count", trigger.parts());
            for (int i = 0; i < trigger.parts(); i++) {
                savePixels(trigger.pixels().get(i), model.addModelContent("pixel" + i));
            }
            return M_WAY;
        }

        @Override
        public String patch(final PatchTrigger trigger) {
            savePattern(trigger.pattern(), model);
            model.addInt("row", trigger.row());
            model.addInt("column", trigger.column());
            return PATCH;
        }

        @Override
        public String blend(final BlendTrigger trigger) {
            savePattern(trigger.pattern(), model);
            model.addDouble("alpha", trigger.alpha());
            return BLEND;
        }

        @Override
        public String sinusoid(final SinusoidTrigger trigger) {
            model.addDouble("amplitude", trigger.amplitude());
            model.addDouble("frequency", trigger.frequency());
            return SINUSOID;
        }
    }

    private static void savePixels(final PixelTrigger trigger, final ModelContentWO model) {
        model.addString("shape", trigger.shape().name());
        model.addInt("row", trigger.row());
        model.addInt("column", trigger.column());
        model.addInt("red", trigger.red());
        model.addInt("green", trigger.green());
        model.addInt("blue", trigger.blue());
    }

    private static void savePattern(final Pattern pattern, final ModelContentWO model) {
        model.addString("pattern-shape", pattern.shape().toString());
        model.addString("pattern", Base64.getEncoder().encodeToString(pattern.pixels()));
    }

    /** @throws IllegalArgumentException if what was saved is no trigger */
    static Trigger load(final ModelContentRO model) throws InvalidSettingsException {
        final String kind = model.containsKey(KIND) ? SavedValues.text(model, KIND) : PIXELS;
        switch (kind) {
            case PIXELS:
                return loadPixels(model);
            case M_WAY:
                final var pixels = new ArrayList<PixelTrigger>();
                for (int i = 0; i < model.getInt("count"); i++) {
                    pixels.add(loadPixels(model.getModelContent("pixel" + i)));
                }
                return new MultiPixelTrigger(pixels);
            case PATCH:
                return new PatchTrigger(loadPattern(model), model.getInt("row"), model.getInt("column"));
            case BLEND:
                return new BlendTrigger(loadPattern(model), model.getDouble("alpha"));
            case SINUSOID:
                return new SinusoidTrigger(model.getDouble("amplitude"), model.getDouble("frequency"));
            default:
                throw new InvalidSettingsException("There is no trigger of the kind '" + kind + "' in this version.");
        }
    }

    private static PixelTrigger loadPixels(final ModelContentRO model) throws InvalidSettingsException {
        return new PixelTrigger(SavedValues.choice(model, "shape", TriggerShape.class), model.getInt("row"), model.getInt("column"),
            model.getInt("red"), model.getInt("green"), model.getInt("blue"));
    }

    private static Pattern loadPattern(final ModelContentRO model) throws InvalidSettingsException {
        return new Pattern(ImageShape.parse(SavedValues.text(model, "pattern-shape")), Base64.getDecoder().decode(SavedValues.text(model, "pattern")));
    }
}
