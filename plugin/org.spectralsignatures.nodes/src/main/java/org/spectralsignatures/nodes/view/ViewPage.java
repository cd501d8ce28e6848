package org.spectralsignatures.nodes.view;

import java.util.List;
import java.util.function.Function;

import org.knime.core.webui.page.FromFilePage;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;

/**
 * The page of a view: a JavaScript module of the folder {@code web}, whose default export draws into a shadow root, and the modules
 * that it imports.
 */
public final class ViewPage {

    private static final String FOLDER = "web";

    private static final List<String> SHARED = List.of("service.js", "dom.js", "style.js");

    private static final List<String> CHARTS = List.of("charts.js", "lib/echarts.esm.min.js");

    private ViewPage() {
    }

    /**
     * @param module name of the module, for example {@code scorer.js}
     * @param more further modules that it imports, beside the shared ones
     * @return the page, without charts
     */
    public static Function<RequireFromFileOrString, Page> of(final String module, final String... more) {
        return start -> page(start, module, List.of(more));
    }

    /** As {@link #of}, with charts. */
    public static Function<RequireFromFileOrString, Page> withCharts(final String module, final String... more) {
        return start -> {
            final FromFilePage page = page(start, module, List.of(more));
            CHARTS.forEach(page::addResourceFile);
            return page;
        };
    }

    private static FromFilePage page(final RequireFromFileOrString start, final String module, final List<String> more) {
        final FromFilePage page = start.fromFile().bundleClass(ViewPage.class).basePath(FOLDER).relativeFilePath(module);
        SHARED.forEach(page::addResourceFile);
        more.forEach(page::addResourceFile);
        return page;
    }
}
