/** What the page of a view asks the node for. */
package org.knime.core.webui.data;
