package org.spectralsignatures.nodes.reader;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.DefaultView.ViewInput;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Labelled Image Reader'. */
final class LabelledImageReaderNodeView {

    private LabelledImageReaderNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                On top what the <i>Report</i> says, at first sight: how many images of each class were read, in each part of the set, and which were not
                and why; sizes and modes of the files; classes that are too small for a verdict; and images that are the same or nearly, side by side with
                their classes and files, those with two labels first. Below that the images by class, page by page; <i>All classes</i> takes one image of
                each class in turn.
                """) //
            .page(ViewPage.of("reader.js", "images.js")) //
            .initialData(data -> data.data(input -> images(input).overview())) //
            .dataService(service -> service.handler(LabelledImageReaderNodeView::images));
    }

    private static ReadImages images(final ViewInput input) {
        return new ReadImages(ReadImages.Kept.of(input.getInternalTables()));
    }
}
