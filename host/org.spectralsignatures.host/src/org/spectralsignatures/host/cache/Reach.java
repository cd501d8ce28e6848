package org.spectralsignatures.host.cache;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.config.Config;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.webui.node.view.NodeViewFactory;
import org.spectralsignatures.host.settings.ConfigAccess;

/**
 * Whether a node may reach beyond its inputs and settings, so that it has to be executed each time. The host knows no nodes; it goes by what
 * a node says of itself and by its settings. It does not look at the files that a node may read: which ones these are, only the node knows (a
 * file of images may bring one of labels with it). What such a node gives is compared instead, so that nothing follows that is stale.
 */
final class Reach {

    /** All but sources, sinks, and the starts and ends of loops and the like, which the host has not. */
    private static final Set<NodeType> BETWEEN = EnumSet.of(NodeType.Learner, NodeType.Predictor, NodeType.Manipulator, NodeType.Visualizer, NodeType.Other);

    /** Texts that may lead somewhere, whether there is something or not: paths, URLs, drives, home folders. */
    private static final Pattern PLACE = Pattern.compile("(?s).*[/\\\\].*|\\p{Alpha}[\\p{Alnum}+.-]*:.*|~.*");

    private static final Pattern SEPARATOR = Pattern.compile("[,;=|\\n]");

    /** The keys of KNIME's own settings of a path, beside the path itself. */
    private static final List<String> OF_PATHS = List.of("fs_type", "location_present", "path_or_url");

    private Reach() {
    }

    /**
     * @param node of the workflow
     * @param inputs null where nothing is connected
     * @return why the node is always executed, for people; null if it need not be
     */
    static String beyond(final Node node, final PortObject[] inputs) {
        if (Stream.of(inputs).allMatch(input -> input == null)) {
            return "it has no input";
        } else if (node.outTypes().length == 0) {
            return "it has no output";
        } else if (!BETWEEN.contains(node.getFactory().getType())) {
            return "it is a " + node.getFactory().getType();
        } else if (node.getFactory() instanceof NodeViewFactory<?> factory && factory.hasNodeView() && !(node.getNodeModel() instanceof PortObjectHolder)) {
            return "its view shows more than can be kept";
        }
        final String place = place(node.save());
        return place == null ? null : "its setting '" + place + "' may name a file";
    }

    /** @return the key of a setting that may name a file or folder, null if there is none */
    private static String place(final Config settings) {
        for (String key : settings) {
            final Object child = ConfigAccess.child(settings, key);
            if (child instanceof Config group) {
                if (OF_PATHS.stream().anyMatch(group::containsKey)) {
                    return key;
                }
                final String place = place(group);
                if (place != null) {
                    return key + "/" + place;
                }
            } else if (child instanceof ConfigAccess.Entry entry && entry.type().equals("xstring") && entry.value() != null && isPlace(entry.value())) {
                return key;
            }
        }
        return null;
    }

    /** A plain word is the name of a file if there is one of that name, which Java looks for where it was started; also as a part of a list. */
    private static boolean isPlace(final String text) {
        return PLACE.matcher(text.strip()).matches()
            || Stream.concat(Stream.of(text), SEPARATOR.splitAsStream(text)).map(String::strip).anyMatch(part -> !part.isEmpty() && exists(part));
    }

    private static boolean exists(final String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) { // NOSONAR
            return false;
        }
    }
}
