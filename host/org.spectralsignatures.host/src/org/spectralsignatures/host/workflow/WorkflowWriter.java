package org.spectralsignatures.host.workflow;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.files.PartialFile;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.settings.ConfigAccess.Entry;
import org.spectralsignatures.host.workflow.WorkflowReader.SettingOverride;

/**
 * Saves a workflow reset, with the variables and settings that were given for a run: settings and layout, but no results.
 * Files in which nothing changes are copied byte for byte, and keys that the host does not know are kept.
 */
public final class WorkflowWriter {

    /** Folders of an executed node's results, and what numbered ones begin with. */
    private static final Set<String> RESULTS = Set.of("internal", "internalTables", "filestore", "internalPortObjects");

    private static final String PORT = "port_";

    /** Files of KNIME that stand for results or for an open workflow. */
    private static final Set<String> MARKS = Set.of(".savedWithData", ".knimeLock");

    private final Path m_source;

    private final List<WorkflowVariable> m_variables;

    private final SettingOverrides m_overrides;

    private final Set<Path> m_configured;

    /** Numbers of the nodes, metanodes and components, by their files. */
    private final Map<Path, String> m_files = new HashMap<>();

    /** Files of the input and output nodes of components. */
    private final Set<Path> m_ports = new HashSet<>();

    private WorkflowWriter(final Path source, final List<WorkflowVariable> variables, final List<SettingOverride> overrides, final Set<Path> configured) {
        m_source = source;
        m_variables = variables;
        m_overrides = new SettingOverrides(overrides);
        m_configured = configured;
    }

    /** As below, with all nodes that have been executed not configured. */
    public static void save(final Path source, final List<WorkflowVariable> variables, final List<SettingOverride> overrides, final Path target)
        throws IOException {
        save(source, variables, overrides, Set.of(), target);
    }

    /**
     * @param source folder of a workflow that could be loaded with the same variables and settings
     * @param variables replace the workflow's own of the same name
     * @param overrides replace settings of nodes
     * @param configured files of the nodes that are configured before anything is executed; KNIME warns where it finds another state
     * @param target a folder that does not exist or is empty, or a {@code .knwf} or {@code .zip} file
     * @throws IOException if it cannot be written, or something is there already; nothing is overwritten
     */
    public static void save(final Path source, final List<WorkflowVariable> variables, final List<SettingOverride> overrides,
        final Set<Path> configured, final Path target) throws IOException {
        check(source, target);
        final var writer = new WorkflowWriter(source, variables, overrides, configured);
        final Path absolute = target.toAbsolutePath();
        try {
            if (isArchive(absolute)) {
                writer.archive(absolute);
            } else {
                writer.folder(absolute);
            }
        } catch (InvalidSettingsException e) {
            throw new IOException("'" + source + "' cannot be saved: " + e.getMessage(), e);
        }
    }

    /** @return whether a workflow is saved there as one file */
    public static boolean isArchive(final Path target) {
        return target.getFileName() != null && target.getFileName().toString().matches("(?i).*\\.(knwf|zip)");
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
        checkNew(absolute);
        final Path real = source.toRealPath();
        try (var files = Files.walk(source)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                if (!Files.exists(link) || !link.toRealPath().startsWith(real)) {
                    throw new IOException("'" + link + "' is a link out of the workflow, which cannot be saved with it: replace it by what it leads to.");
                }
            }
        }
    }

    /**
     * @param absolute where something is to be saved
     * @throws IOException if something is there already
     */
    public static void checkNew(final Path absolute) throws IOException {
        if (Files.isDirectory(absolute)) {
            try (var files = Files.list(absolute)) {
                if (files.findAny().isPresent()) {
                    throw new IOException("The folder '" + absolute + "' is not empty: choose another one.");
                }
            }
        } else if (Files.exists(absolute)) {
            throw new IOException("'" + absolute + "' exists already: choose another name.");
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
                    changed.saveToXML(out);
                }
            }
        }
    }

    /** As KNIME exports a workflow: its folder is the one entry at the top. The file appears when it is complete. */
    private void archive(final Path target) throws IOException, InvalidSettingsException {
        Files.createDirectories(target.getParent());
        try (var partial = new PartialFile(target)) {
            try (var zip = new ZipOutputStream(partial.bytes())) {
                for (Path file : files()) {
                    zip.putNextEntry(new ZipEntry(m_source.getFileName() + "/" + m_source.relativize(file).toString().replace('\\', '/')));
                    final NodeSettings changed = changed(file);
                    if (changed == null) {
                        Files.copy(file, zip);
                    } else {
                        changed.saveToXML(zip);
                    }
                    zip.closeEntry();
                }
            }
            checkNew(target);
            partial.complete();
        }
    }

    /** All files but results of nodes. */
    private List<Path> files() throws IOException, InvalidSettingsException {
        m_files.put(m_source.resolve(WorkflowReader.FILE), "");
        collect(m_source, SettingsFiles.read(m_source.resolve(WorkflowReader.FILE)), "", Set.of());
        try (var files = Files.walk(m_source)) {
            return files.filter(Files::isRegularFile).filter(f -> !isResult(f)).sorted().toList();
        }
    }

    /** Finds the files of the nodes, those in metanodes and components too. */
    private void collect(final Path folder, final Config workflow, final String prefix, final Set<Integer> ports) throws IOException, InvalidSettingsException {
        final Config nodes = workflow.getConfig("nodes");
        for (String key : nodes) {
            final Config entry = nodes.getConfig(key);
            final String path = prefix + entry.getInt("id");
            final Path file = SettingsFiles.resolve(folder, entry.getString("node_settings_file"));
            m_files.put(file, path);
            if (ports.contains(entry.getInt("id"))) {
                m_ports.add(file);
            }
            switch (entry.getString("node_type", "NativeNode")) {
                case "MetaNode":
                    collect(file.getParent(), SettingsFiles.read(file), path + ":", Set.of());
                    break;
                case "SubNode":
                    final Config component = SettingsFiles.read(file);
                    final Path inner = file.resolveSibling(component.getString("workflow-file", WorkflowReader.FILE));
                    m_files.put(inner, path + ":0");
                    collect(file.getParent(), SettingsFiles.read(inner), path + ":0:", Set.of(component.getInt("virtual-in-ID"), component.getInt("virtual-out-ID")));
                    break;
                default:
                    break;
            }
        }
    }

    private boolean isResult(final Path file) {
        if (MARKS.contains(file.getFileName().toString())) {
            return true;
        }
        return m_files.keySet().stream().map(Path::getParent).anyMatch(node -> {
            if (node.equals(m_source) || !file.startsWith(node) || file.getNameCount() < node.getNameCount() + 2) {
                return false;
            }
            final String folder = node.relativize(file).getName(0).toString();
            return RESULTS.contains(folder) || folder.startsWith(PORT);
        });
    }

    /** @return the settings that are to be written; null if the file stays as it is */
    private NodeSettings changed(final Path file) throws IOException, InvalidSettingsException {
        final String path = m_files.get(file);
        if (path == null) {
            return null;
        }
        final NodeSettings settings = SettingsFiles.read(file);
        boolean changed = Reset.apply(settings, isConfigured(file));
        if (path.isEmpty()) {
            changed |= setVariables(settings);
        } else if (settings.containsKey("model") && settings.containsKey("factory")) {
            changed |= m_overrides.apply(path, settings.getConfig("model"));
        }
        return changed ? settings : null;
    }

    /** A metanode, component or workflow is configured if all its nodes are. */
    private boolean isConfigured(final Path file) {
        final List<Path> below = m_files.keySet().stream()
            .filter(f -> f.startsWith(file.getParent()) && f.getNameCount() > file.getNameCount() && !m_ports.contains(f)).toList();
        return below.isEmpty() ? m_configured.contains(file) || m_ports.contains(file) && !m_configured.isEmpty() : below.stream().allMatch(this::isConfigured);
    }

    private boolean setVariables(final Config workflow) throws InvalidSettingsException {
        boolean changed = false;
        if (workflow.containsKey("workflow_variables")) {
            final Config variables = workflow.getConfig("workflow_variables");
            for (String key : variables) {
                final Config entry = variables.getConfig(key);
                for (WorkflowVariable given : m_variables) {
                    if (given.name().equals(entry.getString("name")) && ConfigAccess.child(entry, "value") instanceof Entry old) {
                        changed |= !given.value().equals(old.value());
                        ConfigAccess.put(entry, "value", old.type(), given.value());
                    }
                }
            }
        }
        return changed;
    }
}
