package org.spectralsignatures.nodes.auditor;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Backdoor Auditor'. */
final class BackdoorAuditorNodeView {

    private BackdoorAuditorNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                On top the conclusion in one sentence, and what to do next. Below it all classes with their verdicts, the most suspicious
                first; of the chosen one the suspicious images with what they look like, and below a line those next to them, which were
                given back, for comparison. At the end the pairs of classes between which images flow. Where the images carry a flag of a
                Backdoor Injector, the view also says how much of the known poison was found.
                """) //
            .page(ViewPage.of("auditor.js", "images.js", "verdict.js")) //
            .initialData(data -> data.data(input -> new AuditExplorer(input.getInternalTables()).overview())) //
            .dataService(service -> service.handler(input -> new AuditExplorer(input.getInternalTables())));
    }
}
