package org.spectralsignatures.host.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks {@code .knwf} files. Entries that would leave the target folder are refused, and so are files that grow beyond measure. */
final class WorkflowArchive {

    /** So many bytes are unpacked however small the archive is. */
    private static final long SMALL = 64L << 20;

    /** Beyond that, an archive may grow by this factor: settings shrink to a tenth, images and tables hardly. */
    private static final long FACTOR = 100;

    private final Path m_archive;

    private final Path m_target;

    private long m_left;

    private WorkflowArchive(final Path archive, final Path target) throws IOException {
        m_archive = archive;
        m_target = target;
        m_left = Math.max(SMALL, FACTOR * Files.size(archive));
    }

    /** @return the folder of the workflow inside the target */
    static Path unpack(final Path archive, final Path target) throws WorkflowLoadException, IOException {
        try {
            return new WorkflowArchive(archive, target.toAbsolutePath().normalize()).unpack();
        } catch (ZipException e) {
            throw new WorkflowLoadException("'" + archive + "' is no workflow archive: " + e.getMessage(), e);
        }
    }

    private Path unpack() throws WorkflowLoadException, IOException {
        Path workflow = null;
        try (var zip = new ZipFile(m_archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                final ZipEntry entry = entries.nextElement();
                final Path file = m_target.resolve(entry.getName()).normalize();
                if (!file.startsWith(m_target)) {
                    throw new WorkflowLoadException("'" + m_archive + "' holds an entry outside its folder: '" + entry.getName() + "'.");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    try (var in = zip.getInputStream(entry); var out = Files.newOutputStream(file)) {
                        copy(in, out);
                    }
                    if (file.getFileName().toString().equals(WorkflowReader.FILE) && (workflow == null || file.getParent().getNameCount() < workflow.getNameCount())) {
                        workflow = file.getParent();
                    }
                }
            }
        }
        if (workflow == null) {
            throw new WorkflowLoadException("'" + m_archive + "' holds no workflow.");
        }
        return workflow;
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
