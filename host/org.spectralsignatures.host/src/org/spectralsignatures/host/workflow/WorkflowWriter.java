package org.spectralsignatures.host.workflow;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.settings.SettingsXml;
import org.spectralsignatures.host.workflow.WorkflowReader.SettingOverride;

/**
 * Saves a workflow reset, with the variables and settings that were given for a run: settings and layout, but no results.
 * Files in which nothing changes are copied byte for byte, and keys that the host does not know are kept.
 */
public final class WorkflowWriter {

    private static final String STATE = "state";

    private static final String EXECUTED = "EXECUTED";

    private static final String IDLE = "IDLE";

    /** Folders of an executed node's results, and what numbered ones begin with. */
    private static final Set<String> RESULTS = Set.of("internal", "internalTables", "filestore", "internalPortObjects");

    private static final String PORT = "port_";

    private final Path m_source;

    private final List<WorkflowVariable> m_variables;

    private final List<SettingOverride> m_overrides;

    /** Ids by the nodes' settings files. */
    private final Map<Path, Integer> m_nodes = new HashMap<>();

    private WorkflowWriter(final Path source, final List<WorkflowVariable> variables, final List<SettingOverride> overrides) {
        m_source = source;
        m_variables = variables;
        m_overrides = overrides;
    }

    /**
     * @param source folder of a workflow that could be loaded with the same variables and settings
     * @param variables replace the workflow's own of the same name
     * @param overrides replace settings of nodes
     * @param target a folder that does not exist or is empty, or a {@code .knwf} file
     * @throws IOException if it cannot be written, or something is there already; nothing is overwritten
     */
    public static void save(final Path source, final List<WorkflowVariable> variables, final List<SettingOverride> overrides, final Path target)
        throws IOException {
        check(source, target);
        final var writer = new WorkflowWriter(source, variables, overrides);
        final Path absolute = target.toAbsolutePath();
        try {
            if (absolute.getFileName().toString().endsWith(".knwf")) {
                writer.archive(absolute);
            } else {
                writer.folder(absolute);
            }
        } catch (InvalidSettingsException e) {
            throw new IOException("'" + source + "' cannot be saved: " + e.getMessage(), e);
        }
    }

    /**
     * @param source folder of a workflow
     * @param target where it is to be saved
     * @throws IOException if it cannot be saved there
     */
    public static void check(final Path source, final Path target) throws IOException {
        final Path absolute = target.toAbsolutePath();
        if (absolute.startsWith(source)) {
            throw new IOException("'" + target + "' lies inside the workflow that is to be saved: choose another place.");
        }
        if (Files.isDirectory(absolute)) {
            try (var files = Files.list(absolute)) {
                if (files.findAny().isPresent()) {
                    throw new IOException("The folder '" + target + "' is not empty: choose another one.");
                }
            }
        } else if (Files.exists(absolute)) {
            throw new IOException("'" + target + "' exists already: choose another name.");
        }
    }

    private void folder(final Path target) throws IOException, InvalidSettingsException {
        for (Path file : files()) {
            final Path to = target.resolve(m_source.relativize(file).toString());
            Files.createDirectories(to.getParent());
            final NodeSettings changed = changed(file);
            if (changed == null) {
                Files.copy(file, to);
            } else {
                try (var out = new BufferedOutputStream(Files.newOutputStream(to))) {
                    SettingsXml.write(changed, out);
                }
            }
        }
    }

    /** As KNIME exports a workflow: its folder is the one entry at the top. The file appears when it is complete. */
    private void archive(final Path target) throws IOException, InvalidSettingsException {
        Files.createDirectories(target.getParent());
        final Path partial = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
                for (Path file : files()) {
                    zip.putNextEntry(new ZipEntry(m_source.getFileName() + "/" + m_source.relativize(file).toString().replace('\\', '/')));
                    final NodeSettings changed = changed(file);
                    if (changed == null) {
                        Files.copy(file, zip);
                    } else {
                        SettingsXml.write(changed, zip);
                    }
                    zip.closeEntry();
                }
            }
            Files.move(partial, target);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** All files but results of nodes. */
    private List<Path> files() throws IOException, InvalidSettingsException {
        final Config nodes = read(m_source.resolve(WorkflowReader.FILE)).getConfig("nodes");
        for (String key : nodes) {
            final Config entry = nodes.getConfig(key);
            m_nodes.put(m_source.resolve(entry.getString("node_settings_file")).normalize(), entry.getInt("id"));
        }
        try (var files = Files.walk(m_source)) {
            return files.filter(Files::isRegularFile).filter(f -> !isResult(f)).sorted().toList();
        }
    }

    private boolean isResult(final Path file) {
        final Path relative = m_source.relativize(file);
        if (relative.getNameCount() < 3 || m_nodes.keySet().stream().noneMatch(n -> n.startsWith(m_source.resolve(relative.getName(0))))) {
            return false;
        }
        final String folder = relative.getName(1).toString();
        return RESULTS.contains(folder) || folder.startsWith(PORT);
    }

    private static NodeSettings read(final Path file) throws IOException {
        final var settings = new NodeSettings(file.getFileName().toString());
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            SettingsXml.read(in, settings);
        }
        return settings;
    }

    /** @return the settings that are to be written; null if the file stays as it is */
    private NodeSettings changed(final Path file) throws IOException, InvalidSettingsException {
        final Integer id = m_nodes.get(file);
        if (id == null && !file.equals(m_source.resolve(WorkflowReader.FILE))) {
            return null;
        }
        final NodeSettings settings = read(file);
        boolean changed = reset(settings);
        if (id == null) {
            changed |= setVariables(settings);
        } else {
            for (SettingOverride override : m_overrides) {
                if (override.node() == id) {
                    WorkflowReader.apply(override, settings.getConfig("model"));
                    changed = true;
                }
            }
        }
        return changed ? settings : null;
    }

    private static boolean reset(final Config settings) throws InvalidSettingsException {
        if (!EXECUTED.equals(settings.getString(STATE, IDLE))) {
            return false;
        }
        settings.addEntry(STATE, "xstring", IDLE);
        if (settings.containsKey("hasContent")) {
            settings.addEntry("hasContent", "xboolean", "false");
        }
        if (settings.containsKey("ports")) {
            settings.addConfig("ports");
        }
        if (settings.containsKey("filestores")) {
            final Config stores = settings.getConfig("filestores");
            stores.addEntry("file_store_location", "xstring", null);
            stores.addEntry("file_store_id", "xstring", null);
        }
        return true;
    }

    private boolean setVariables(final Config workflow) throws InvalidSettingsException {
        boolean changed = false;
        if (workflow.containsKey("workflow_variables")) {
            final Config variables = workflow.getConfig("workflow_variables");
            for (String key : variables) {
                final Config entry = variables.getConfig(key);
                for (WorkflowVariable given : m_variables) {
                    if (given.name().equals(entry.getString("name")) && entry.child("value") instanceof Config.Entry old) {
                        changed |= !given.value().equals(old.value());
                        entry.addEntry("value", old.type(), given.value());
                    }
                }
            }
        }
        return changed;
    }
}
