package org.spectralsignatures.host.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** Where the nodes of a workflow lie on the canvas; those of metanodes and components below the others. */
final class NodeBounds {

    private static final int GAP = 150;

    private NodeBounds() {
    }

    /** @return left and upper edge in pixels; nodes without a place are absent */
    static Map<WorkflowNode, int[]> read(final List<WorkflowNode> nodes) {
        final Map<Path, Map<String, int[]>> levels = new LinkedHashMap<>();
        for (WorkflowNode node : nodes) {
            final Path level = level(node);
            if (!levels.containsKey(level)) {
                levels.put(level, level(level));
            }
        }
        final Map<Path, Integer> shifts = new HashMap<>();
        int bottom = Integer.MIN_VALUE;
        for (Map.Entry<Path, Map<String, int[]>> level : levels.entrySet()) {
            final int top = level.getValue().values().stream().mapToInt(b -> b[1]).min().orElse(0);
            final int shift = bottom == Integer.MIN_VALUE ? 0 : bottom + GAP - top;
            shifts.put(level.getKey(), shift);
            bottom = level.getValue().values().stream().mapToInt(b -> b[1]).max().orElse(0) + shift;
        }
        final Map<WorkflowNode, int[]> bounds = new HashMap<>();
        for (WorkflowNode node : nodes) {
            final int[] place = levels.get(level(node)).get(node.path().substring(node.path().lastIndexOf(':') + 1));
            if (place != null) {
                bounds.put(node, new int[]{place[0], place[1] + shifts.get(level(node))});
            }
        }
        return bounds;
    }

    private static Path level(final WorkflowNode node) {
        return node.file().getParent().getParent();
    }

    private static Map<String, int[]> level(final Path folder) {
        final Map<String, int[]> bounds = new HashMap<>();
        final var settings = new NodeSettings("workflow");
        try (var in = new BufferedInputStream(Files.newInputStream(folder.resolve("workflow.knime")))) {
            settings.load(in);
            final Config nodes = settings.getConfig("nodes");
            for (String key : nodes) {
                final Config node = nodes.getConfig(key);
                final int[] place = node.containsKey("ui_settings") ? node.getConfig("ui_settings").getIntArray("extrainfo.node.bounds") : null;
                if (place != null && place.length >= 2) {
                    bounds.put(Integer.toString(node.getInt("id")), place);
                }
            }
        } catch (IOException | InvalidSettingsException e) { // NOSONAR
            return bounds; // the places are no more than decoration
        }
        return bounds;
    }
}
