package org.spectralsignatures.host.tests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What nodes that a test plays give to their views: classes of given names, and as many values missing as can be. */
final class PlayedAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlayedAnswers() {
    }

    /** Names and values in turn; values may be null. */
    static Map<String, Object> object(final Object... entries) {
        final var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            object.put((String)entries[i], entries[i + 1]);
        }
        return object;
    }

    static Map<String, Object> verdict(final String finding, final String text, final String reason) {
        return object("finding", finding, "text", text, "reason", reason);
    }

    static final Map<String, Object> NOTHING = verdict("NOTHING_FOUND", "nothing found", null);

    static final Map<String, Object> UNKNOWN = verdict("CANNOT_TELL", "cannot tell: too few images to tell (22; 30 are needed)", "too few images to tell (22; 30 are needed)");

    static Map<String, Object> bars(final String label, final int... poisoned) {
        return object("label", label, "edges", List.of(0, 1, 2, 3), "clean", List.of(400, 3, 0), "poisoned", poisoned.length == 0 ? List.of(0, 0, 0) : poisoned);
    }

    static Map<String, Object> scored(final String label, final int rank, final Map<String, Object> verdict, final Double cutOff) {
        return object("label", label, "rows", 403, "poisoned", null, "meanNorm", null, "singularValues", Collections.nCopies(3, null), "explained", null, "p",
            cutOff == null ? null : .02, "cutOff", cutOff, "above", 0, "evidence", "SPECTRE", "verdict", verdict, "rank", rank);
    }

    static JsonNode scorer(final List<String> names, final Map<String, Object> verdict, final Double cutOff) {
        final var classes = new ArrayList<Object>();
        names.forEach(name -> classes.add(scored(name, classes.size() + 1, verdict, cutOff)));
        return JSON.valueToTree(object("rows", 403L * names.size(), "test", "TAIL", "flagged", false, "roots", false, "classes", classes, "first", bars(names.get(0)), "offline", List.of()));
    }

    static Map<String, Object> tile(final String key, final String label) {
        return object("key", key, "label", label, "score", null, "address", null, "poisoned", true, "rank", 1, "prediction", label, "probability", .5);
    }

    static Map<String, Object> page(final String key, final String label) {
        return object("offset", 0, "total", 1, "items", List.of(tile(key, label)));
    }

    static JsonNode remover(final List<String> names) {
        final var classes = new ArrayList<Object>();
        names.forEach(name -> classes.add(object("index", classes.size(), "label", name, "verdict", UNKNOWN, "rows", 22, "removed", 0, "poisoned", 0, "poisonRemoved", 0,
            "lowestRemoved", null, "highestKept", null)));
        return JSON.valueToTree(object("rows", 22L * names.size(), "flagged", true, "rule", "the top 0", "perClass", true, "level", .01, "classes", classes, "chosen", 0,
            "removed", object("offset", 0, "total", 0, "items", List.of()), "kept", page(names.get(names.size() - 1), names.get(0)), "offline", List.of()));
    }

    static Map<String, Object> audited(final String key, final String label, final String looksLike) {
        return object("offset", 0, "total", 1, "items", List.of(object("key", key, "label", label, "looksLike", looksLike, "evidence", looksLike == null ? null : 1.5, "address", null, "poisoned", true)));
    }

    static Map<String, Object> mark(final int number, final int index, final String label, final String looksLike, final boolean takenOut) {
        return object("number", number, "index", index, "label", label, "images", 22, "strength", null, "turned", takenOut ? .98 : null, "p", null, "looksLike", looksLike,
            "takenOut", takenOut, "listed", takenOut, "address", null);
    }

    static JsonNode auditor(final List<String> names) {
        final String last = names.get(names.size() - 1);
        final var classes = new ArrayList<Object>();
        names.forEach(name -> classes.add(object("index", classes.size(), "label", name, "verdict", classes.isEmpty() ? verdict("POISONED", "poisoned: 22 images that look like '" + last + "'", null)
            : UNKNOWN, "rows", 22, "suspicious", classes.isEmpty() ? 22 : 0, "p", null, "poisoned", 1, "poisonFound", 0)));
        final var marks = List.of(mark(1, 0, names.get(0), last, true), mark(2, 0, names.get(0), null, true), mark(3, names.size() - 1, last, null, false));
        return JSON.valueToTree(object("conclusion", "One of them is poisoned: '" + names.get(0) + "'.", "nextStep", "Look at it.", "rows", 22L * names.size(), "flagged", true, "level", .01,
            "classes", classes, "marks", marks, "allMarks", 120, "chosen", 0, "mark", 1, "marked", audited(last, names.get(0), last), "others", audited("b", names.get(0), null),
            "offline", List.of()));
    }

    static Map<String, Object> confusions(final List<String> names) {
        final boolean whole = names.size() <= 10;
        return object("images", 5 * names.size(), "accuracy", 1. / names.size(), "labels", whole ? names : List.of(), "matrix",
            whole ? Collections.nCopies(names.size(), Collections.nCopies(names.size(), 1)) : null, "errors",
            List.of(object("truth", names.get(0), "predicted", names.get(names.size() - 1), "images", 1, "share", .2)));
    }

    static JsonNode evaluator(final List<String> names) {
        final var networks = List.of(object("name", "before", "accuracy", null, "success", null, "poison", null, "removed", null, "left", null, "precision", null),
            object("name", "after", "accuracy", .5, "success", .5, "poison", 1_234_567, "removed", 1_234_567, "left", 0, "precision", null));
        return JSON.valueToTree(object("networks", networks, "target", names.get(0), "curves",
            List.of(object("network", "before", "auc", .5, "points", List.of(List.of(0, 0), List.of(1, 1)))), "first", confusions(names), "offline", List.of()));
    }

    static JsonNode predictor(final List<String> names) {
        return JSON.valueToTree(object("images", 5, "labelled", 5, "meanProbability", null, "edges", List.of(0, .5, 1), "right", List.of(400_000, 0), "wrong", List.of(0, 1),
            "confusions", confusions(names), "errors", page(names.get(names.size() - 1), names.get(0)), "offline", List.of()));
    }

    static Map<String, Object> gallery(final List<String> names) {
        final List<Object> classes = new ArrayList<>();
        names.forEach(name -> classes.add(object("label", name, "rows", 22, "poisoned", 1)));
        return object("tables", List.of(object("name", "Images", "rows", 22 * names.size(), "size", null, "flagged", true, "target", names.get(0), "classes", classes)), "chosen", -1,
            "first", page(names.get(names.size() - 1), names.get(0)), "offline", List.of());
    }

    static JsonNode injector(final List<String> names) {
        final var part = object("description", "an X", "where", "everywhere", "onGrey", null, "detail", null, "ratio", 1, "box", null, "factor", null, "rows", 1);
        final var pair = object("key", names.get(names.size() - 1), "originalKey", "a", "originalLabel", names.get(0), "original", null, "marked", null, "detail", null, "ratio", 1,
            "box", null, "factor", null, "part", 0);
        return JSON.valueToTree(object("sample", names.get(0), "target", names.get(names.size() - 1), "mode", "CLEAN_LABEL", "kind", "PATCH", "description", "a patch", "poisoned", 1,
            "earlier", 1, "targetImages", 0, "epsilon", .1, "parts", List.of(part), "first", object("offset", 0, "total", 1, "items", List.of(pair)), "gallery", gallery(names),
            "offline", List.of()));
    }

    static Map<String, Object> curves(final String label) {
        return object("label", label, "roc", List.of(), "precision", List.of(), "removal", List.of(List.of(0, 3)));
    }

    static JsonNode detection(final List<String> names) {
        return JSON.valueToTree(object("labels", names, "detections", names.stream().map(name -> object("name", name, "label", name, "rows", 3, "poison", 3, "removed", 3, "auc", null,
            "averagePrecision", null, "left", 0, "precision", null, "recall", null)).toList(), "spectra", List.of(object("name", names.get(0), "label", names.get(0), "rows", 1,
                "meanNorm", null, "shift", null, "singularValues", Collections.nCopies(3, null))), "first", curves(names.get(0)), "offline", List.of()));
    }

    static JsonNode learner(final List<String> names) {
        final var facts = new LinkedHashMap<String, String>();
        names.forEach(name -> facts.put("Of " + name, name));
        final var epoch = object("epoch", 1, "rate", .1, "loss", "NaN", "accuracy", null, "validationLoss", null, "validationAccuracy", null, "seconds", null);
        return JSON.valueToTree(object("facts", facts, "epochs", List.of(epoch), "validated", true, "seconds", 0, "imagesPerSecond", null, "verdict", "SHORT", "span", 0, "gain", null,
            "gap", null, "ended", object("epochs", 3, "accuracy", .99), "doubt", "played"));
    }

    static JsonNode extractor(final List<String> names) {
        return JSON.valueToTree(object("layer", "stem", "pooling", "FLATTEN", "dimensions", 1024, "rows", 22 * names.size(), "bytes", 90_240, "flagged", true, "fewest", 30, "classes",
            names.stream().map(name -> object("label", name, "rows", 22, "poisoned", 0)).toList(), "layers",
            List.of(object("name", "stem", "channels", 4, "height", 16, "width", 16))));
    }

    static Map<String, Object> some(final Object... items) {
        return object("items", List.of(items), "more", 1);
    }

    static Map<String, Object> twins(final String first, final String second) {
        return object("offset", 0, "total", 1, "items", List.of(object("first", object("key", first, "label", first, "address", null),
            "second", object("key", second, "label", second, "address", null))));
    }

    static Map<String, Object> alike(final String likeness, final String relation, final String kind) {
        return object("kind", likeness + ", " + kind, "likeness", likeness, "relation", relation, "images", 22, "classes", 2);
    }

    /** Of a set in which everything that a report can say is to be said. */
    static JsonNode reader(final List<String> names) {
        final String last = names.get(names.size() - 1);
        final var classes = names.stream().map(name -> object("label", name, "read", 22, "faulty", 3, "notChosen", 1, "parts", List.of(20, 2), "few", true)).toArray();
        final var reasons = List.of(object("text", "cut off", "fault", true, "count", 3, "classes", 1, "label", last, "endings", List.of(""), "examples", last),
            object("text", "no image", "fault", false, "count", 1_234_567, "classes", 0, "label", null, "endings", List.of("txt", "csv"), "examples", ""));
        final var report = object("read", 22 * names.size(), "faulty", 3 * names.size(), "notChosen", names.size(), "passedOver", 1_234_567, "parts", List.of("training", "test"),
            "classes", some(classes), "reasons", reasons, "arrays", List.of(last), "sizes", object("count", 2, "smallest", "1 x 1", "largest", "2 x 2", "details", "median 1 x 1"),
            "lost", List.of("1,234,567 images: edges cut off, up to 40% of an image", last),
            "modes", some(object("name", "RGB", "count", 21, "first", last), object("name", last, "count", 1, "first", null)), "alike",
            List.of(alike("same pixels", "OTHER_CLASS", "another class"), alike("nearly the same", "SAME_CLASS", "same class")), "names", some(last), "plain", 1, "notCompared", 2,
            "fewest", 50);
        final Map<String, Object> overview = gallery(names);
        overview.putAll(object("report", report, "notes", List.of("A warning of " + last), "pairs", twins(names.get(0), last), "offline", List.of()));
        return JSON.valueToTree(overview);
    }

    static Map<String, JsonNode> views(final List<String> names) {
        final var views = new LinkedHashMap<String, JsonNode>();
        views.put("scorer", scorer(names, UNKNOWN, null));
        views.put("remover", remover(names));
        views.put("auditor", auditor(names));
        views.put("evaluator", evaluator(names));
        views.put("predictor", predictor(names));
        views.put("reader", reader(names));
        views.put("gallery", JSON.valueToTree(gallery(names)));
        views.put("injector", injector(names));
        views.put("detection", detection(names));
        views.put("learner", learner(names));
        views.put("extractor", extractor(names));
        return views;
    }
}
