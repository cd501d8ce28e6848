package org.spectralsignatures.nodes.injector;

import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;
import org.spectralsignatures.nodes.view.ViewPage;

/** The view of the node 'Backdoor Injector'. */
final class BackdoorInjectorNodeView {

    private BackdoorInjectorNodeView() {
    }

    static DefaultView describe(final RequireViewParameters start) {
        return start.withoutParameters() //
            .description("""
                Each image that this node marked beside its original, with a close-up of the mark or, where it covers much of the image, the
                enlarged difference of both. Above them the trigger on grey and the numbers of the attack, below them the poisoned set by class.
                """) //
            .page(ViewPage.of("injector.js", "images.js")) //
            .initialData(data -> data.data(input -> new InjectedImages(InjectedImages.Kept.of(input.getInternalTables())).overview())) //
            .dataService(service -> service.handler(input -> new InjectedImages(InjectedImages.Kept.of(input.getInternalTables()))));
    }
}
