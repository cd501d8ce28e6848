package org.spectralsignatures.nodes.reader;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.DefaultView.ViewInput;
import org.spectralsignatures.nodes.view.Gallery;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Labelled Image Reader'. */
final class LabelledImageReaderNodeView {

    private LabelledImageReaderNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                The images by class, page by page, with the number of images in each class and their size. <i>All classes</i> takes one image of each
                class in turn.
                """) //
            .page(ViewPage.of("gallery.js", "images.js")) //
            .initialData(data -> data.data(input -> gallery(input).overview())) //
            .dataService(service -> service.handler(LabelledImageReaderNodeView::gallery));
    }

    private static Gallery gallery(final ViewInput input) {
        return Gallery.of(input.getInternalTables(), "Images");
    }
}
