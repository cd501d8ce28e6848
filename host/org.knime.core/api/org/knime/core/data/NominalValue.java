package org.knime.core.data;

/** Content that takes one of a limited set of values. */
public interface NominalValue extends DataValue {
}
