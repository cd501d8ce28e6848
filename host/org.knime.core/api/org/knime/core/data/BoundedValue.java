package org.knime.core.data;

/** A value whose smallest and largest are noted in the domain of its column. */
public interface BoundedValue extends DataValue {
}
