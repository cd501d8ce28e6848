package org.spectralsignatures.nodes.applier;

import java.util.Map;

import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.DefaultView.ViewInput;
import org.spectralsignatures.nodes.view.Gallery;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Trigger Applier'. */
final class TriggerApplierNodeView {

    private TriggerApplierNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                The marked images of the sample class, page by page, and the class that a network with the backdoor takes them for.
                """) //
            .page(ViewPage.of("gallery.js", "images.js")) //
            .initialData(data -> data.data(input -> gallery(input).overview())) //
            .dataService(service -> service.handler(TriggerApplierNodeView::gallery));
    }

    private static Gallery gallery(final ViewInput input) {
        final BufferedDataTable[] tables = input.getInternalTables();
        final Map<String, String> facts = ViewFacts.read(tables[1]);
        return new Gallery(Map.of("Marked images", tables[0]), facts.get(TriggerApplierNodeModel.IMAGE_COLUMN), facts.get(TriggerApplierNodeModel.LABEL_COLUMN));
    }
}
