package org.spectralsignatures.nodes.transfer;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.history.LearningHistory;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Transfer Learner'. */
final class TransferLearnerNodeView {

    private TransferLearnerNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                Loss and accuracy over the epochs, of the training images and, where they are connected, of the validation images, above the
                length of the optimiser's steps; what was trained, how fast, why it ended, and whether a backdoor may not have been learned.
                """) //
            .page(ViewPage.withCharts("learner.js")) //
            .initialData(data -> data.data(input -> LearningHistory.of(LearningHistory.Kept.of(input.getInternalTables()))));
    }
}
