package org.spectralsignatures.nodes.auditor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.view.ImageAddress;
import org.spectralsignatures.nodes.view.Request;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.Verdict;

/**
 * Answers the view of the auditor: conclusion, verdicts, pairs, and the images of a class by evidence. Of the images only classes, evidence
 * and two bits a row are held; images are read page by page.
 */
public final class AuditExplorer {

    /** Stands for all classes. */
    public static final int ALL = -1;

    private static final int PAGE = 20;

    private static final int OFFLINE_CLASSES = 10;

    private static final int PAIRS = 100;

    /**
     * What the view shows at first.
     *
     * @param conclusion in one sentence
     * @param nextStep what to do now
     * @param rows number of all images
     * @param flagged whether it is known which are poisoned
     * @param level of significance
     * @param classes the most suspicious first
     * @param pairs the most suspicious ones
     * @param allPairs number of all pairs
     * @param chosen index of the class that is shown at first
     * @param suspicious its suspicious images
     * @param others its other images
     * @param offline what the view asks for next
     */
    public record Overview(String conclusion, String nextStep, int rows, boolean flagged, double level, List<ClassInfo> classes, List<PairInfo> pairs, long allPairs,
        int chosen, Images suspicious, Images others, List<Request> offline) {
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
     * A pair of classes.
     *
     * @param label of the images
     * @param looksLike the class that they look like
     * @param images how many
     * @param statistic how much they have in common; null if it is no number
     * @param p its p-value; null if there is none
     * @param takenOut how many are taken for poison
     */
    public record PairInfo(String label, String looksLike, int images, Double statistic, Double p, int takenOut) {
    }

    /**
     * A part of the suspicious or other images of a class.
     *
     * @param offset number of images before it
     * @param total number of those images
     * @param images the part, the strongest evidence first
     */
    public record Images(int offset, int total, List<Image> images) {
    }

    /**
     * An image.
     *
     * @param key its row key
     * @param label its class
     * @param looksLike the class that it looks like
     * @param evidence in nats; null if it is no number
     * @param address a {@code data:} address; null if there is no image
     * @param poisoned whether it is flagged as poisoned; false if unknown
     */
    public record Image(String key, String label, String looksLike, Double evidence, String address, boolean poisoned) {
    }

    private final BufferedDataTable m_images;

    private final BufferedDataTable m_verdicts;

    private final BufferedDataTable m_pairs;

    private final Map<String, String> m_facts;

    private final int m_imageColumn;

    private final List<String> m_classes = new ArrayList<>();

    private final Map<String, Integer> m_indices = new HashMap<>();

    private final int[] m_labels;

    private final int[] m_looksLike;

    private final double[] m_evidence;

    private final BitSet m_suspicious = new BitSet();

    private final BitSet m_poisoned;

    AuditExplorer(final BufferedDataTable[] tables) {
        m_images = tables[0];
        m_verdicts = tables[2];
        m_pairs = tables[3];
        m_facts = ViewFacts.read(tables[4]);
        final DataTableSpec spec = m_images.getDataTableSpec();
        m_imageColumn = spec.findColumnIndex(m_facts.get(BackdoorAuditorNodeModel.IMAGE_COLUMN));
        m_labels = new int[Math.toIntExact(m_images.size())];
        m_looksLike = new int[m_labels.length];
        m_evidence = new double[m_labels.length];
        readJudged(tables[1]);
        final int flag = spec.findColumnIndex(ImageTableSpec.POISONED);
        m_poisoned = flag < 0 || !spec.getColumnSpec(flag).getType().isCompatible(BooleanValue.class) ? null : new BitSet();
        if (m_poisoned != null) {
            TableRows.read(m_images, (row, i) -> m_poisoned.set(i,
                !row.getCell(flag).isMissing() && ((BooleanValue)row.getCell(flag)).getBooleanValue()), flag);
        }
    }

    private void readJudged(final BufferedDataTable judged) {
        TableRows.read(judged, (row, i) -> {
            m_labels[i] = index(text(row.getCell(JudgedImages.LABEL)));
            m_looksLike[i] = index(text(row.getCell(JudgedImages.LOOKS_LIKE)));
            final DataCell evidence = row.getCell(JudgedImages.EVIDENCE);
            m_evidence[i] = evidence.isMissing() ? Double.NEGATIVE_INFINITY : ((DoubleValue)evidence).getDoubleValue();
            m_suspicious.set(i, ((BooleanValue)row.getCell(JudgedImages.SUSPICIOUS)).getBooleanValue());
        }, JudgedImages.LABEL, JudgedImages.EVIDENCE, JudgedImages.LOOKS_LIKE, JudgedImages.SUSPICIOUS);
    }

    private int index(final String label) {
        return m_indices.computeIfAbsent(label, name -> {
            m_classes.add(name);
            return m_classes.size() - 1;
        });
    }

    private static String text(final DataCell cell) {
        return cell.isMissing() ? null : ((StringValue)cell).getStringValue();
    }

    private static int count(final DataCell cell) {
        return ((IntValue)cell).getIntValue();
    }

    /** JSON has no NaN and no infinity. */
    private static Double number(final DataCell cell) {
        return cell.isMissing() ? null : finite(((DoubleValue)cell).getDoubleValue());
    }

    private static Double finite(final double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** @return what the view shows at first: the most suspicious class */
    public Overview overview() {
        final List<ClassInfo> classes = classes();
        final int chosen = classes.get(0).index();
        final IntStream next = IntStream.concat(IntStream.of(ALL), classes.stream().mapToInt(ClassInfo::index).filter(c -> c != chosen)).limit(OFFLINE_CLASSES);
        return new Overview(m_facts.get(BackdoorAuditorNodeModel.SENTENCE), m_facts.get(BackdoorAuditorNodeModel.NEXT_STEP), m_labels.length, m_poisoned != null,
            Double.parseDouble(m_facts.get(BackdoorAuditorNodeModel.LEVEL)), classes, pairs(), m_pairs.size(), chosen, images(chosen, true, 0),
            images(chosen, false, 0), next.boxed().flatMap(c -> Stream.of(Request.of("images", c, true, 0), Request.of("images", c, false, 0))).toList());
    }

    private List<ClassInfo> classes() {
        final var poisoned = new int[m_classes.size()];
        final var found = new int[m_classes.size()];
        if (m_poisoned != null) {
            m_poisoned.stream().forEach(i -> {
                poisoned[m_labels[i]]++;
                found[m_labels[i]] += m_suspicious.get(i) ? 1 : 0;
            });
        }
        final var classes = new ArrayList<ClassInfo>();
        TableRows.read(m_verdicts, (row, i) -> {
            final int c = index(text(row.getCell(AuditTables.LABEL)));
            classes.add(new ClassInfo(c, m_classes.get(c), verdict(row), count(row.getCell(AuditTables.IMAGES)), count(row.getCell(AuditTables.FOUND)),
                number(row.getCell(AuditTables.P_VALUE)), poisoned[c], found[c]));
        }, IntStream.rangeClosed(AuditTables.LABEL, AuditTables.POWER).toArray());
        return classes;
    }

    private static Verdict verdict(final DataRow row) {
        final String word = text(row.getCell(AuditTables.FINDING));
        return new Verdict(Arrays.stream(Verdict.Finding.values()).filter(f -> f.text().equals(word)).findFirst().orElseThrow(), text(row.getCell(AuditTables.VERDICT)),
            null, count(row.getCell(AuditTables.FOUND)), number(row.getCell(AuditTables.P_VALUE)), text(row.getCell(AuditTables.LOOKS_LIKE)),
            number(row.getCell(AuditTables.POWER)));
    }

    private List<PairInfo> pairs() {
        final var pairs = new ArrayList<PairInfo>();
        try (var rows = m_pairs.iterator()) {
            while (rows.hasNext() && pairs.size() < PAIRS) {
                final DataRow row = rows.next();
                pairs.add(new PairInfo(text(row.getCell(0)), text(row.getCell(1)), count(row.getCell(2)), number(row.getCell(3)), number(row.getCell(4)),
                    count(row.getCell(5))));
            }
        }
        return pairs;
    }

    /**
     * @param label index of a class, or {@link #ALL}
     * @param suspicious whether the suspicious or the other images are asked for
     * @param offset how many to leave out
     * @return the next images, the strongest evidence first
     */
    public Images images(final int label, final boolean suspicious, final int offset) {
        final int[] found = IntStream.range(0, m_labels.length).filter(i -> (label == ALL || m_labels[i] == label) && m_suspicious.get(i) == suspicious).boxed()
            .sorted(Comparator.comparingDouble(i -> -m_evidence[i])).mapToInt(Integer::intValue).toArray();
        final int[] shown = Arrays.stream(found).skip(offset).limit(PAGE).toArray();
        final Map<Integer, DataRow> rows = TableRows.at(m_images, shown);
        return new Images(offset, found.length, Arrays.stream(shown).mapToObj(i -> image(i, rows.get(i))).toList());
    }

    private Image image(final int i, final DataRow row) {
        return new Image(row.getKey().getString(), m_classes.get(m_labels[i]), m_classes.get(m_looksLike[i]), finite(m_evidence[i]),
            ImageAddress.of(row.getCell(m_imageColumn)), m_poisoned != null && m_poisoned.get(i));
    }
}
