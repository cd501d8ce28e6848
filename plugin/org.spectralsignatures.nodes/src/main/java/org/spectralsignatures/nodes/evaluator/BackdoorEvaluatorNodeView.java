package org.spectralsignatures.nodes.evaluator;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Backdoor Evaluator'. */
final class BackdoorEvaluatorNodeView {

    private BackdoorEvaluatorNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                Clean accuracy and attack success rate of each network, and the poison removed and left. Below, for a chosen network and for clean
                or marked images, which classes were taken for which; and how well the probability of the target tells marked images from
                clean ones (ROC), images of the target itself left out.
                """) //
            .page(ViewPage.withCharts("evaluator.js", "confusion.js")) //
            .initialData(data -> data.data(input -> new BackdoorReport(BackdoorReport.Kept.of(input.getInternalTables())).overview())) //
            .dataService(service -> service.handler(input -> new BackdoorReport(BackdoorReport.Kept.of(input.getInternalTables()))));
    }
}
