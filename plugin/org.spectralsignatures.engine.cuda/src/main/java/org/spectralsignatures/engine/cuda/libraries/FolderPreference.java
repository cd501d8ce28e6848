package org.spectralsignatures.engine.cuda.libraries;

import org.eclipse.core.runtime.preferences.InstanceScope;

/** The folder of NVIDIA's libraries that a preference of the workspace names, in KNIME or another Eclipse application; elsewhere there are none. */
final class FolderPreference {

    private static final String NODE = "org.spectralsignatures.engine.cuda";

    private static final String KEY = "libraries";

    /** As it stands in a file of exported preferences. */
    static final String NAME = NODE + "/" + KEY;

    /** Of its own, so that nothing of Eclipse's is loaded before it is asked for. */
    private static final class Eclipse {

        private Eclipse() {
        }

        static String value() {
            return InstanceScope.INSTANCE.getNode(NODE).get(KEY, "");
        }
    }

    private FolderPreference() {
    }

    /** @return the folder, or folders as in {@code PATH}; empty for none */
    static String value() {
        try {
            return Eclipse.value();
        } catch (LinkageError | RuntimeException e) { // NOSONAR there is no Eclipse here, or it has no workspace
            return "";
        }
    }
}
