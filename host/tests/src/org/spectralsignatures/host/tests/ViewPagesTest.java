package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Views whose node gives what no workflow of ours gives: names of every kind, many classes, values that are missing, late answers. */
class ViewPagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names that mean something to a browser, to JavaScript, or to a chart, or that do not fit. */
    private static final List<String> NAMES = List.of("<img src=x onerror='globalThis.hit = 1'>", "__proto__", "constructor", "null", "7", "קטגוריה ארוכה", "{value}",
        "a class of a name of many words that goes on and on", "y".repeat(300), "");

    @TempDir
    static Path folder;

    private static Browser browser;

    private static ViewStage stage;

    @BeforeAll
    static void start() throws Exception {
        browser = new Browser(Browser.required());
        stage = new ViewStage(folder, browser);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static void check(final String what, final String expression) throws Exception {
        final var wrong = new ArrayList<String>();
        browser.evaluate(expression).forEach(w -> wrong.add(w.asText()));
        assertEquals(List.of(), wrong, what);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1280})
    void namesOfEveryKindAreTextAndFit(final int width) throws Exception {
        for (var view : PlayedAnswers.views(NAMES).entrySet()) {
            stage.show(view.getKey(), view.getValue(), width);
            final String roots = "[" + ViewStage.MAIN + "]";
            check(view.getKey(), PageChecks.cutText(roots));
            check(view.getKey(), PageChecks.chartTexts(roots));
            check(view.getKey(), PageChecks.names(roots));
            check(view.getKey(), PageChecks.headings(roots, 1));
            assertFalse(stage.text().contains("cannot be shown"), stage.text());
            check(view.getKey(), PageChecks.wider("[document.documentElement, document.querySelector('#view')]"));
            assertEquals(0, browser.evaluate(ViewStage.MAIN + ".querySelectorAll('[onerror]').length").asInt());
            assertTrue(browser.evaluate("globalThis.hit === undefined").asBoolean());
        }
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void whatIsMissingIsADash() throws Exception {
        for (var view : PlayedAnswers.views(List.of("one")).entrySet()) {
            stage.show(view.getKey(), view.getValue(), 1280);
            check(view.getKey(), PageChecks.missingValues("[" + ViewStage.MAIN + "]"));
        }
        assertEquals(List.of(), browser.complaints());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 1000})
    void classesAreOneStopOfTheTabKey(final int classes) throws Exception {
        final var names = new ArrayList<String>();
        for (int i = 0; i < classes; i++) {
            names.add("class " + i);
        }
        for (var view : PlayedAnswers.views(names).entrySet()) {
            stage.show(view.getKey(), view.getValue(), 1280);
            final int stops = browser.evaluate(PageChecks.tabStops(ViewStage.MAIN)).asInt();
            assertTrue(stops <= 10, view.getKey() + ": " + stops);
        }
    }

    @Test
    void arrowKeysLeadThroughTheClasses() throws Exception {
        stage.show("scorer", PlayedAnswers.scorer(List.of("a", "b", "c"), PlayedAnswers.NOTHING, null), 1280);
        browser.evaluate(ViewStage.MAIN + ".querySelector('tr[aria-selected=true]').focus()");
        browser.press("ArrowDown");
        browser.press("ArrowDown");
        browser.press("ArrowDown");
        browser.press("Enter");
        assertEquals("[\"c\",false]", browser.evaluate("questions.findLast(q => q.method === 'histogram').params").toString());
    }

    @Test
    void answersThatLaterQuestionsHaveOvertakenAreDropped() throws Exception {
        final var names = List.of("one", "two", "three");
        stage.show("scorer", PlayedAnswers.scorer(names, PlayedAnswers.NOTHING, null), 1280);
        final int before = browser.evaluate("questions.length").asInt();
        stage.choose("Class", "two");
        stage.choose("Class", "three");
        stage.answer(before + 1, PlayedAnswers.bars("three"));
        stage.answer(before, PlayedAnswers.bars("two"));
        assertEquals("Scores of three", browser.evaluate(ViewStage.MAIN + ".querySelector('.card h2').textContent").asText());
        final int lists = browser.evaluate("questions.length").asInt();
        stage.choose("Scores", "0");
        stage.choose("Scores", "1");
        stage.answer(lists + 1, PlayedAnswers.page("late", "three"));
        stage.answer(lists, PlayedAnswers.page("early", "three"));
        assertTrue(stage.text().contains("late"));
        assertFalse(stage.text().contains("early"));

        stage.show("evaluator", PlayedAnswers.evaluator(names), 1280);
        stage.choose("Network", "after");
        stage.choose("Images", "marked");
        stage.answer(1, PlayedAnswers.confusions(List.of("last", "other")));
        stage.answer(0, PlayedAnswers.confusions(List.of("first", "other")));
        assertTrue(stage.text().contains("last"));
        assertFalse(stage.text().contains("first"));

        stage.show("detection", PlayedAnswers.detection(names), 1280);
        stage.choose("Class with poison", "two");
        stage.choose("Class with poison", "three");
        stage.answer(1, PlayedAnswers.curves("three"));
        stage.answer(0, PlayedAnswers.curves("two"));
        assertTrue(browser.evaluate(ViewStage.MAIN + ".querySelector('.chart').getAttribute('aria-label')").asText().contains("three"));

        stage.show("remover", PlayedAnswers.remover(names), 1280);
        stage.choose("Class", "1");
        stage.choose("Class", "2");
        stage.answer(3, PlayedAnswers.page("late", "three"));
        stage.answer(1, PlayedAnswers.page("early", "two"));
        assertTrue(stage.text().contains("late"));
        assertFalse(stage.text().contains("early"));
    }

    @Test
    void auditorShowsTheConclusionAndTheClassAndTheMarkThatWereChosenLast() throws Exception {
        final var names = List.of("one", "two", "three");
        stage.show("auditor", PlayedAnswers.auditor(names), 1280);
        assertEquals("One of them is poisoned: 'one'.", browser.evaluate(ViewStage.MAIN + ".querySelector('.conclusion').textContent").asText());
        assertTrue(stage.text().contains("Its images share a mark"), stage.text());
        assertTrue(stage.text().contains("turns 98.0 % of them into this class. These images were taken out."), stage.text());
        assertTrue(stage.text().contains("known poison"), "what is known is told from the verdict");
        assertTrue(stage.text().contains("The 3 most suspicious of 120 marks"), stage.text());
        stage.choose("Class", "1");
        assertFalse(stage.text().contains("Without it"), "a class without a mark");
        assertTrue(stage.text().contains("of which none was taken out"), stage.text());
        stage.choose("Class", "2");
        stage.answer(1, PlayedAnswers.audited("late", "three", null));
        stage.answer(0, PlayedAnswers.audited("overtaken", "two", null));
        assertTrue(stage.text().contains("late"));
        assertFalse(stage.text().contains("overtaken"));
        assertTrue(stage.text().contains("Mark 3: 22 images of three carry it; it was put on no image of another class. "
            + "It is not taken for poison, but for a natural similarity."), stage.text());
        stage.choose("Class", "-1");
        browser.evaluate(ViewStage.MAIN + ".querySelectorAll('.card')[1].querySelectorAll('tbody tr')[1].click()");
        stage.answer(2, PlayedAnswers.audited("second", "one", "one"));
        assertTrue(stage.text().contains("Mark 2: 22 images of one carry it; put on images of other classes it turns 98.0 % of them"), stage.text());
        assertTrue(stage.text().contains("second"), stage.text());
    }

    /** What the network takes no notice of is not taken out, but not hidden either. */
    @Test
    void auditorShowsTheImagesOfAMarkThatIsNotHeeded() throws Exception {
        final JsonNode answers = PlayedAnswers.auditor(List.of("one", "two"));
        ((ObjectNode)answers.at("/marks/2")).put("listed", true);
        stage.show("auditor", answers, 1280);
        stage.choose("Class", "1");
        stage.answer(0, PlayedAnswers.audited("carrier", "two", "one"));
        stage.answer(1, PlayedAnswers.audited("other", "two", null));
        assertTrue(stage.text().contains("judge them by eye"), stage.text());
        assertTrue(stage.text().contains("carrier"), stage.text());
        assertTrue(stage.text().contains("images of two that carry no mark"), stage.text());
    }

    @Test
    void readerShowsTheTwinsOfTheKindThatWasChosenLast() throws Exception {
        final var names = List.of("one", "two", "three");
        stage.show("reader", PlayedAnswers.reader(names), 1280);
        assertTrue(stage.text().contains("22 images of 2 classes have a twin (same pixels) in another class. One of the two labels is wrong"), stage.text());
        assertTrue(stage.text().contains("3 classes of 22 images; 3 with fewer than 50, too few for a verdict"), stage.text());
        assertTrue(stage.text().contains("… and 1 class more. The output Report lists all."), stage.text());
        assertTrue(stage.text().contains("1 pair is kept for this view"), "what is not shown is said");
        assertEquals(2, browser.evaluate(ViewStage.MAIN + ".querySelectorAll('.twin .mark').length").asInt(), "two labels are marked");
        final String kinds = ViewStage.MAIN + ".querySelector('.twins').closest('.split').querySelectorAll('tbody tr')";
        browser.evaluate(kinds + "[1].click()");
        browser.evaluate(kinds + "[0].click()");
        browser.evaluate(kinds + "[1].click()");
        assertEquals("[\"nearly the same, same class\",0]", browser.evaluate("questions.at(-1).params").toString());
        stage.answer(1, PlayedAnswers.twins("late", "late"));
        stage.answer(0, PlayedAnswers.twins("overtaken", "overtaken"));
        assertTrue(stage.text().contains("in the same class. Harmless as a rule"), stage.text());
        assertTrue(stage.text().contains("late") && !stage.text().contains("overtaken"), stage.text());
        assertEquals(0, browser.evaluate(ViewStage.MAIN + ".querySelectorAll('.twin .mark').length").asInt(), "one label is not");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readerIsReadOnLightAndOnDarkPages(final boolean dark) throws Exception {
        browser.dark(dark);
        stage.show("reader", PlayedAnswers.reader(List.of("one", "two")), 600);
        check("reader", PageChecks.contrast("[" + ViewStage.MAIN + "]"));
        browser.dark(false);
    }

    @Test
    void readerOrdersManyClassesByWhatWasRead() throws Exception {
        final JsonNode answers = PlayedAnswers.reader(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"));
        ((ObjectNode)answers.at("/report/classes/items/3")).put("read", 5);
        ((ObjectNode)answers.at("/report/classes/items/7")).put("faulty", 40);
        stage.show("reader", answers, 1280);
        final String top = ViewStage.MAIN + ".querySelector('.card tbody td').textContent";
        assertEquals("a", browser.evaluate(top).asText());
        stage.choose("Order", "few");
        assertEquals("d", browser.evaluate(top).asText());
        stage.choose("Order", "faulty");
        assertEquals("h", browser.evaluate(top).asText());
    }

    /** A node that was executed before there was a report kept the images alone. */
    @Test
    void readerWithoutAReportShowsTheImages() throws Exception {
        final JsonNode answers = PlayedAnswers.reader(List.of("one", "two"));
        ((ObjectNode)answers).putNull("report").putNull("pairs");
        stage.show("reader", answers, 1280);
        assertTrue(stage.text().startsWith("Images44 images in 2 classes"), stage.text());
        assertEquals(0, browser.evaluate(ViewStage.MAIN + ".querySelectorAll('.card').length").asInt());
    }

    @Test
    void readerSaysThatNothingIsToBeSaid() throws Exception {
        final JsonNode answers = PlayedAnswers.reader(List.of("one", "two"));
        final var report = (ObjectNode)answers.get("report");
        report.put("faulty", 0).put("plain", 0).put("notCompared", 0).putArray("reasons");
        report.putArray("alike");
        ((ObjectNode)report.get("names")).putArray("items");
        ((ObjectNode)answers).putNull("pairs").putArray("notes");
        stage.show("reader", answers, 1280);
        assertTrue(stage.text().contains("There is nothing to warn of"), stage.text());
        assertTrue(stage.text().contains("No two images are the same or nearly the same"), stage.text());
        assertFalse(stage.text().contains("What was not read"), stage.text());
    }

    @Test
    void scorerSaysWhatItsCutOffAndItsVerdictMean() throws Exception {
        stage.show("scorer", PlayedAnswers.scorer(List.of("one"), PlayedAnswers.NOTHING, 2.), 1280);
        assertTrue(stage.text().contains("nothing found"), stage.text());
        assertTrue(stage.text().contains("the cut-off where the scores part best"), stage.text());
        assertFalse(stage.text().contains("no cut-off"), "a cut-off is drawn");
        stage.show("scorer", PlayedAnswers.scorer(List.of("one"), PlayedAnswers.NOTHING, null), 1280);
        assertTrue(stage.text().contains("there is no cut-off"), stage.text());
        stage.show("scorer", PlayedAnswers.scorer(List.of("one"), PlayedAnswers.UNKNOWN, null), 1280);
        assertTrue(stage.text().contains("cannot tell: too few images to tell (22; 30 are needed)"), stage.text());
    }

    /** The story of a class fits what its verdict rests on. */
    @Test
    void scorerTellsWhichMethodSpokeAndWhenClassesWereCompared() throws Exception {
        final JsonNode methods = PlayedAnswers.scorer(List.of("one"), PlayedAnswers.verdict("POISONED", "poisoned: 40 images (p = 2e-7)", null), null);
        ((ObjectNode)methods).put("test", "TAILS");
        ((ObjectNode)methods.at("/classes/0")).put("above", 40);
        stage.show("scorer", methods, 1280);
        assertTrue(stage.text().contains("By SPECTRE, 40 of 403 images stand apart"), stage.text());
        assertTrue(stage.text().contains("Called poisoned"), stage.text());
        ((ObjectNode)methods).put("test", "CLASSES");
        stage.show("scorer", methods, 1280);
        assertTrue(stage.text().contains("falls into two subgroups far more clearly than the others"), stage.text());
    }

    @Test
    void barOfAFewImagesIsSeenBesideOneOfHundredsAndItsColumnCanBeClicked() throws Exception {
        final JsonNode first = PlayedAnswers.scorer(List.of("one"), PlayedAnswers.NOTHING, null);
        ((ObjectNode)first).put("flagged", true).set("first", JSON.valueToTree(PlayedAnswers.bars("one", 0, 0, 2)));
        stage.show("scorer", first, 1280);
        final String heights = "[..." + ViewStage.MAIN + ".querySelectorAll('.chart svg path[fill]')].filter(p => ['#D55E00', '#0072B2'].includes(p.getAttribute('fill')))"
            + ".map(p => p.getBoundingClientRect()).filter(r => r.width > 40).map(r => r.height).sort((a, b) => a - b)";
        final JsonNode logarithmic = browser.evaluate(heights);
        assertEquals(3, logarithmic.size(), logarithmic.toString());
        assertTrue(logarithmic.get(0).asDouble() > 20, logarithmic.toString());
        stage.choose("Count axis", "linear");
        final JsonNode linear = browser.evaluate(heights);
        assertTrue(linear.get(0).asDouble() >= 3, linear.toString());
        final JsonNode at = browser.evaluate("(r => [r.right - 90, r.top + 60])(" + ViewStage.MAIN + ".querySelector('.chart').getBoundingClientRect())");
        browser.click(at.get(0).asDouble(), at.get(1).asDouble());
        assertEquals("[\"one\",false,2,0]", browser.evaluate("questions.at(-1).params").toString());
    }
}
