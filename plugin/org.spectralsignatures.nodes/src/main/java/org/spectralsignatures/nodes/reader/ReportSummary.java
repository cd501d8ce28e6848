package org.spectralsignatures.nodes.reader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.duplicate.DuplicateCount;
import org.spectralsignatures.duplicate.Likeness;
import org.spectralsignatures.duplicate.Relation;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.nodes.reader.ReportTable.Row;
import org.spectralsignatures.reader.Finding;
import org.spectralsignatures.reader.ReportLine;

/**
 * What a report says at first sight: its rows added up, and of each list no more than a page can show.
 *
 * @param read number of images that were read
 * @param faulty number of images that could not be read
 * @param notChosen number of images that the settings left out
 * @param passedOver number of other files
 * @param parts of the set, where it has several
 * @param classes in the report's order
 * @param reasons why images and files were not read, faults first, then the most frequent
 * @param arrays how arrays were taken, in words
 * @param sizes of the files' images; null if there is no image
 * @param lost what images lost by being brought to one size, in words
 * @param modes of the files, the most frequent first
 * @param alike images with a twin, those with one in another class first
 * @param names of classes that look the same, in words
 * @param plain number of images that were compared by their pixels alone
 * @param notCompared number of images that were not compared with all others
 * @param fewest images that a class needs for a verdict
 */
public record ReportSummary(int read, int faulty, int notChosen, int passedOver, List<String> parts, Some<ClassCount> classes,
    List<Reason> reasons, List<String> arrays, Sizes sizes, List<String> lost, Some<Mode> modes, List<Alike> alike, Some<String> names, int plain, int notCompared,
    int fewest) {

    /** Classes of which a page gets the numbers. */
    static final int MOST_CLASSES = 1000;

    private static final int MOST_LINES = 20;

    private static final int MOST_EXAMPLES = 5;

    private static final Set<String> FAULTS = Stream.of(ImageFault.values()).map(ImageFault::text).collect(Collectors.toSet());

    /**
     * The first items of a list.
     *
     * @param <T> type of the items
     * @param items as many as a page can show
     * @param more number of further ones
     */
    public record Some<T>(List<T> items, int more) {

        private static <T> Some<T> of(final List<T> all, final int most) {
            return new Some<>(all.stream().limit(most).toList(), Math.max(0, all.size() - most));
        }
    }

    /**
     * Numbers of images of a class.
     *
     * @param label its name
     * @param read number of those that were read
     * @param faulty number of those that could not be read
     * @param notChosen number of those that the settings left out
     * @param parts number of those that were read of each part
     * @param few whether they are too few for a verdict
     */
    public record ClassCount(String label, int read, int faulty, int notChosen, List<Integer> parts, boolean few) {
    }

    /**
     * Images and files that were not read for one reason.
     *
     * @param text the reason
     * @param fault whether they are images of the set that could not be read
     * @param count of them
     * @param classes number of classes that they are of, 0 if they are of none
     * @param label the class, if it is one
     * @param endings of their names, with an empty one for none
     * @param examples some of them, in words
     */
    public record Reason(String text, boolean fault, int count, int classes, String label, List<String> endings, String examples) {
    }

    /**
     * Sizes in pixels.
     *
     * @param count number of different ones
     * @param smallest with the fewest pixels
     * @param largest with the most pixels
     * @param details in words; null if there is one size
     */
    public record Sizes(int count, String smallest, String largest, String details) {
    }

    /**
     * Files that are stored in one way.
     *
     * @param name of the mode
     * @param count of them
     * @param first of them
     */
    public record Mode(String name, int count, String first) {
    }

    /**
     * Images with a twin of one kind.
     *
     * @param kind as the report calls it
     * @param likeness in words
     * @param relation whether the twin is in another class or part
     * @param images number of them
     * @param classes number of their classes
     */
    public record Alike(String kind, String likeness, Relation relation, int images, int classes) {
    }

    static ReportSummary of(final List<Row> report) {
        final Map<String, List<Row>> byOutcome = new LinkedHashMap<>();
        report.forEach(row -> byOutcome.computeIfAbsent(row.outcome(), o -> new ArrayList<>()).add(row));
        final List<String> parts = suffixes(byOutcome.keySet(), Finding.PART);
        final List<Reason> reasons = reasons(byOutcome);
        final ToIntFunction<Boolean> left = fault -> reasons.stream().filter(r -> r.fault == fault && !r.text.equals(ReportLine.NOT_CHOSEN)).mapToInt(Reason::count).sum();
        return new ReportSummary(sum(byOutcome, ReportLine.READ), left.applyAsInt(true), sum(byOutcome, ReportLine.NOT_CHOSEN), left.applyAsInt(false), parts,
            Some.of(classes(report, parts), MOST_CLASSES), reasons, arrays(byOutcome), sizes(byOutcome), lost(byOutcome), Some.of(modes(byOutcome), MOST_LINES),
            alike(byOutcome), Some.of(names(byOutcome), MOST_LINES), sum(byOutcome, Finding.PLAIN), sum(byOutcome, Finding.NOT_COMPARED),
            Auditor.FEWEST_IMAGES);
    }

    private static int sum(final Map<String, List<Row>> byOutcome, final String outcome) {
        return sum(byOutcome.getOrDefault(outcome, List.of()));
    }

    private static int sum(final List<Row> rows) {
        return rows.stream().mapToInt(Row::count).sum();
    }

    private static List<String> suffixes(final Collection<String> outcomes, final String prefix) {
        return outcomes.stream().filter(o -> o.startsWith(prefix)).map(o -> o.substring(prefix.length())).toList();
    }

    private static List<ClassCount> classes(final List<Row> report, final List<String> parts) {
        final Map<String, List<Row>> byLabel = new LinkedHashMap<>();
        report.stream().filter(row -> row.label() != null && !row.outcome().equals(Finding.NAMES))
            .forEach(row -> byLabel.computeIfAbsent(row.label(), l -> new ArrayList<>()).add(row));
        final var classes = new ArrayList<ClassCount>();
        byLabel.forEach((label, rows) -> {
            final Map<String, Integer> counts = new LinkedHashMap<>();
            rows.forEach(row -> counts.merge(row.outcome(), row.count(), Integer::sum));
            classes.add(new ClassCount(label, counts.getOrDefault(ReportLine.READ, 0),
                FAULTS.stream().mapToInt(fault -> counts.getOrDefault(fault, 0)).sum(), counts.getOrDefault(ReportLine.NOT_CHOSEN, 0),
                parts.stream().map(part -> counts.getOrDefault(Finding.PART + part, 0)).toList(),
                counts.containsKey(Finding.FEW) || counts.containsKey(Finding.NONE)));
        });
        return classes;
    }

    private static boolean isReason(final String outcome) {
        return !outcome.equals(ReportLine.READ) && !outcome.startsWith(ReportLine.ARRAY) && !Finding.isKind(outcome);
    }

    private static List<Reason> reasons(final Map<String, List<Row>> byOutcome) {
        return byOutcome.entrySet().stream().filter(e -> isReason(e.getKey())).map(e -> reason(e.getKey(), e.getValue()))
            .sorted(Comparator.comparing((Reason r) -> !r.fault).thenComparing(r -> r.text.equals(ReportLine.NOT_CHOSEN))
                .thenComparing(Comparator.comparingInt(Reason::count).reversed())).toList();
    }

    private static Reason reason(final String outcome, final List<Row> rows) {
        final List<String> labels = rows.stream().map(Row::label).filter(Objects::nonNull).distinct().toList();
        final Set<String> endings = new LinkedHashSet<>();
        rows.forEach(row -> endings.add(row.ending() == null ? "" : row.ending()));
        final List<String> paths = rows.stream().map(Row::first).filter(Objects::nonNull).limit(MOST_EXAMPLES).toList();
        final int count = sum(rows);
        final String named = rows.size() == 1 && rows.get(0).details() != null ? rows.get(0).details()
            : String.join(", ", paths) + (count > paths.size() ? " and %,d more".formatted(count - paths.size()) : "");
        return new Reason(outcome, FAULTS.contains(outcome), count, labels.size(), labels.size() == 1 ? labels.get(0) : null,
            endings.stream().limit(MOST_EXAMPLES).toList(), named);
    }

    private static List<String> arrays(final Map<String, List<Row>> byOutcome) {
        return byOutcome.entrySet().stream().filter(e -> e.getKey().startsWith(ReportLine.ARRAY)).limit(MOST_LINES)
            .map(e -> "%s: %s".formatted(e.getValue().get(0).first(), e.getKey())).toList();
    }

    private static Sizes sizes(final Map<String, List<Row>> byOutcome) {
        return byOutcome.getOrDefault(Finding.SIZES, List.of()).stream().findFirst()
            .map(row -> new Sizes(row.count(), row.smallest(), row.largest(), row.details())).orElse(null);
    }

    private static List<String> lost(final Map<String, List<Row>> byOutcome) {
        return Stream.of(Finding.CUT, Finding.SMALLER).flatMap(kind -> byOutcome.getOrDefault(kind, List.of()).stream())
            .map(row -> String.format(Locale.ROOT, "%,d image%s: %s, %s", row.count(), row.count() == 1 ? "" : "s", row.outcome(), row.details())).toList();
    }

    private static List<Mode> modes(final Map<String, List<Row>> byOutcome) {
        return suffixes(byOutcome.keySet(), Finding.MODE).stream().map(name -> byOutcome.get(Finding.MODE + name).get(0))
            .map(row -> new Mode(row.outcome().substring(Finding.MODE.length()), row.count(), row.first()))
            .sorted(Comparator.comparingInt(Mode::count).reversed()).toList();
    }

    private static List<String> names(final Map<String, List<Row>> byOutcome) {
        return byOutcome.getOrDefault(Finding.NAMES, List.of()).stream().map(Row::details).toList();
    }

    private static List<Alike> alike(final Map<String, List<Row>> byOutcome) {
        final var alike = new ArrayList<Alike>();
        for (Relation relation : Relation.values()) {
            for (Likeness likeness : Likeness.values()) {
                final String kind = DuplicateCount.kind(likeness, relation);
                final List<Row> rows = byOutcome.getOrDefault(kind, List.of());
                if (!rows.isEmpty()) {
                    alike.add(new Alike(kind, likeness.text(), relation, sum(rows), rows.size()));
                }
            }
        }
        return alike;
    }
}
