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
                scores themselves show. Beside it all classes, the most suspicious first, each with what was found: poisoned, nothing found, or
                cannot tell, and why. Choosing a bar lists its images; choosing a class shows it. The count axis is logarithmic at first, so that
                a single image has a bar that can be seen beside one of hundreds. Pictures of the images stand in the view of the Top-k Remover.
                """) //
            .page(ViewPage.withCharts("scorer.js", "verdict.js")) //
            .initialData(data -> data.data(input -> new ScoreExplorer(ScoreExplorer.Kept.of(input.getInternalTables())).overview())) //
            .dataService(service -> service.handler(input -> new ScoreExplorer(ScoreExplorer.Kept.of(input.getInternalTables()))));
    }
}
