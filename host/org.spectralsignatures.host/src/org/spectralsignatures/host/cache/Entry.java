package org.spectralsignatures.host.cache;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.config.Config;

/**
 * An entry that was taken: its files lie where nobody else clears them, and are what was written.
 *
 * @param list what {@link NewEntry} wrote beside them
 * @param folder of the files
 */
record Entry(ModelContentRO list, Path folder) {

    private static final int SUM = 64;

    /** An entry is not what was written. */
    static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        DamagedException(final String what) {
            super(what);
        }
    }

    /**
     * Takes an entry. Its files are linked, or copied where links cannot be made: another run may clear the entry at any time.
     *
     * @param from its folder
     * @param to a new folder for the files
     * @throws NoSuchFileException if it is not there, or is cleared right now
     * @throws DamagedException if it is not what was written
     */
    static Entry take(final Path from, final Path to) throws IOException {
        final byte[] content = Files.readAllBytes(from.resolve(NewEntry.LIST));
        final var list = new ModelContent(NewEntry.LIST);
        try {
            final String sum = new String(content, 0, Math.min(SUM, content.length), StandardCharsets.US_ASCII);
            final byte[] xml = content.length <= SUM ? new byte[0] : Arrays.copyOfRange(content, SUM + 1, content.length);
            final MessageDigest digest = Sha256.digest();
            digest.update(xml);
            if (!Sha256.hex(digest).equals(sum)) {
                throw new DamagedException("its list is not what was written");
            }
            list.load(new ByteArrayInputStream(xml));
            Files.createDirectories(to);
            final Config files = list.getModelContent("files");
            for (String name : files) {
                link(from.resolve(name), to.resolve(name));
                check(to.resolve(name), files.getConfig(name));
            }
        } catch (InvalidSettingsException e) {
            throw new DamagedException("its list says too little: " + e.getMessage());
        }
        return new Entry(list, to);
    }

    private static void link(final Path from, final Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) { // NOSONAR another file system
            Files.copy(from, to);
        }
    }

    private static void check(final Path file, final Config facts) throws IOException, InvalidSettingsException {
        if (Files.size(file) != facts.getLong("bytes")) {
            throw new DamagedException("'" + file.getFileName() + "' has " + Files.size(file) + " bytes instead of " + facts.getLong("bytes"));
        }
        if (!Sha256.of(file).equals(facts.getString("sha256"))) {
            throw new DamagedException("the bytes of '" + file.getFileName() + "' are not those that were written");
        }
    }
}
