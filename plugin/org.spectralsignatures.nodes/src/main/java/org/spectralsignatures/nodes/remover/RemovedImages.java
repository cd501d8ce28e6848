package org.spectralsignatures.nodes.remover;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.PoisonFlags;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.view.ImageAddress;
import org.spectralsignatures.nodes.view.Page;
import org.spectralsignatures.nodes.view.Request;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.ClassRemoval;
import org.spectralsignatures.removal.Verdict;

/**
 * Answers the view of the remover: images that were removed and kept, by score. Of the table only class, score and two bits a row are held;
 * images are read page by page.
 */
public final class RemovedImages {

    private static final int PAGE = 20;

    private static final int OFFLINE_CLASSES = 10;

    /**
     * What the view shows at first.
     *
     * @param rows number of all images
     * @param flagged whether it is known which are poisoned
     * @param rule how many are removed, in words
     * @param perClass whether each class was ranked on its own
     * @param level of significance of the verdicts
     * @param classes the most suspicious first
     * @param chosen index of the class that is shown at first; {@link Page#ALL} if there is none
     * @param removed its removed images
     * @param kept its kept images
     * @param offline what the view asks for next
     */
    public record Overview(int rows, boolean flagged, String rule, boolean perClass, double level, List<ClassInfo> classes, int chosen, Page<Image> removed,
        Page<Image> kept, List<Request> offline) {
    }

    /**
     * A class.
     *
     * @param index by which it is asked for
     * @param label its name
     * @param verdict what its scores say
     * @param rows number of its images
     * @param removed number of removed ones
     * @param poisoned number of poisoned ones, 0 if unknown
     * @param poisonRemoved number of those that were removed
     * @param lowestRemoved score; null if none was removed
     * @param highestKept score; null if none was kept
     */
    public record ClassInfo(int index, String label, Verdict verdict, int rows, int removed, int poisoned, int poisonRemoved, Double lowestRemoved,
        Double highestKept) {
    }

    /**
     * An image.
     *
     * @param key its row key
     * @param label its class
     * @param score its score; null if it is no number
     * @param address a {@code data:} address; null if there is no image
     * @param poisoned whether it is poisoned; false if unknown
     */
    public record Image(String key, String label, Double score, String address, boolean poisoned) {
    }

    private final BufferedDataTable m_images;

    private final Map<String, String> m_facts;

    private final int m_imageColumn;

    private final List<String> m_classes = new ArrayList<>();

    private final int[] m_labels;

    private final double[] m_scores;

    private final BitSet m_removed = new BitSet();

    private final BitSet m_poisoned;

    private final ClassVerdicts m_verdicts;

    /**
     * What the node keeps for its view.
     *
     * @param images all of them
     * @param ranking a row an image, see {@link Ranking}
     * @param facts by name
     * @param verdicts a row a class, see {@link ClassVerdicts}; null in what was saved before verdicts were kept
     */
    record Kept(BufferedDataTable images, BufferedDataTable ranking, BufferedDataTable facts, BufferedDataTable verdicts) {

        static Kept of(final BufferedDataTable[] tables) {
            return new Kept(tables[0], tables[1], tables[2], tables.length > 3 ? tables[3] : null);
        }

        BufferedDataTable[] tables() {
            return new BufferedDataTable[]{images, ranking, facts, verdicts};
        }
    }

    RemovedImages(final Kept kept) {
        m_images = kept.images;
        m_facts = ViewFacts.read(kept.facts);
        final DataTableSpec spec = m_images.getDataTableSpec();
        m_imageColumn = ImageTableSpec.anyImages(spec);
        m_labels = new int[Math.toIntExact(m_images.size())];
        m_scores = new double[m_labels.length];
        readRanking(kept.ranking);
        m_verdicts = kept.verdicts == null ? ClassVerdicts.ofScores(m_labels, m_classes.size(), m_scores, level(), null)
            : ClassVerdicts.read(kept.verdicts, m_classes);
        m_poisoned = PoisonFlags.of(m_images);
    }

    private void readRanking(final BufferedDataTable ranking) {
        final Map<String, Integer> indices = new HashMap<>();
        Ranking.SCHEMA.reader(ranking).forEach((row, i) -> {
            m_labels[i] = indices.computeIfAbsent(row.get(Ranking.LABEL), label -> {
                m_classes.add(label);
                return m_classes.size() - 1;
            });
            m_scores[i] = row.get(Ranking.SCORE);
            m_removed.set(i, row.get(Ranking.REMOVED));
        });
    }

    /** @return what the view shows at first: the most suspicious class */
    public Overview overview() {
        final List<ClassInfo> classes = classes();
        final int chosen = classes.isEmpty() ? Page.ALL : classes.get(0).index();
        final IntStream next = IntStream.concat(IntStream.of(Page.ALL), classes.stream().mapToInt(ClassInfo::index).filter(c -> c != chosen)).limit(OFFLINE_CLASSES);
        return new Overview(m_labels.length, m_poisoned != null, m_facts.get(TopKRemoverNodeModel.RULE),
            Boolean.parseBoolean(m_facts.get(TopKRemoverNodeModel.PER_CLASS)), level(), classes, chosen, images(chosen, true, 0), images(chosen, false, 0),
            next.boxed().flatMap(c -> Stream.of(Request.of("images", c, true, 0), Request.of("images", c, false, 0))).toList());
    }

    private double level() {
        return Double.parseDouble(m_facts.get(TopKRemoverNodeModel.LEVEL));
    }

    /** The classes by suspicion; those that cannot be told follow, the more was removed the earlier. */
    private List<ClassInfo> classes() {
        final int n = m_classes.size();
        final List<ClassRemoval> losses = ClassRemoval.of(m_labels, n, m_scores, m_removed::get, this::isPoisoned);
        final Comparator<ClassInfo> told = Comparator.comparing(c -> c.verdict().finding() == Verdict.Finding.CANNOT_TELL ? n + 1 : m_verdicts.ranks()[c.index()]);
        return IntStream.range(0, n)
            .mapToObj(c -> info(c, losses.get(c)))
            .sorted(told.thenComparing(c -> -c.poisoned()).thenComparing(c -> -c.removed()).thenComparing(ClassInfo::label, ClassNames.NATURAL)).toList();
    }

    private ClassInfo info(final int index, final ClassRemoval loss) {
        return new ClassInfo(index, m_classes.get(index), m_verdicts.verdicts().get(index), loss.rows(), loss.removed(), loss.poisoned(), loss.poisonRemoved(),
            number(loss.lowestRemoved()), number(loss.highestKept()));
    }

    private boolean isPoisoned(final int image) {
        return m_poisoned != null && m_poisoned.get(image);
    }

    /** JSON has no NaN. */
    private static Double number(final double score) {
        return Double.isFinite(score) ? score : null;
    }

    /**
     * @param label index of a class, or {@link Page#ALL}
     * @param removed whether the removed or the kept images are asked for
     * @param offset how many to leave out
     * @return the next images, the highest scores first
     */
    public Page<Image> images(final int label, final boolean removed, final int offset) {
        final int[] found = IntStream.range(0, m_labels.length).filter(i -> (label == Page.ALL || m_labels[i] == label) && m_removed.get(i) == removed).boxed()
            .sorted(Comparator.comparingDouble(i -> Double.isNaN(m_scores[i]) ? Double.POSITIVE_INFINITY : -m_scores[i]))
            .mapToInt(Integer::intValue).toArray();
        return Page.of(found, offset, PAGE, shown -> TableRows.at(m_images, shown), this::image);
    }

    private Image image(final int index, final DataRow row) {
        return new Image(row.getKey().getString(), m_classes.get(m_labels[index]), number(m_scores[index]),
            m_imageColumn < 0 ? null : ImageAddress.of(row.getCell(m_imageColumn)), isPoisoned(index));
    }
}
