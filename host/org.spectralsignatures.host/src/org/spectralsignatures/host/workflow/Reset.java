package org.spectralsignatures.host.workflow;

import java.util.Set;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.settings.ConfigAccess;

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
        settings.addString(STATE, configured ? CONFIGURED : IDLE);
        ConfigAccess.remove(settings, "nodecontainer_message");
        if (settings.containsKey("hasContent")) {
            settings.addBoolean("hasContent", false);
        }
        for (String results : new String[]{"ports", "flow_stack", "internalObjects"}) {
            if (settings.containsKey(results)) {
                settings.addConfig(results);
            }
        }
        if (settings.containsKey("filestores")) {
            final Config stores = settings.getConfig("filestores");
            stores.addString("file_store_location", null);
            stores.addString("file_store_id", null);
        }
        return true;
    }
}
