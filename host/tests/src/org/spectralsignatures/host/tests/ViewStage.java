package org.spectralsignatures.host.tests;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;

import org.eclipse.core.runtime.Platform;
import org.osgi.framework.Bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A page with one view, whose node the test plays: it gives the first data, and the answers in the order that it likes. */
final class ViewStage {

    /** The view's element. */
    static final String MAIN = "document.querySelector('#view').shadowRoot.querySelector('main')";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path m_folder;

    private final Browser m_browser;

    /**
     * @param folder for the page and the modules
     * @param browser shows it
     */
    ViewStage(final Path folder, final Browser browser) throws IOException {
        m_folder = folder;
        m_browser = browser;
        final Bundle nodes = Platform.getBundle("org.spectralsignatures.nodes");
        for (URL file : Collections.list(nodes.findEntries("web", "*.js", true))) {
            final String path = file.getPath().substring(1);
            final Path copy = folder.resolve(path);
            Files.createDirectories(copy.getParent());
            try (InputStream in = file.openStream()) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * Shows a view.
     *
     * @param module of the view, without its ending
     * @param first what the node gives at first
     */
    void show(final String module, final JsonNode first, final int width) throws Exception {
        final Path page = m_folder.resolve(module + ".html");
        Files.writeString(page, """
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>View</title><body style="margin: 0"><div id="view"></div>
            <script type="application/json" id="first">%s</script>
            <script type="module">
            import show from "./web/%s.js";
            globalThis.questions = [];
            show(document.querySelector("#view").attachShadow({ mode: "open" }), {
                getConfig: () => ({ initialData: { result: JSON.parse(document.querySelector("#first").textContent) } }),
                callNodeDataService: ({ dataServiceRequest }) => new Promise((answer) => {
                    const { method, params } = JSON.parse(dataServiceRequest);
                    questions.push({ method, params, answer: (result) => answer({ result: JSON.stringify({ result }) }) });
                }),
            });
            </script></body></html>
            """.formatted(JSON.writeValueAsString(first).replace("<", "\\u003c"), module));
        m_browser.open(page, width, 900);
        m_browser.waitFor("document.querySelector('#view').shadowRoot && " + MAIN + " && !" + MAIN + ".hasAttribute('aria-busy')");
    }

    /** Chooses a value of the select with the given label, as a user does. */
    void choose(final String label, final String value) throws Exception {
        m_browser.evaluate("(() => { const s = [..." + MAIN + ".querySelectorAll('label.choice')].find(l => l.firstChild.textContent === '" + label
            + "').querySelector('select'); s.value = " + JSON.writeValueAsString(value) + "; s.dispatchEvent(new Event('change')); })()");
    }

    /** Answers a question, by its place in the order of questions. */
    void answer(final int question, final Object result) throws Exception {
        m_browser.evaluate("new Promise((done) => { questions[" + question + "].answer(" + JSON.writeValueAsString(result) + "); setTimeout(done, 20); })");
    }

    /** @return what the view says */
    String text() throws Exception {
        return m_browser.evaluate(MAIN + ".textContent").asText();
    }
}
