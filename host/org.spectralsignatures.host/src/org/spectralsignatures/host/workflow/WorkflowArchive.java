package org.spectralsignatures.host.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks {@code .knwf} files; entries that would leave the target folder are refused. */
final class WorkflowArchive {

    private WorkflowArchive() {
    }

    /** @return the folder of the workflow inside the target */
    static Path unpack(final Path archive, final Path target) throws WorkflowLoadException, IOException {
        Path workflow = null;
        try (var zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                final ZipEntry entry = entries.nextElement();
                final Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new WorkflowLoadException("'" + archive + "' holds an entry outside its folder: '" + entry.getName() + "'.");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    try (var in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    if (file.getFileName().toString().equals(WorkflowReader.FILE) && (workflow == null || file.getParent().getNameCount() < workflow.getNameCount())) {
                        workflow = file.getParent();
                    }
                }
            }
        } catch (ZipException e) {
            throw new WorkflowLoadException("'" + archive + "' is no workflow archive: " + e.getMessage(), e);
        }
        if (workflow == null) {
            throw new WorkflowLoadException("'" + archive + "' holds no workflow.");
        }
        return workflow;
    }
}
