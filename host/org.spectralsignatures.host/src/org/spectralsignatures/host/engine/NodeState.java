package org.spectralsignatures.host.engine;

/** How far a node is. */
public enum NodeState {

    /** It cannot run as it is. */
    IDLE,

    /** It can run. */
    CONFIGURED,

    /** It runs. */
    EXECUTING,

    /** It has run. */
    EXECUTED,

    /** It failed. */
    FAILED,

    /** It was stopped. */
    CANCELLED
}
