package org.knime.core.data;

import java.util.Objects;

/** The cell without content. */
public final class MissingCell extends DataCell implements MissingValue {

    private final String m_error;

    /** @param error why there is no content, may be null */
    public MissingCell(final String error) {
        m_error = error;
    }

    @Override
    public String getError() {
        return m_error;
    }

    @Override
    public boolean isMissing() {
        return true;
    }

    @Override
    public String toString() {
        return "?";
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return Objects.equals(m_error, ((MissingCell)dc).m_error);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(m_error);
    }
}
