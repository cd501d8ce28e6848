package org.spectralsignatures.host.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The temporary folder that the launcher makes for a run: Equinox keeps its configuration there, the arguments stand in it as they were
 * given, and a file says that the run came to its end, which the launcher otherwise takes for a failure.
 */
public final class RunArea {

    private static final String PROPERTY = "spectralsignatures.area";

    private static final String ARGUMENTS = "arguments";

    private static final String ENDED = "ended";

    private final Path m_path;

    /** The area that the launcher names by a system property; without one there is nothing to do. */
    public RunArea() {
        final String path = System.getProperty(PROPERTY);
        m_path = path == null ? null : Path.of(path).toAbsolutePath();
    }

    /** @return whether a launcher waits for the end of the process, to remove the area */
    public boolean isLaunched() {
        return m_path != null;
    }

    /** Makes this process an owner of the area, and removes what dead processes left. */
    public void enter() {
        if (m_path != null) {
            try {
                Files.createDirectories(m_path);
                Owner.sign(m_path);
            } catch (IOException e) { // NOSONAR
                // an area that is not signed is not swept: no reason not to run
            }
            Owner.sweep(m_path.getParent());
        }
        Owner.sweep(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @return the arguments of the run, each ended by a zero byte, which no argument can hold; empty if the launcher wrote none */
    public Optional<List<String>> arguments() throws IOException {
        if (m_path == null || !Files.isRegularFile(m_path.resolve(ARGUMENTS))) {
            return Optional.empty();
        }
        final String text = new String(Files.readAllBytes(m_path.resolve(ARGUMENTS)),
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        return Optional.of(text.isEmpty() ? List.of() : Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1)));
    }

    /** Tells the launcher that the run came to its end, well or not. */
    public void ended() throws IOException {
        if (m_path != null) {
            Files.createFile(m_path.resolve(ENDED));
        }
    }

    /** Removes the area, since there is no launcher any more that would. */
    public void remove() throws IOException {
        if (m_path != null) {
            TemporaryFolder.delete(m_path);
        }
    }
}
