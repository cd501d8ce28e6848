package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.host.app.ExitCode;

import com.fasterxml.jackson.databind.JsonNode;

/** The report of a run and the views in it, as a browser shows them. */
class ReportTest {

    /** All views that are in the page, as pairs of the node's heading and the view's element. */
    private static final String VIEWS = "[...document.querySelectorAll('.node')].filter(n => n.querySelector('.view'))"
        + ".map(n => [n.querySelector('h3').textContent, n.querySelector('.view').shadowRoot.querySelector('main')])";

    private static final String DRAWN = VIEWS + ".every(([, main]) => main && !main.hasAttribute('aria-busy'))";

    private static final String ROOTS = VIEWS + ".map(([, main]) => main)";

    private static final String ALL = "[document.querySelector('#report'), ..." + ROOTS + "]";

    @TempDir
    static Path folder;

    private static Run run;

    @BeforeAll
    static void runWorkflow() throws Exception {
        run = Run.of(Run.WORKFLOWS.resolve("Spectral Signatures"), folder.resolve("out"), "-option=1,imagesPerClass,120,int",
            "-option=1,testImagesPerClass,30,int", "-option=4,epochs,2,int", "-option=8,epochs,1,int", "-option=9,epochs,1,int");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
    }

    private static Path report() {
        return run.out().resolve("report.html");
    }

    private Browser browser() throws Exception {
        return new Browser(Browser.required());
    }

    @Test
    void isOneFileThatNeedsNoNetwork() throws Exception {
        final String page = Files.readString(report());
        final String markup = page.substring(0, page.indexOf("<script"));
        assertFalse(markup.contains("http:") || markup.contains("https:") || markup.contains("src="), markup);
        assertTrue(Files.size(report()) < 4_000_000, Files.size(report()) + " bytes");
        final var pictures = Pattern.compile("data:image/png;base64,[^\"]+").matcher(page).results().map(MatchResult::group).toList();
        assertTrue(pictures.size() > 100, pictures.size() + " pictures");
        assertEquals(pictures.size(), Set.copyOf(pictures).size(), "a picture stands there twice");
        assertTrue(run.text().contains("report.html"));
    }

    private static void check(final Browser browser, final String expression) throws Exception {
        final List<String> wrong = new ArrayList<>();
        browser.evaluate(expression).forEach(w -> wrong.add(w.asText()));
        assertEquals(List.of(), wrong);
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 400})
    void viewsAreDrawnWithoutComplaintAndWithoutCutText(final int width) throws Exception {
        try (var browser = browser()) {
            browser.open(report(), width, 800);
            browser.waitFor(DRAWN);
            final List<String> names = new ArrayList<>();
            browser.evaluate(VIEWS + ".map(([name]) => name)").forEach(n -> names.add(n.asText()));
            assertTrue(names.containsAll(List.of("Spectral Signature Scorer (#6)", "Layer Activation Extractor (#5)")), names::toString);
            assertEquals("[]", browser.evaluate(VIEWS
                + ".filter(([, m]) => m.querySelector('.error') || m.textContent.length < 40).map(([n, m]) => n + m.textContent)").toString());
            check(browser, PageChecks.cutText(ROOTS));
            check(browser, PageChecks.chartTexts(ROOTS));
            check(browser, PageChecks.missingValues(ROOTS));
            check(browser, PageChecks.names(ALL));
            check(browser, PageChecks.wider("[document.documentElement, ...document.querySelectorAll('.node > .view')]"));
            assertEquals(List.of(), browser.complaints());
            final String pictures = System.getProperty("spectralsignatures.pictures");
            for (String name : pictures == null ? List.<String> of() : names) {
                final JsonNode box = browser.evaluate("(([, m]) => { const r = m.getBoundingClientRect(); "
                    + "return {x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height}; })("
                    + VIEWS + ".find(([n]) => n === '" + name + "'))");
                browser.picture(box, Path.of(pictures, name.replaceAll("[^A-Za-z]+", "-") + width + ".png"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void textsAreReadOnLightAndOnDarkPages(final boolean dark) throws Exception {
        try (var browser = browser()) {
            browser.dark(dark);
            browser.open(report(), 1280, 800);
            browser.waitFor(DRAWN);
            for (String element : List.of("document.body", VIEWS + "[0][1].getRootNode().host")) {
                final int red = browser.evaluate("Number(getComputedStyle(" + element + ").backgroundColor.match(/\\d+/)[0])").asInt();
                assertTrue(dark ? red < 60 : red > 230, element + " " + red);
            }
            check(browser, PageChecks.contrast(ALL));
            browser.dark(!dark);
            for (int i = 0; i < 100 && browser.evaluate(PageChecks.contrast(ALL)).size() > 0; i++) {
                Thread.sleep(50); // charts follow a frame or two later
            }
            check(browser, PageChecks.contrast(ALL));
        }
    }

    @Test
    void headingsOfViewsStandBelowThoseOfTheirNodes() throws Exception {
        try (var browser = browser()) {
            browser.open(report(), 1280, 800);
            browser.waitFor(DRAWN);
            check(browser, PageChecks.headings("[document.querySelector('#report')]", 1));
            check(browser, PageChecks.headings(ROOTS, 4));
        }
    }

    @Test
    void showsTheWorkflowWithStatesAndTablesAndSettings() throws Exception {
        try (var browser = browser()) {
            browser.open(report(), 1280, 800);
            browser.waitFor(DRAWN);
            assertEquals(10, browser.evaluate("document.querySelectorAll('.graph a').length").asInt());
            assertTrue(browser.evaluate("document.querySelector('.graph a').getAttribute('aria-label')").asText().contains("executed"));
            assertEquals(run.table("Backdoor Evaluator (#10)", "Metrics").size(),
                browser.evaluate("[...document.querySelectorAll('#node-10 details')]"
                    + ".find(d => d.querySelector('summary').textContent.startsWith('Metrics')).querySelectorAll('tbody tr').length").asInt());
            assertTrue(browser.evaluate("document.querySelector('#node-1').textContent").asText().contains("imagesPerClass"));
            assertTrue(browser.evaluate("document.body.textContent").asText().contains(System.getProperty("java.version")));
        }
    }

    @Test
    void classOfTheScorerIsChosenWithTheKeyboard() throws Exception {
        final String main = "document.querySelector('#node-6 .view').shadowRoot";
        final String heading = main + ".querySelector('.card .head').textContent";
        try (var browser = browser()) {
            browser.open(report(), 1280, 800);
            browser.waitFor(DRAWN);
            browser.waitFor(main + ".querySelectorAll('tr[aria-selected]').length === 4");
            final String before = browser.evaluate(heading).asText();
            browser.evaluate(main + ".querySelector('tr[aria-selected=true]').focus()");
            browser.press("ArrowDown");
            final String next = browser.evaluate(main + ".activeElement.cells[0].textContent").asText();
            browser.press("Enter");
            browser.waitFor(heading + " === 'Scores of " + next + "'");
            assertFalse(before.endsWith(next), before);
        }
    }
}
