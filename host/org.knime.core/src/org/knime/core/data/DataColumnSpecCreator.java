package org.knime.core.data;

/** Makes a {@link DataColumnSpec}. */
public final class DataColumnSpecCreator {

    private String m_name;

    private DataType m_type;

    private DataColumnDomain m_domain = new DataColumnDomainCreator().createDomain();

    private DataColumnProperties m_properties = new DataColumnProperties();

    /** A column of which nothing more is known. */
    public DataColumnSpecCreator(final String name, final DataType type) {
        setName(name);
        m_type = type;
    }

    /** @param cspec the column to start from */
    public DataColumnSpecCreator(final DataColumnSpec cspec) {
        m_name = cspec.getName();
        m_type = cspec.getType();
        m_domain = cspec.getDomain();
        m_properties = cspec.getProperties();
    }

    /** @param name without spaces around it, not empty */
    public void setName(final String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("A column needs a name.");
        }
        m_name = name.trim();
    }

    /** @param type of the cells */
    public void setType(final DataType type) {
        m_type = type;
    }

    /** @param domain null for nothing known */
    public void setDomain(final DataColumnDomain domain) {
        m_domain = domain == null ? new DataColumnDomainCreator().createDomain() : domain;
    }

    /** @param props the notes */
    public void setProperties(final DataColumnProperties props) {
        m_properties = props;
    }

    /** @return the column */
    public DataColumnSpec createSpec() {
        return new DataColumnSpec(m_name, m_type, m_domain, m_properties);
    }
}
