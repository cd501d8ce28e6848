package org.spectralsignatures.nodes.resizer;

import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.DefaultView.ViewInput;
import org.spectralsignatures.nodes.view.Gallery;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Image Resizer'. */
final class ImageResizerNodeView {

    private ImageResizerNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                The images in their new size, page by page: by class where it is clear which column holds the classes, else all together.
                """) //
            .page(ViewPage.of("gallery.js", "images.js")) //
            .initialData(data -> data.data(input -> gallery(input).overview())) //
            .dataService(service -> service.handler(ImageResizerNodeView::gallery));
    }

    private static Gallery gallery(final ViewInput input) {
        final BufferedDataTable[] tables = input.getInternalTables();
        return Gallery.ofImages("Resized images", tables[0], ViewFacts.read(tables[1]).get(ImageResizerNodeModel.IMAGE_COLUMN));
    }
}
