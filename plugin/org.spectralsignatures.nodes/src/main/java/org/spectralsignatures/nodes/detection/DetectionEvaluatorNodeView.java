package org.spectralsignatures.nodes.detection;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Detection Evaluator'. */
final class DetectionEvaluatorNodeView {

    private DetectionEvaluatorNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                For a chosen class with poison: the ROC curve, precision against recall, and how much poison is left after a share of the class was
                removed, the highest scores first. Below, the detections and what the poison does to the spectrum of the class.
                """) //
            .page(ViewPage.withCharts("detection.js")) //
            .initialData(data -> data.data(input -> new DetectionCurves(DetectionCurves.Kept.of(input.getInternalTables())).overview())) //
            .dataService(service -> service.handler(input -> new DetectionCurves(DetectionCurves.Kept.of(input.getInternalTables()))));
    }
}
