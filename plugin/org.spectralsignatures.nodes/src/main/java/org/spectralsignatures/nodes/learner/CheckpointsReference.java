package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.updates.util.BooleanReference;

/** Stands for the setting 'Checkpoints'. */
final class CheckpointsReference implements BooleanReference {
}
