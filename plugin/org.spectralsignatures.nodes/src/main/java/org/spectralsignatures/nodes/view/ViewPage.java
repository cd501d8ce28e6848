package org.spectralsignatures.nodes.view;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.knime.core.webui.page.FromFilePage;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.InputStreamSupplier;
import org.knime.core.webui.page.Page.RequireFromFileOrString;
import org.osgi.framework.FrameworkUtil;

/**
 * The page of a view: a JavaScript module of the folder {@code web}, whose default export draws into a shadow root, and the modules
 * that it imports.
 */
public final class ViewPage {

    private static final String FOLDER = "web";

    private static final List<String> SHARED = List.of("service.js", "dom.js", "pages.js", "style.js");

    private static final List<String> CHARTS = List.of("charts.js", "lib/echarts.esm.min.js");

    private ViewPage() {
    }

    /**
     * @param module name of the module, for example {@code gallery.js}
     * @param more further modules that it imports, beside the shared ones
     * @return the page, without charts
     */
    public static Function<RequireFromFileOrString, Page> of(final String module, final String... more) {
        return start -> page(start, module, List.of(more));
    }

    /** As {@link #of}, with charts. */
    public static Function<RequireFromFileOrString, Page> withCharts(final String module, final String... more) {
        final var all = new ArrayList<>(CHARTS);
        all.addAll(List.of(more));
        return start -> page(start, module, all);
    }

    private static Page page(final RequireFromFileOrString start, final String module, final List<String> more) {
        final var files = new ArrayList<>(SHARED);
        files.addAll(more);
        // KNIME looks for files at the root of the bundle, which only an unpacked bundle has
        final boolean unpacked = FrameworkUtil.getBundle(ViewPage.class).getEntry(".") != null;
        if (unpacked) {
            final FromFilePage page = start.fromFile().bundleClass(ViewPage.class).basePath(FOLDER).relativeFilePath(module);
            files.forEach(page::addResourceFile);
            return page;
        }
        final Page page = start.fromString((InputStreamSupplier)() -> open(module), StandardCharsets.UTF_8).relativePath(module);
        files.forEach(file -> page.addResource(() -> open(file), file, StandardCharsets.UTF_8));
        return page;
    }

    private static InputStream open(final String file) {
        return ViewPage.class.getResourceAsStream("/" + FOLDER + "/" + file);
    }
}
