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
                first. Of the chosen class the marks that its images share: a picture of each, how many images carry it, and which share of
                other classes' images it turns into the class. Choose one that is called poison to see the images that carry it, the most
                evident first, and below a line other images of the class for comparison. Where the images carry a flag of a Backdoor Injector, the view
                also says how much of the known poison was found.
                """) //
            .page(ViewPage.of("auditor.js", "images.js", "verdict.js")) //
            .initialData(data -> data.data(input -> new AuditExplorer(AuditExplorer.Kept.of(input.getInternalTables())).overview())) //
            .dataService(service -> service.handler(input -> new AuditExplorer(AuditExplorer.Kept.of(input.getInternalTables()))));
    }
}
