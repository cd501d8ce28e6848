package org.spectralsignatures.host.workflow;

import java.util.Set;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;

/** Takes results and messages out of what is saved of a node, metanode, component or workflow that was executed. */
final class Reset {

    private static final String STATE = "state";

    private static final String IDLE = "IDLE";

    private static final String CONFIGURED = "CONFIGURED";

    private Reset() {
    }

    /**
     * @param settings all that is saved of it
     * @param configured whether it is configured when it has not been executed
     * @return whether anything changed
     */
    static boolean apply(final Config settings, final boolean configured) throws InvalidSettingsException {
        final String state = settings.getString(STATE, IDLE);
        if (Set.of(IDLE, CONFIGURED).contains(state)) {
            return false;
        }
        settings.addEntry(STATE, "xstring", configured ? CONFIGURED : IDLE);
        if (settings.containsKey("nodecontainer_message")) {
            final Config message = settings.addConfig("nodecontainer_message");
            message.addString("type", "RESET");
            message.addString("message", "");
        }
        if (settings.containsKey("hasContent")) {
            settings.addEntry("hasContent", "xboolean", "false");
        }
        for (String results : new String[]{"ports", "flow_stack", "internalObjects"}) {
            if (settings.containsKey(results)) {
                settings.addConfig(results);
            }
        }
        if (settings.containsKey("filestores")) {
            final Config stores = settings.getConfig("filestores");
            stores.addEntry("file_store_location", "xstring", null);
            stores.addEntry("file_store_id", "xstring", null);
        }
        return true;
    }
}
