package org.knime.core.data;

/** A view on the content of a cell; each kind of content has an interface of its own. */
public interface DataValue {
}
