package org.spectralsignatures.nodes.predictor;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Image Classifier Predictor'. */
final class ImageClassifierPredictorNodeView {

    private ImageClassifierPredictorNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                How sure the network is of its predictions. Where the table has a column 'Label': accuracy, which classes were taken for which,
                and the images that were taken for another class, the most confident errors first.
                """) //
            .page(ViewPage.withCharts("predictor.js", "confusion.js")) //
            .initialData(data -> data.data(input -> new PredictionExplorer(input.getInternalTables()).overview())) //
            .dataService(service -> service.handler(input -> new PredictionExplorer(input.getInternalTables())));
    }
}
