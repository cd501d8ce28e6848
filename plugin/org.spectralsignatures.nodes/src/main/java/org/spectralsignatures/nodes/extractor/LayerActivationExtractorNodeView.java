package org.spectralsignatures.nodes.extractor;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Layer Activation Extractor'. */
final class LayerActivationExtractorNodeView {

    private LayerActivationExtractorNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                What was extracted: the layer with its shape, the pooling, the number of images and of values an image, and the size of the file.
                Below, the images of each class, which must not be too few for a verdict, and all layers of the network with the size of the
                file that each would give for these images.
                """) //
            .page(ViewPage.of("extractor.js")) //
            .initialData(data -> data.data(input -> ExtractedActivations.read(ExtractedActivations.Kept.of(input.getInternalTables()))));
    }
}
