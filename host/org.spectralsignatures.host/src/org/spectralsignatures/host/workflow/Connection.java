package org.spectralsignatures.host.workflow;

/**
 * A connection between two nodes. Port 0 is the flow variable port, the first real one is 1.
 *
 * @param source id of the node that gives
 * @param sourcePort its output
 * @param dest id of the node that takes
 * @param destPort its input
 */
public record Connection(int source, int sourcePort, int dest, int destPort) {
}
