package org.knime.core.webui.data;

import java.util.Optional;

/** Has services for a page. */
public interface DataServiceProvider {

    /** @return the service of the first data; empty if there is none */
    <D> Optional<InitialDataService<D>> createInitialDataService();

    /** @return the service of further data; empty if there is none */
    Optional<RpcDataService> createRpcDataService();
}
