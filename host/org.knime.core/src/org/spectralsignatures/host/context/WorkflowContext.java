package org.spectralsignatures.host.context;

import java.nio.file.Path;

/** The folder of the workflow that the calling thread works for; {@code knime://knime.workflow/} points there. */
public final class WorkflowContext {

    private static final ThreadLocal<Path> FOLDER = new ThreadLocal<>();

    private WorkflowContext() {
    }

    /** @param folder null for none */
    public static void set(final Path folder) {
        if (folder == null) {
            FOLDER.remove();
        } else {
            FOLDER.set(folder);
        }
    }

    /** @return the folder, null if the thread works for no workflow */
    public static Path get() {
        return FOLDER.get();
    }
}
