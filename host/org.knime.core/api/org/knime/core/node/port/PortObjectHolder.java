package org.knime.core.node.port;

/** A node model that keeps objects beside its outputs, for its view; the engine saves and restores them. */
public interface PortObjectHolder {

    /** @return what the last execution kept; null for nothing */
    PortObject[] getInternalPortObjects();

    /** Gives back what was saved. */
    void setInternalPortObjects(PortObject[] portObjects);
}
