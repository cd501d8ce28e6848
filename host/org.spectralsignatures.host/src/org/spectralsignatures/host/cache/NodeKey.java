package org.spectralsignatures.host.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import org.knime.core.node.Node;

/** The key of a node's results: SHA-256 of all that they depend on. Two nodes of the same key give the same results. */
final class NodeKey {

    private NodeKey() {
    }

    /**
     * @param surroundings see {@link Surroundings}; the host itself is among them, so that entries of another form are never found
     * @param node with its settings, as flow variables and the user change them
     * @param inputSums what the inputs hold, null where nothing is connected
     * @return 64 hexadecimal digits
     */
    static String of(final String surroundings, final Node node, final String[] inputSums) throws IOException {
        final var settings = new ByteArrayOutputStream();
        node.save().saveToXML(settings);
        final var sum = new Sha256().add(surroundings).add(node.getFactory().getClass().getName()).add(settings.toByteArray());
        for (String input : inputSums) {
            sum.add(input == null ? "not connected" : input);
        }
        return sum.hex();
    }
}
