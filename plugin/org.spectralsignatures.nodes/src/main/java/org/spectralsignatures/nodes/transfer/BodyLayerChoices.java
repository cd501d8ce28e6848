package org.spectralsignatures.nodes.transfer;

import java.util.ArrayList;
import java.util.List;

import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;

/** The layers of the connected network that a classifier can be put on, after its default. */
final class BodyLayerChoices implements StringChoicesProvider {

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final var choices = new ArrayList<StringChoice>();
        choices.add(new StringChoice("", "(default)"));
        context.getInPortSpec(0).map(NetworkPortObjectSpec.class::cast).ifPresent(spec -> {
            for (LayerInfo layer : spec.description().layers()) {
                if (!layer.isInput()) {
                    choices.add(new StringChoice(layer.name(), "%s (%d x %d x %d)".formatted(layer.name(), layer.channels(), layer.height(), layer.width())));
                }
            }
        });
        return choices;
    }
}
