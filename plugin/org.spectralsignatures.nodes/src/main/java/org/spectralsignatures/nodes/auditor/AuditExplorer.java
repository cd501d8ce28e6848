package org.spectralsignatures.nodes.auditor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.nodes.table.PoisonFlags;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.view.ImageAddress;
import org.spectralsignatures.nodes.view.Page;
import org.spectralsignatures.nodes.view.Request;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.Verdict;

/**
 * Answers the view of the auditor: conclusion, verdicts, marks, the images that carry a mark by evidence, and others for comparison. Of the
 * images only classes, marks, evidence and two bits a row are held; images are read page by page.
 */
public final class AuditExplorer {

    /** Stands for no mark; marks are numbered from 1. */
    public static final int NONE = 0;

    private static final int PAGE = 20;

    private static final int OFFLINE_CLASSES = 10;

    private static final int OFFLINE_MARKS = 10;

    private static final int MARKS = 100;

    /**
     * What the view shows at first.
     *
     * @param conclusion in one sentence
     * @param nextStep what to do now
     * @param rows number of all images
     * @param flagged whether it is known which are poisoned
     * @param level of significance
     * @param classes the most suspicious first
     * @param marks the most suspicious ones
     * @param allMarks number of all marks
     * @param chosen index of the class that is shown at first
     * @param mark number of its mark that is shown at first; {@link #NONE} if it has none
     * @param marked images that carry that mark; null if there is none, or its images are not listed
     * @param others images of the class that carry none
     * @param engine what asked the network, in words; null where an earlier version did not say
     * @param offline what the view asks for next
     */
    public record Overview(String conclusion, String nextStep, int rows, boolean flagged, double level, List<ClassInfo> classes, List<MarkInfo> marks, long allMarks,
        int chosen, int mark, Page<Image> marked, Page<Image> others, String engine, List<Request> offline) {
    }

    /**
     * A class.
     *
     * @param index by which it is asked for
     * @param label its name
     * @param verdict what was found out about it; without a reason of its own, which is part of the text
     * @param rows number of its images
     * @param suspicious number of suspicious ones
     * @param p the smallest p-value; null if there is none
     * @param poisoned number of images that are flagged as poisoned, 0 if unknown
     * @param poisonFound number of those that are suspicious
     */
    public record ClassInfo(int index, String label, Verdict verdict, int rows, int suspicious, Double p, int poisoned, int poisonFound) {
    }

    /**
     * A mark that images of a class share.
     *
     * @param number by which it is asked for, from 1
     * @param index of the class
     * @param label name of the class
     * @param images how many carry it
     * @param strength how far they stand out along it, in standard deviations; null if it is no number
     * @param turned share of the images of other classes that the network takes for the class with the mark on; null if it was put on none
     * @param p its p-value; null if there is none
     * @param looksLike the class that its images look like without it; null if they keep their label
     * @param takenOut whether its images are taken for poison
     * @param listed whether its images are known, as they are of every mark that is no natural similarity
     * @param address the mark as a picture, a {@code data:} address
     */
    public record MarkInfo(int number, int index, String label, int images, Double strength, Double turned, Double p, String looksLike, boolean takenOut, boolean listed, String address) {
    }

    /**
     * An image.
     *
     * @param key its row key
     * @param label its class
     * @param looksLike the class that it looks like without its mark; null if it carries none
     * @param evidence how clearly it carries its mark; null if it carries none
     * @param address a {@code data:} address; null if there is no image
     * @param poisoned whether it is flagged as poisoned; false if unknown
     */
    public record Image(String key, String label, String looksLike, Double evidence, String address, boolean poisoned) {
    }

    private final BufferedDataTable m_images;

    private final BufferedDataTable m_verdicts;

    private final BufferedDataTable m_marks;

    private final Map<String, String> m_facts;

    private final int m_imageColumn;

    private final List<String> m_classes = new ArrayList<>();

    private final Map<String, Integer> m_indices = new HashMap<>();

    private final int[] m_labels;

    private final int[] m_mark;

    /** Null where an image carries no mark. */
    private final String[] m_looksLike;

    private final double[] m_evidence;

    private final BitSet m_takenOut = new BitSet();

    /** Numbers of the marks whose images are known. */
    private final BitSet m_listed = new BitSet();

    private final BitSet m_poisoned;

    /**
     * What the node keeps for its view.
     *
     * @param images all of them
     * @param judged what was found out about each, see {@link JudgedImages}
     * @param verdicts a row a class, see {@link AuditTables#VERDICTS}
     * @param marks a row a mark, see {@link AuditTables#MARKS}
     * @param facts by name
     */
    record Kept(BufferedDataTable images, BufferedDataTable judged, BufferedDataTable verdicts, BufferedDataTable marks, BufferedDataTable facts) {

        static Kept of(final BufferedDataTable[] tables) {
            return new Kept(tables[0], tables[1], tables[2], tables[3], tables[4]);
        }

        BufferedDataTable[] tables() {
            return new BufferedDataTable[]{images, judged, verdicts, marks, facts};
        }
    }

    AuditExplorer(final Kept kept) {
        m_images = kept.images;
        m_verdicts = kept.verdicts;
        m_marks = kept.marks;
        m_facts = ViewFacts.read(kept.facts);
        m_imageColumn = m_images.getDataTableSpec().findColumnIndex(m_facts.get(BackdoorAuditorNodeModel.IMAGE_COLUMN));
        m_labels = new int[Math.toIntExact(m_images.size())];
        m_mark = new int[m_labels.length];
        m_looksLike = new String[m_labels.length];
        m_evidence = new double[m_labels.length];
        readJudged(kept.judged);
        m_poisoned = PoisonFlags.of(m_images);
    }

    private void readJudged(final BufferedDataTable judged) {
        JudgedImages.SCHEMA.reader(judged).forEach((row, i) -> {
            m_labels[i] = index(row.get(JudgedImages.LABEL));
            m_mark[i] = Objects.requireNonNullElse(row.find(JudgedImages.MARK), NONE);
            final String looksLike = row.find(JudgedImages.LOOKS_LIKE);
            m_looksLike[i] = looksLike == null ? null : m_classes.get(index(looksLike));
            m_evidence[i] = Objects.requireNonNullElse(row.find(JudgedImages.EVIDENCE), Double.NEGATIVE_INFINITY);
            m_takenOut.set(i, row.get(JudgedImages.TAKEN_OUT));
            m_listed.set(m_mark[i], m_mark[i] != NONE);
        });
    }

    private int index(final String label) {
        return m_indices.computeIfAbsent(label, name -> {
            m_classes.add(name);
            return m_classes.size() - 1;
        });
    }

    /** JSON has no NaN and no infinity. */
    private static Double finite(final Double value) {
        return value != null && Double.isFinite(value) ? value : null;
    }

    /** @return what the view shows at first: the most suspicious class and its first mark */
    public Overview overview() {
        final List<ClassInfo> classes = classes();
        final List<MarkInfo> marks = marks();
        final int chosen = classes.get(0).index();
        final int mark = marks.stream().filter(m -> m.index() == chosen).mapToInt(MarkInfo::number).findFirst().orElse(NONE);
        final Stream<Request> marked = marks.stream().filter(MarkInfo::listed).map(MarkInfo::number).filter(m -> m != mark).limit(OFFLINE_MARKS).map(m -> Request.of("marked", m, 0));
        final Stream<Request> others = IntStream.concat(IntStream.of(Page.ALL), classes.stream().mapToInt(ClassInfo::index).filter(c -> c != chosen)).limit(OFFLINE_CLASSES)
            .mapToObj(c -> Request.of("others", c, 0));
        final boolean listed = marks.stream().anyMatch(m -> m.number() == mark && m.listed());
        return new Overview(m_facts.get(BackdoorAuditorNodeModel.SENTENCE), m_facts.get(BackdoorAuditorNodeModel.NEXT_STEP), m_labels.length, m_poisoned != null,
            Double.parseDouble(m_facts.get(BackdoorAuditorNodeModel.LEVEL)), classes, marks, m_marks.size(), chosen, mark, listed ? marked(mark, 0) : null,
            others(chosen, 0), m_facts.get(ViewFacts.ENGINE), Stream.concat(marked, others).toList());
    }

    private List<ClassInfo> classes() {
        final var poisoned = new int[m_classes.size()];
        final var found = new int[m_classes.size()];
        if (m_poisoned != null) {
            m_poisoned.stream().forEach(i -> {
                poisoned[m_labels[i]]++;
                found[m_labels[i]] += m_takenOut.get(i) ? 1 : 0;
            });
        }
        return AuditTables.VERDICTS.reader(m_verdicts).list(row -> {
            final int c = index(row.get(AuditTables.LABEL));
            return new ClassInfo(c, m_classes.get(c), verdict(row), row.get(AuditTables.IMAGES), row.get(AuditTables.FOUND), finite(row.find(AuditTables.P_VALUE)),
                poisoned[c], found[c]);
        });
    }

    private static Verdict verdict(final TableReader.Row row) {
        final String word = row.get(AuditTables.FINDING);
        return new Verdict(Arrays.stream(Verdict.Finding.values()).filter(f -> f.text().equals(word)).findFirst().orElseThrow(), row.get(AuditTables.VERDICT),
            null, row.get(AuditTables.FOUND), finite(row.find(AuditTables.P_VALUE)), row.find(AuditTables.LOOKS_LIKE), finite(row.find(AuditTables.POWER)));
    }

    private List<MarkInfo> marks() {
        return AuditTables.MARKS.reader(m_marks).first(MARKS, this::mark);
    }

    private MarkInfo mark(final TableReader.Row row) {
        final String label = row.get(AuditTables.LABEL);
        final int number = row.get(AuditTables.MARK);
        return new MarkInfo(number, index(label), label, row.get(AuditTables.IMAGES), finite(row.find(AuditTables.STRENGTH)),
            finite(row.find(AuditTables.TURNED)), finite(row.find(AuditTables.P_VALUE)), row.find(AuditTables.LOOKS_LIKE), row.get(AuditTables.TAKEN_OUT),
            m_listed.get(number), ImageAddress.of(row.find(AuditTables.PICTURE)));
    }

    /**
     * @param mark number of a mark, from 1
     * @param offset how many to leave out
     * @return the next images that carry it, the most evident first; none of a natural similarity
     */
    public Page<Image> marked(final int mark, final int offset) {
        return images(i -> m_mark[i] == mark, offset);
    }

    /**
     * @param label index of a class, or {@link Page#ALL}
     * @param offset how many to leave out
     * @return the next images that carry no mark, in the order of the table
     */
    public Page<Image> others(final int label, final int offset) {
        return images(i -> m_mark[i] == NONE && (label == Page.ALL || m_labels[i] == label), offset);
    }

    private Page<Image> images(final IntPredicate asked, final int offset) {
        final int[] found = IntStream.range(0, m_labels.length).filter(asked).boxed().sorted(Comparator.comparingDouble(i -> -m_evidence[i]))
            .mapToInt(Integer::intValue).toArray();
        return Page.of(found, offset, PAGE, shown -> TableRows.at(m_images, shown), this::image);
    }

    private Image image(final int i, final DataRow row) {
        return new Image(row.getKey().getString(), m_classes.get(m_labels[i]), m_looksLike[i],
            m_mark[i] == NONE ? null : finite(m_evidence[i]), ImageAddress.of(row.getCell(m_imageColumn)), m_poisoned != null && m_poisoned.get(i));
    }
}
