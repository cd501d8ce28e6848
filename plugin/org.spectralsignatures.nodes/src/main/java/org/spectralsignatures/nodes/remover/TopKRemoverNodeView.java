package org.spectralsignatures.nodes.remover;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Top-k Remover'. */
final class TopKRemoverNodeView {

    private TopKRemoverNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                The images of a class by score: above a line those that were removed, below it those that were kept, the nearest first. Above them
                all classes, the most suspicious first, each with what its scores say (poisoned, nothing found, or cannot tell, and why), what was
                removed and, where the images carry a flag, how much of it was poison and how much poison is left.
                """) //
            .page(ViewPage.of("remover.js", "images.js", "verdict.js")) //
            .initialData(data -> data.data(input -> new RemovedImages(RemovedImages.Kept.of(input.getInternalTables())).overview())) //
            .dataService(service -> service.handler(input -> new RemovedImages(RemovedImages.Kept.of(input.getInternalTables()))));
    }
}
