package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

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
        final Path program = Browser.find();
        assumeTrue(program != null, "No Chromium is installed here: apt-get install chromium");
        browser = new Browser(program, Files.createDirectory(folder.resolve("profile")));
        stage = new ViewStage(folder, browser);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** Names and values in turn; values may be null. */
    private static Map<String, Object> object(final Object... entries) {
        final var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            object.put((String)entries[i], entries[i + 1]);
        }
        return object;
    }

    private static Map<String, Object> verdict(final String finding, final String text, final String reason) {
        return object("finding", finding, "text", text, "reason", reason);
    }

    private static final Map<String, Object> NOTHING = verdict("NOTHING_FOUND", "nothing found", null);

    private static final Map<String, Object> UNKNOWN = verdict("CANNOT_TELL", "cannot tell: too few images to tell (22; 30 are needed)", "too few images to tell (22; 30 are needed)");

    private static Map<String, Object> bars(final String label, final int... poisoned) {
        return object("label", label, "edges", List.of(0, 1, 2, 3), "clean", List.of(400, 3, 0), "poisoned", poisoned.length == 0 ? List.of(0, 0, 0) : poisoned);
    }

    private static Map<String, Object> scored(final String label, final int rank, final Map<String, Object> verdict, final Double cutOff) {
        return object("label", label, "rows", 403, "poisoned", null, "meanNorm", null, "singularValues", Collections.nCopies(3, null), "explained", null, "p",
            cutOff == null ? null : .02, "cutOff", cutOff, "above", 0, "verdict", verdict, "rank", rank);
    }

    private static JsonNode scorer(final List<String> names, final Map<String, Object> verdict, final Double cutOff) {
        final var classes = new ArrayList<Object>();
        names.forEach(name -> classes.add(scored(name, classes.size() + 1, verdict, cutOff)));
        return JSON.valueToTree(object("rows", 403L * names.size(), "flagged", false, "roots", false, "classes", classes, "first", bars(names.get(0)), "offline", List.of()));
    }

    private static Map<String, Object> tile(final String key, final String label) {
        return object("key", key, "label", label, "score", null, "address", null, "poisoned", true, "rank", 1, "prediction", label, "probability", .5);
    }

    private static Map<String, Object> page(final String key, final String label) {
        return object("offset", 0, "total", 1, "images", List.of(tile(key, label)));
    }

    private static JsonNode remover(final List<String> names) {
        final var classes = new ArrayList<Object>();
        names.forEach(name -> classes.add(object("index", classes.size(), "label", name, "verdict", UNKNOWN, "rows", 22, "removed", 0, "poisoned", 0, "poisonRemoved", 0,
            "lowestRemoved", null, "highestKept", null)));
        return JSON.valueToTree(object("rows", 22L * names.size(), "flagged", true, "rule", "the top 0", "perClass", true, "level", .01, "classes", classes, "chosen", 0,
            "removed", object("offset", 0, "total", 0, "images", List.of()), "kept", page(names.get(names.size() - 1), names.get(0)), "offline", List.of()));
    }

    private static Map<String, Object> confusions(final List<String> names) {
        final boolean whole = names.size() <= 10;
        return object("images", 5 * names.size(), "accuracy", 1. / names.size(), "labels", whole ? names : List.of(), "matrix",
            whole ? Collections.nCopies(names.size(), Collections.nCopies(names.size(), 1)) : null, "errors",
            List.of(object("truth", names.get(0), "predicted", names.get(names.size() - 1), "images", 1, "share", .2)));
    }

    private static JsonNode evaluator(final List<String> names) {
        final var networks = List.of(object("name", "before", "accuracy", null, "success", null, "poison", null, "removed", null, "left", null, "precision", null),
            object("name", "after", "accuracy", .5, "success", .5, "poison", 1_234_567, "removed", 1_234_567, "left", 0, "precision", null));
        return JSON.valueToTree(object("networks", networks, "target", names.get(0), "curves",
            List.of(object("network", "before", "auc", .5, "points", List.of(List.of(0, 0), List.of(1, 1)))), "first", confusions(names), "offline", List.of()));
    }

    private static JsonNode predictor(final List<String> names) {
        return JSON.valueToTree(object("images", 5, "labelled", 5, "meanProbability", null, "edges", List.of(0, .5, 1), "right", List.of(400_000, 0), "wrong", List.of(0, 1),
            "confusions", confusions(names), "errors", page(names.get(names.size() - 1), names.get(0)), "offline", List.of()));
    }

    private static Map<String, Object> gallery(final List<String> names) {
        final List<Object> classes = new ArrayList<>();
        names.forEach(name -> classes.add(object("label", name, "rows", 22, "poisoned", 1)));
        final Map<String, Object> first = new HashMap<>(page(names.get(names.size() - 1), names.get(0)));
        first.put("table", 0);
        first.put("label", -1);
        return object("tables", List.of(object("name", "Images", "rows", 22 * names.size(), "size", null, "flagged", true, "target", names.get(0), "classes", classes)), "first", first,
            "offline", List.of());
    }

    private static JsonNode injector(final List<String> names) {
        final var part = object("description", "an X", "where", "everywhere", "onGrey", null, "detail", null, "ratio", 1, "box", null, "factor", null, "rows", 1);
        final var pair = object("key", names.get(names.size() - 1), "originalKey", "a", "originalLabel", names.get(0), "original", null, "marked", null, "detail", null, "ratio", 1,
            "box", null, "factor", null, "part", 0);
        return JSON.valueToTree(object("sample", names.get(0), "target", names.get(names.size() - 1), "mode", "CLEAN_LABEL", "kind", "PATCH", "description", "a patch", "poisoned", 1,
            "earlier", 1, "targetImages", 0, "epsilon", .1, "parts", List.of(part), "first", object("offset", 0, "total", 1, "pairs", List.of(pair)), "gallery", gallery(names),
            "offline", List.of()));
    }

    private static Map<String, Object> curves(final String label) {
        return object("label", label, "roc", List.of(), "precision", List.of(), "removal", List.of(List.of(0, 3)));
    }

    private static JsonNode detection(final List<String> names) {
        return JSON.valueToTree(object("labels", names, "detections", names.stream().map(name -> object("name", name, "label", name, "rows", 3, "poison", 3, "removed", 3, "auc", null,
            "averagePrecision", null, "left", 0, "precision", null, "recall", null)).toList(), "spectra", List.of(object("name", names.get(0), "label", names.get(0), "rows", 1,
                "meanNorm", null, "shift", null, "singularValues", Collections.nCopies(3, null))), "first", curves(names.get(0)), "offline", List.of()));
    }

    private static JsonNode learner(final List<String> names) {
        final var facts = new LinkedHashMap<String, String>();
        names.forEach(name -> facts.put("Of " + name, name));
        final var epoch = object("epoch", 1, "rate", .1, "loss", "NaN", "accuracy", null, "validationLoss", null, "validationAccuracy", null, "seconds", null);
        return JSON.valueToTree(object("facts", facts, "epochs", List.of(epoch), "validated", true, "seconds", 0, "imagesPerSecond", null, "verdict", "SHORT", "span", 0, "gain", null,
            "gap", null));
    }

    private static JsonNode extractor(final List<String> names) {
        return JSON.valueToTree(object("layer", "stem", "pooling", "FLATTEN", "dimensions", 1024, "rows", 22 * names.size(), "bytes", 90_240, "flagged", true, "fewest", 30, "classes",
            names.stream().map(name -> object("label", name, "rows", 22, "poisoned", 0)).toList(), "layers",
            List.of(object("name", "stem", "channels", 4, "height", 16, "width", 16))));
    }

    private static Map<String, JsonNode> views(final List<String> names) {
        final var views = new LinkedHashMap<String, JsonNode>();
        views.put("scorer", scorer(names, UNKNOWN, null));
        views.put("remover", remover(names));
        views.put("evaluator", evaluator(names));
        views.put("predictor", predictor(names));
        views.put("gallery", JSON.valueToTree(gallery(names)));
        views.put("injector", injector(names));
        views.put("detection", detection(names));
        views.put("learner", learner(names));
        views.put("extractor", extractor(names));
        return views;
    }

    private static void check(final String what, final String expression) throws Exception {
        final var wrong = new ArrayList<String>();
        browser.evaluate(expression).forEach(w -> wrong.add(w.asText()));
        assertEquals(List.of(), wrong, what);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1280})
    void namesOfEveryKindAreTextAndFit(final int width) throws Exception {
        for (var view : views(NAMES).entrySet()) {
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
        for (var view : views(List.of("one")).entrySet()) {
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
        for (var view : views(names).entrySet()) {
            stage.show(view.getKey(), view.getValue(), 1280);
            final int stops = browser.evaluate(PageChecks.tabStops(ViewStage.MAIN)).asInt();
            assertTrue(stops <= 10, view.getKey() + ": " + stops);
        }
    }

    @Test
    void arrowKeysLeadThroughTheClasses() throws Exception {
        stage.show("scorer", scorer(List.of("a", "b", "c"), NOTHING, null), 1280);
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
        stage.show("scorer", scorer(names, NOTHING, null), 1280);
        final int before = browser.evaluate("questions.length").asInt();
        stage.choose("Class", "two");
        stage.choose("Class", "three");
        stage.answer(before + 1, bars("three"));
        stage.answer(before, bars("two"));
        assertEquals("Scores of three", browser.evaluate(ViewStage.MAIN + ".querySelector('.card h2').textContent").asText());
        final int lists = browser.evaluate("questions.length").asInt();
        stage.choose("Scores", "0");
        stage.choose("Scores", "1");
        stage.answer(lists + 1, page("late", "three"));
        stage.answer(lists, page("early", "three"));
        assertTrue(stage.text().contains("late"));
        assertFalse(stage.text().contains("early"));

        stage.show("evaluator", evaluator(names), 1280);
        stage.choose("Network", "after");
        stage.choose("Images", "marked");
        stage.answer(1, confusions(List.of("last", "other")));
        stage.answer(0, confusions(List.of("first", "other")));
        assertTrue(stage.text().contains("last"));
        assertFalse(stage.text().contains("first"));

        stage.show("detection", detection(names), 1280);
        stage.choose("Class with poison", "two");
        stage.choose("Class with poison", "three");
        stage.answer(1, curves("three"));
        stage.answer(0, curves("two"));
        assertTrue(browser.evaluate(ViewStage.MAIN + ".querySelector('.chart').getAttribute('aria-label')").asText().contains("three"));

        stage.show("remover", remover(names), 1280);
        stage.choose("Class", "1");
        stage.choose("Class", "2");
        stage.answer(3, page("late", "three"));
        stage.answer(1, page("early", "two"));
        assertTrue(stage.text().contains("late"));
        assertFalse(stage.text().contains("early"));
    }

    @Test
    void scorerSaysWhatItsCutOffAndItsVerdictMean() throws Exception {
        stage.show("scorer", scorer(List.of("one"), NOTHING, 2.), 1280);
        assertTrue(stage.text().contains("nothing found"), stage.text());
        assertTrue(stage.text().contains("the cut-off where the scores part best"), stage.text());
        assertFalse(stage.text().contains("no cut-off"), "a cut-off is drawn");
        stage.show("scorer", scorer(List.of("one"), NOTHING, null), 1280);
        assertTrue(stage.text().contains("there is no cut-off"), stage.text());
        stage.show("scorer", scorer(List.of("one"), UNKNOWN, null), 1280);
        assertTrue(stage.text().contains("cannot tell: too few images to tell (22; 30 are needed)"), stage.text());
    }

    @Test
    void barOfAFewImagesIsSeenBesideOneOfHundredsAndItsColumnCanBeClicked() throws Exception {
        final JsonNode first = scorer(List.of("one"), NOTHING, null);
        ((com.fasterxml.jackson.databind.node.ObjectNode)first).put("flagged", true).set("first", JSON.valueToTree(bars("one", 0, 0, 2)));
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
        assertEquals("[\"one\",false,2,3,0]", browser.evaluate("questions.at(-1).params").toString());
    }
}
