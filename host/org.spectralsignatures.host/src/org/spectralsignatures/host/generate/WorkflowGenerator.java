package org.spectralsignatures.host.generate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.knime.core.node.NodeSettings;
import org.spectralsignatures.host.generate.WorkflowText.NodeText;
import org.spectralsignatures.host.workflow.WorkflowLoadException;

/**
 * Makes the workflows of a folder from their texts: beside each {@code NAME.workflow} the folder {@code NAME} with its {@code workflow.knime} and
 * the settings of its nodes. What else lies there is left alone.
 */
public final class WorkflowGenerator {

    /** How the name of a text ends. */
    public static final String EXTENSION = ".workflow";

    private final Path m_folder;

    private final SavedBy m_savedBy;

    /**
     * @param folder holds the texts, in sub folders too, and {@code saved-by.properties}
     * @throws IOException if it does not
     */
    public WorkflowGenerator(final Path folder) throws IOException {
        m_folder = folder;
        m_savedBy = SavedBy.read(folder);
    }

    /** @return the texts, sorted */
    public List<Path> texts() throws IOException {
        try (Stream<Path> files = Files.walk(m_folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(EXTENSION) && Files.isRegularFile(f)).sorted().toList();
        }
    }

    /** @return the folder that a text makes */
    public static Path folder(final Path text) {
        final String name = text.getFileName().toString();
        return text.resolveSibling(name.substring(0, name.length() - EXTENSION.length()));
    }

    /**
     * @param text a file
     * @return the content of all files that it makes, by path
     * @throws WorkflowTextException if it makes no workflow; the message says in which line
     * @throws WorkflowLoadException if a node is installed but cannot be made
     */
    public Map<Path, byte[]> files(final Path text) throws IOException, WorkflowTextException, WorkflowLoadException {
        final WorkflowText workflow = WorkflowTextReader.read(Files.readAllLines(text));
        final Path folder = folder(text);
        final var files = new TreeMap<Path, byte[]>();
        files.put(folder.resolve("workflow.knime"), bytes(new CanvasFile(m_savedBy).settings(workflow)));
        final var nodes = new NodeFiles(m_savedBy);
        for (final NodeText node : workflow.nodes()) {
            files.put(folder.resolve(node.folder()).resolve("settings.xml"), bytes(nodes.settings(node)));
        }
        return files;
    }

    private static byte[] bytes(final NodeSettings settings) throws IOException {
        final var out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        return out.toByteArray();
    }

    /**
     * Writes what differs from what is there, and removes the settings of nodes that a text no longer has.
     *
     * @param text a file
     * @return what was written or removed
     */
    public List<Path> generate(final Path text) throws IOException, WorkflowTextException, WorkflowLoadException {
        final Map<Path, byte[]> files = files(text);
        final var changed = new ArrayList<Path>();
        for (final var file : files.entrySet()) {
            if (!Files.isRegularFile(file.getKey()) || !Arrays.equals(Files.readAllBytes(file.getKey()), file.getValue())) {
                Files.createDirectories(file.getKey().getParent());
                Files.write(file.getKey(), file.getValue());
                changed.add(file.getKey());
            }
        }
        for (final Path stale : stale(text, files)) {
            Files.delete(stale);
            Files.delete(stale.getParent());
            changed.add(stale);
        }
        return changed;
    }

    /** @return settings of nodes that the text has not, where nothing else lies beside them */
    public static List<Path> stale(final Path text, final Map<Path, byte[]> files) throws IOException {
        final var stale = new ArrayList<Path>();
        try (Stream<Path> folders = Files.list(folder(text))) {
            for (final Path folder : folders.filter(f -> f.getFileName().toString().matches(".* \\(#\\d+\\)")).sorted().toList()) {
                try (Stream<Path> inside = Files.list(folder)) {
                    final List<Path> all = inside.toList();
                    if (all.equals(List.of(folder.resolve("settings.xml"))) && !files.containsKey(all.get(0))) {
                        stale.add(all.get(0));
                    }
                }
            }
        }
        return stale;
    }
}
