package org.spectralsignatures.host.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.ConfigurationScope;
import org.eclipse.core.runtime.preferences.IPreferenceFilter;
import org.eclipse.core.runtime.preferences.IPreferencesService;
import org.eclipse.core.runtime.preferences.InstanceScope;

/** A file of preferences, as Eclipse exports them. They hold until the process ends; extensions read them as they would read those of a workspace. */
final class PreferenceFile {

    private static final List<String> SCOPES = List.of(InstanceScope.SCOPE, ConfigurationScope.SCOPE);

    /** All nodes of a scope. */
    private record All(String scope) implements IPreferenceFilter {

        @Override
        public String[] getScopes() {
            return new String[]{scope};
        }

        @Override
        @SuppressWarnings("rawtypes") // so Eclipse has it
        public Map getMapping(final String asked) {
            return null; // NOSONAR which means all
        }
    }

    private PreferenceFile() {
    }

    /**
     * Takes over what a file says for the workspace and the installation, as KNIME does.
     *
     * @param file null for none
     * @return a note for people where the file says nothing for either; else empty
     * @throws RefusedException if it is no such file; the message names it
     */
    static String take(final Path file) {
        if (file == null) {
            return "";
        }
        final IPreferencesService service = Platform.getPreferencesService();
        try {
            final byte[] text = Files.readAllBytes(file);
            service.applyPreferences(service.readPreferences(new ByteArrayInputStream(text)), SCOPES.stream().map(All::new).toArray(All[]::new));
            return holdsAny(text) ? "" : ("-preferences: '%s' holds no preferences of the workspace (lines that begin with /instance/) or the installation (/configuration/),"
                + " or lacks the line file_export_version=3.0: nothing was taken over").formatted(file);
        } catch (CoreException | IOException | IllegalArgumentException e) { // the last one of an escape that is none
            throw new RefusedException("-preferences: '%s' is no file of preferences that Eclipse exported (%s).".formatted(file, e.getMessage()));
        }
    }

    /** Without its version Eclipse takes a file for one of a kind of long ago, and what it says for something else. */
    private static boolean holdsAny(final byte[] text) throws IOException {
        final var lines = new Properties();
        lines.load(new ByteArrayInputStream(text));
        return lines.containsKey("file_export_version")
            && lines.stringPropertyNames().stream().anyMatch(name -> SCOPES.stream().anyMatch(scope -> name.startsWith("/" + scope + "/")));
    }
}
