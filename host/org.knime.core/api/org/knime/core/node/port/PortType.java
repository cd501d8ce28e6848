package org.knime.core.node.port;

import java.util.Objects;

/** A kind of port: which class of objects it takes and whether it may stay unconnected. */
public final class PortType {

    private final Class<? extends PortObject> m_objectClass;

    private final Class<? extends PortObjectSpec> m_specClass;

    private final boolean m_optional;

    private final String m_name;

    PortType(final Class<? extends PortObject> objectClass, final Class<? extends PortObjectSpec> specClass, final boolean optional,
        final String name) {
        m_objectClass = objectClass;
        m_specClass = specClass;
        m_optional = optional;
        m_name = name;
    }

    /** @return a name for users */
    public String getName() {
        return m_name;
    }

    /** @return the class of the objects */
    public Class<? extends PortObject> getPortObjectClass() {
        return m_objectClass;
    }

    /** @return the class of their specs */
    public Class<? extends PortObjectSpec> getPortObjectSpecClass() {
        return m_specClass;
    }

    /** @return whether the port may stay unconnected */
    public boolean isOptional() {
        return m_optional;
    }

    /** @return whether an output of the other type may be connected to an input of this one */
    public boolean isSuperTypeOf(final PortType subType) {
        return m_objectClass.isAssignableFrom(subType.m_objectClass);
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof PortType other && m_objectClass == other.m_objectClass && m_optional == other.m_optional;
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_objectClass, m_optional);
    }

    @Override
    public String toString() {
        return m_name + (m_optional ? " (optional)" : "");
    }
}
