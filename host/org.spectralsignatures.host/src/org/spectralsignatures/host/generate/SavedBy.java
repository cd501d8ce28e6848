package org.spectralsignatures.host.generate;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What KNIME notes in a workflow of who saved it and where its nodes come from, and what no node knows: the file {@value #FILE} of the folder
 * with the texts. Its keys are those of the entries in KNIME's files.
 */
final class SavedBy {

    static final String FILE = "saved-by.properties";

    private final Path m_file;

    private final Properties m_properties = new Properties();

    private SavedBy(final Path file) {
        m_file = file;
    }

    static SavedBy read(final Path folder) throws IOException {
        final var savedBy = new SavedBy(folder.resolve(FILE));
        try (Reader in = Files.newBufferedReader(savedBy.m_file, StandardCharsets.UTF_8)) {
            savedBy.m_properties.load(in);
        }
        return savedBy;
    }

    /** @throws IOException if the file does not say */
    String get(final String key) throws IOException {
        final String value = m_properties.getProperty(key);
        if (value == null) {
            throw new IOException("'" + m_file + "' has no entry '" + key + "'.");
        }
        return value;
    }
}
