package org.spectralsignatures.nodes.scorer;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Spectral Signature Scorer'. */
final class SpectralSignatureScorerNodeView {

    private SpectralSignatureScorerNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                The scores of one class as a histogram, clean against poisoned images where the images carry a flag, with the cut-off that the
                scores themselves show. Beside it all classes, the most suspicious first, and the singular values of the class. Choosing a bar
                lists its images; choosing a class shows it.
                """) //
            .page(ViewPage.withCharts("scorer.js")) //
            .initialData(data -> data.data(input -> new ScoreExplorer(input.getInternalTables()).overview())) //
            .dataService(service -> service.handler(input -> new ScoreExplorer(input.getInternalTables())));
    }
}
