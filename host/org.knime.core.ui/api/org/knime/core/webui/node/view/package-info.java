/** Views of nodes. */
package org.knime.core.webui.node.view;
