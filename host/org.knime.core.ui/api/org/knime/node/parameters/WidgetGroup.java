package org.knime.node.parameters;

/** Something whose fields are shown in a dialog. */
public interface WidgetGroup {
}
