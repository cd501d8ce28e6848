package org.knime.core.webui.data;

import java.util.Optional;

/** Gives a view its data. */
public interface DataService {

    /** @return what to do when the service is no longer needed */
    Optional<Runnable> disposeRunnable();

    /** @return what to do when the service is not used for now */
    Optional<Runnable> deactivateRunnable();

    /** Makes a service. */
    interface DataServiceBuilder {

        /** Sets what to do when the service is no longer needed. */
        DataServiceBuilder onDispose(Runnable dispose);

        /** Sets what to do when the service is not used for now. */
        DataServiceBuilder onDeactivate(Runnable deactivate);
    }
}
