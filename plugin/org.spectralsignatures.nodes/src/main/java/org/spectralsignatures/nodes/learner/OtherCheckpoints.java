package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.training.CheckpointOptions;

/** What becomes of checkpoints that a training cannot go on from. */
enum OtherCheckpoints {
    /** Nothing. */
    @Label(value = "Fail", description = "The node ends with an error that says what differs, before it trains.")
    FAIL(CheckpointOptions.Others.REFUSE),

    /** They stay. */
    @Label(value = "Begin anew and keep it", description = """
        The training begins at its first epoch, and the node warns of the other checkpoint: for loops, whose turns train with other data or settings.
        """)
    KEEP(CheckpointOptions.Others.KEEP),

    /** They go. */
    @Label(value = "Begin anew and delete it", description = "The same, but the other checkpoint is deleted.")
    DELETE(CheckpointOptions.Others.DELETE);

    final CheckpointOptions.Others m_others;

    OtherCheckpoints(final CheckpointOptions.Others others) {
        m_others = others;
    }
}
