package org.spectralsignatures.host.files;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file that appears when it is complete: until then it has another name, and if that never happens it goes. */
public final class PartialFile implements AutoCloseable {

    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path m_file;

    private final Path m_partial;

    /** @param file what it is to be */
    public PartialFile(final Path file) {
        m_file = file;
        m_partial = file.resolveSibling(file.getFileName() + ".part");
        OPEN.add(m_partial);
    }

    /** @return where its bytes go */
    public OutputStream bytes() throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(m_partial));
    }

    /** @return where its text goes, in UTF-8; what UTF-8 cannot hold (half a pair) becomes a question mark */
    public Writer text() throws IOException {
        return new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(m_partial), StandardCharsets.UTF_8));
    }

    /** Lets the file appear, in place of one that was there. */
    public Path complete() throws IOException {
        return Files.move(m_partial, m_file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        OPEN.remove(m_partial);
        Files.deleteIfExists(m_partial);
    }

    /** Removes what is not complete, since the process ends now. */
    public static void removeAll() {
        OPEN.forEach(partial -> {
            try {
                Files.deleteIfExists(partial);
            } catch (IOException e) { // NOSONAR nothing more can be done
                partial.toFile().deleteOnExit();
            }
        });
    }
}
