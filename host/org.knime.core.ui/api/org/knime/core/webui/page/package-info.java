/** Pages of views and what lies beside them. */
package org.knime.core.webui.page;
