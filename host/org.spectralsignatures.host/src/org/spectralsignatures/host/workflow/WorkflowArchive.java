package org.spectralsignatures.host.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.text.VisibleText;

/**
 * Unpacks {@code .knwf} files. Entries that would leave the target folder or come twice are refused, and so are files that grow beyond
 * measure. Links are none here: whatever an entry says of itself, it becomes a plain file or folder.
 */
final class WorkflowArchive {

    /** So many bytes are unpacked however small the archive is. */
    private static final long SMALL = 64L << 20;

    /** Beyond that, an archive may grow by this factor: settings shrink to a tenth, images and tables hardly. */
    private static final long FACTOR = 100;

    /** And never to more than this. */
    private static final long LARGEST = 16L << 30;

    private static final int MOST_ENTRIES = 100_000;

    private final Path m_archive;

    private final Path m_target;

    private final List<Path> m_workflows = new ArrayList<>();

    private long m_left;

    private WorkflowArchive(final Path archive, final Path target) throws IOException {
        m_archive = archive;
        m_target = target;
        m_left = Math.min(LARGEST, Math.max(SMALL, FACTOR * Files.size(archive)));
    }

    /** @return the folder of the workflow inside the target */
    static Path unpack(final Path archive, final Path target) throws WorkflowLoadException {
        try {
            return new WorkflowArchive(archive, target.toAbsolutePath().normalize()).unpack();
        } catch (IOException | IllegalArgumentException e) {
            throw new WorkflowLoadException("'" + archive + "' is no workflow archive, or cannot be unpacked: " + FileProblem.describe(e), e);
        }
    }

    private Path unpack() throws WorkflowLoadException, IOException {
        if (!Files.isRegularFile(m_archive)) {
            throw new WorkflowLoadException("'" + m_archive + "' is neither a folder nor a file.");
        }
        try (var zip = new ZipFile(m_archive.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new WorkflowLoadException("'" + m_archive + "' holds " + zip.size() + " files; a workflow has at most " + MOST_ENTRIES + ".");
            }
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                unpack(zip, entries.nextElement());
            }
        }
        final int top = m_workflows.stream().mapToInt(Path::getNameCount).min().orElse(0);
        final List<Path> workflows = m_workflows.stream().filter(w -> w.getNameCount() == top).sorted(Comparator.comparing(Path::toString)).toList();
        if (workflows.isEmpty()) {
            throw new WorkflowLoadException("'" + m_archive + "' holds no workflow.");
        } else if (workflows.size() > 1) {
            throw new WorkflowLoadException("'" + m_archive + "' holds " + workflows.size() + " workflows ('" + workflows.get(0).getFileName() + "', '"
                + workflows.get(1).getFileName() + "' ...): unpack it, and run one of them.");
        }
        return workflows.get(0);
    }

    private void unpack(final ZipFile zip, final ZipEntry entry) throws WorkflowLoadException, IOException {
        final Path file;
        try {
            file = m_target.resolve(entry.getName()).normalize();
        } catch (InvalidPathException e) {
            throw refused("holds an entry whose name is no path", entry);
        }
        if (!file.startsWith(m_target) || file.equals(m_target) && !entry.isDirectory()) {
            throw refused("holds an entry outside its folder", entry);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
            throw refused("holds an entry twice", entry);
        }
        try (var in = zip.getInputStream(entry); var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(in, out);
        }
        if (file.getFileName().toString().equals(WorkflowReader.FILE)) {
            m_workflows.add(file.getParent());
        }
    }

    private WorkflowLoadException refused(final String what, final ZipEntry entry) {
        return new WorkflowLoadException("'" + m_archive + "' " + what + ": '" + VisibleText.line(entry.getName()) + "'.");
    }

    private void copy(final InputStream in, final OutputStream out) throws IOException, WorkflowLoadException {
        final var buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            m_left -= count;
            if (m_left < 0) {
                throw new WorkflowLoadException("'" + m_archive + "' grows to more than " + FACTOR + " times its size when it is unpacked: it is refused.");
            }
            out.write(buffer, 0, count);
        }
    }
}
