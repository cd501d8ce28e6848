package org.knime.node.parameters.persistence;

/** Something that is saved with a node's settings, field by field. */
public interface Persistable {
}
