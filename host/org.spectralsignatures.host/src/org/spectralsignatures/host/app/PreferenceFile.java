package org.spectralsignatures.host.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.ConfigurationScope;
import org.eclipse.core.runtime.preferences.IPreferenceFilter;
import org.eclipse.core.runtime.preferences.IPreferencesService;
import org.eclipse.core.runtime.preferences.InstanceScope;

/** A file of preferences, as Eclipse exports them. They hold until the process ends; extensions read them as they would read those of a workspace. */
final class PreferenceFile {

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
     * @throws RefusedException if it is no such file; the message names it
     */
    static void take(final Path file) {
        if (file == null) {
            return;
        }
        final IPreferencesService service = Platform.getPreferencesService();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            service.applyPreferences(service.readPreferences(in), Set.of(InstanceScope.SCOPE, ConfigurationScope.SCOPE).stream().map(All::new).toArray(All[]::new));
        } catch (CoreException | IOException | IllegalArgumentException e) { // the last one of an escape that is none
            throw new RefusedException("-preferences: '%s' is no file of preferences that Eclipse exported (%s).".formatted(file, e.getMessage()));
        }
    }
}
