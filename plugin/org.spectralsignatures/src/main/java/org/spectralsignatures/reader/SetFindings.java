package org.spectralsignatures.reader;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.duplicate.DuplicateCount;
import org.spectralsignatures.duplicate.DuplicatePair;
import org.spectralsignatures.duplicate.Duplicates;
import org.spectralsignatures.duplicate.Likeness;
import org.spectralsignatures.duplicate.Relation;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.FitLosses;
import org.spectralsignatures.removal.CutOff;

/** What is to be known of a set that was read: its sizes and modes, images that are alike, classes that are too small, names that look the same. */
final class SetFindings {

    private static final int EXAMPLES = 5;

    private final ReaderOptions options;

    private final List<String> classes;

    private final ImageFacts facts;

    private final Duplicates duplicates;

    /** Null where images keep their size. */
    private final FitLosses losses;

    /**
     * @param options by which the set was read
     * @param classes that were to be read
     * @param facts of the images that were read
     * @param duplicates among them
     */
    SetFindings(final ReaderOptions options, final List<String> classes, final ImageFacts facts, final Duplicates duplicates) {
        this.options = options;
        this.classes = classes;
        this.facts = facts;
        this.duplicates = duplicates;
        losses = options.fit() == null ? null : facts.losses(options.fit());
    }

    /** @return everything, what is least usual last */
    List<Finding> all() {
        final var all = new ArrayList<>(facts.findings());
        if (losses != null && losses.cut() > 0) {
            all.add(Finding.of(Finding.CUT, null, losses.cut(), losses.firstCut(), "up to " + losses.ofCut()));
        }
        if (losses != null && losses.shrunk() > 0) {
            all.add(Finding.of(Finding.SMALLER, null, losses.shrunk(), losses.firstShrunk(), losses.ofShrunk()));
        }
        duplicates.counts().forEach(c -> all.add(Finding.of(c.kind(), c.label(), c.images(),
            c.examples().get(0).first().key(), pairs(c))));
        if (duplicates.flat() > 0) {
            all.add(Finding.of(Finding.PLAIN, null, duplicates.flat(), null, "compared by their pixels alone: plain, or smaller than 20 pixels"));
        }
        if (duplicates.notCompared() > 0) {
            all.add(Finding.of(Finding.NOT_COMPARED, null, duplicates.notCompared(), null, "too many images are alike"));
        }
        small().forEach(label -> all.add(Finding.of(Finding.FEW, label, facts.images(label), facts.first(label), limits(facts.images(label)))));
        none().forEach(label -> all.add(Finding.of(Finding.NONE, label, 0, null, null)));
        alike().forEach(names -> all.add(Finding.of(Finding.NAMES, names.get(0), names.size(), facts.first(names.get(0)), ClassNames.join(names))));
        return all;
    }

    private static String pairs(final DuplicateCount count) {
        final Stream<DuplicatePair> some = count.examples().stream().limit(EXAMPLES);
        final String text = some.map(p -> p.first().key() + " = " + p.second().key()).collect(Collectors.joining(", "));
        // of n images that are alike in pairs, fewer than n pairs are named
        final long named = count.examples().stream().limit(EXAMPLES).flatMap(p -> Stream.of(p.first(), p.second())).filter(t -> t.label().equals(count.label()))
            .distinct().count();
        return count.images() > named ? String.format(Locale.ROOT, "%s and %,d more", text, count.images() - named) : text;
    }

    private List<String> small() {
        return classes.stream().filter(label -> facts.images(label) > 0 && facts.images(label) < Auditor.FEWEST_IMAGES).toList();
    }

    private List<String> none() {
        return classes.stream().filter(label -> facts.images(label) == 0).toList();
    }

    private static String limits(final int images) {
        return images < CutOff.FEWEST ? "fewer than the %d of the Backdoor Auditor and the %d of a cut-off by scores".formatted(Auditor.FEWEST_IMAGES, CutOff.FEWEST)
            : "fewer than the %d of the Backdoor Auditor".formatted(Auditor.FEWEST_IMAGES);
    }

    /** Classes whose names differ in case, in the form of Unicode or in blanks only. */
    private List<List<String>> alike() {
        final Map<String, List<String>> byName = new TreeMap<>();
        classes.forEach(name -> byName.computeIfAbsent(Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ").strip(),
            n -> new ArrayList<>()).add(name));
        return byName.values().stream().filter(names -> names.size() > 1).toList();
    }

    /** @return what a user is to be told at once, as sentences */
    List<String> notes() {
        final var notes = new ArrayList<String>();
        if (losses != null && losses.cut() > 0) {
            notes.add(losses.doubt());
        }
        final int lost = notes.size();
        twins(Relation.OTHER_CLASS, "are in another class, too", notes);
        twins(Relation.OTHER_PART, "are in another part of the set, too: what is measured on the test images is partly known from the training", notes);
        if (notes.size() > lost) {
            notes.set(notes.size() - 1, notes.get(notes.size() - 1) + " The Report names them.");
        }
        if (duplicates.notCompared() > 0) {
            notes.add(String.format(Locale.ROOT, "%,d images were not compared with all others, since too many are alike.", duplicates.notCompared()));
        }
        final List<String> small = small();
        // a set of which all classes are small is a trial, and the Auditor says so itself
        if (!small.isEmpty() && small.size() < classes.size() && options.imagesPerClass() == 0 && (options.split() == Split.TRAINING || options.split() == Split.ALL)) {
            notes.add(String.format(Locale.ROOT, "%,d of %,d classes %s fewer than %d images, too few for a verdict: %s.", small.size(), classes.size(),
                small.size() == 1 ? "has" : "have", Auditor.FEWEST_IMAGES, some(small)));
        }
        final List<String> none = none();
        if (!none.isEmpty()) {
            notes.add("No image was read of %s.".formatted(some(none)));
        }
        alike().stream().limit(EXAMPLES)
            .forEach(names -> notes.add("The names of the classes %s look the same. If they are one, set 'Classes to merge'.".formatted(ClassNames.join(names))));
        return notes;
    }

    private void twins(final Relation relation, final String what, final List<String> notes) {
        final int same = duplicates.images(Likeness.SAME, relation);
        final int near = duplicates.images(Likeness.NEAR, relation);
        if (same + near > 0) {
            notes.add(String.format(Locale.ROOT, "%s %s.", Stream.of(same == 0 ? null : images(same) + " (same pixels)", near == 0 ? null : images(near) + " (nearly)")
                .filter(text -> text != null).collect(Collectors.joining(" and ")), what));
        }
    }

    private static String images(final int count) {
        return String.format(Locale.ROOT, "%,d image%s", count, count == 1 ? "" : "s");
    }

    private static String some(final List<String> names) {
        final String text = ClassNames.join(names.subList(0, Math.min(EXAMPLES, names.size())));
        return names.size() > EXAMPLES ? String.format(Locale.ROOT, "%s and %,d more", text, names.size() - EXAMPLES) : text;
    }
}
