package org.spectralsignatures.nodes.settings;

import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;

/**
 * Settings that are refused where they can be refused without harm. KNIME drops the settings of a saved workflow that
 * {@link #validate()} refuses, and then runs the node with its defaults. So those are taken as they stand, see
 * {@link SavedSettings}, and {@link #requireUsable()} keeps the node from being configured; only what is wrong in a dialog is
 * refused by {@link #validate()}.
 */
public abstract class CheckedParameters implements NodeParameters {

    private transient boolean m_saved; // NOSONAR no setting: KNIME keeps fields that are not private

    private transient List<String> m_unreadable = List.of(); // NOSONAR

    /** @throws InvalidSettingsException if a value is out of range, whatever is connected; the message names setting, value and range */
    protected abstract void check() throws InvalidSettingsException;

    /** @throws InvalidSettingsException if a value is not all right */
    protected static void require(final boolean allRight, final String title, final Object value, final String range) throws InvalidSettingsException {
        if (!allRight) {
            throw new InvalidSettingsException("'%s' is %s, but must be %s.".formatted(title, value, range));
        }
    }

    /** Called by {@link SavedSettings} with what could not be read; those settings have their defaults. */
    final void saved(final List<String> unreadable) {
        m_saved = true;
        m_unreadable = List.copyOf(unreadable);
    }

    @Override
    public final void validate() throws InvalidSettingsException {
        if (!m_saved) {
            check();
        }
    }

    /**
     * To be called whenever the node is configured.
     *
     * @throws InvalidSettingsException if a setting could not be read or is out of range; the message names it
     */
    public final void requireUsable() throws InvalidSettingsException {
        if (!m_unreadable.isEmpty()) {
            throw new InvalidSettingsException(String.join(" ", m_unreadable) + " Open the dialog and choose again.");
        }
        check();
    }
}
