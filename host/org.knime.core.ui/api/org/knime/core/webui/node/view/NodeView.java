package org.knime.core.webui.node.view;

import org.knime.core.webui.data.DataServiceProvider;
import org.knime.core.webui.page.Page;

/** A view of an executed node: a page and the services that it asks for data. */
public interface NodeView extends DataServiceProvider {

    /** @return the page */
    Page getPage();
}
