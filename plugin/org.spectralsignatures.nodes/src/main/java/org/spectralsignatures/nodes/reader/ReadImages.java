package org.spectralsignatures.nodes.reader;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.nodes.view.Gallery;
import org.spectralsignatures.nodes.view.Page;
import org.spectralsignatures.nodes.view.Request;

/** Answers the page of a set that was read: what its report says, pairs of images that are alike, and the images by class. */
public final class ReadImages {

    private static final int PAIRS = 6;

    /**
     * What the node keeps for its view.
     *
     * @param images all that were read
     * @param report see {@link ReportTable}; null in what was saved before there was a report, and so are the others
     * @param pairs some that are alike, see {@link PairsTable}
     * @param notes of the node's warning, see {@link NotesTable}
     */
    record Kept(BufferedDataTable images, BufferedDataTable report, BufferedDataTable pairs, BufferedDataTable notes) {

        static Kept of(final BufferedDataTable[] tables) {
            return tables.length < 4 ? new Kept(tables[0], null, null, null) : new Kept(tables[0], tables[1], tables[2], tables[3]);
        }

        BufferedDataTable[] tables() {
            return new BufferedDataTable[]{images, report, pairs, notes};
        }
    }

    /**
     * What the page shows at first.
     *
     * @param tables the one of the images
     * @param chosen {@link Page#ALL}: of the images by class all are shown
     * @param first their first page
     * @param report what became of the set; null if that was not kept
     * @param notes of the node's warning
     * @param pairs the first page of the images that are most alike; null if there are none
     * @param offline what the page asks for next
     */
    public record Overview(List<Gallery.TableInfo> tables, int chosen, Page<Gallery.Image> first, ReportSummary report, List<String> notes,
        Page<Pair> pairs, List<Request> offline) {
    }

    /**
     * Two images that are alike.
     *
     * @param first of them, in the set's order
     * @param second of them
     */
    public record Pair(Twin first, Twin second) {
    }

    /**
     * One of two images that are alike.
     *
     * @param key its row key
     * @param label its class
     * @param address a {@code data:} address; null if it cannot be shown
     */
    public record Twin(String key, String label, String address) {
    }

    private final Kept m_kept;

    private final Gallery m_gallery;

    /** @param kept by the node */
    ReadImages(final Kept kept) {
        m_kept = kept;
        m_gallery = Gallery.of(new BufferedDataTable[]{kept.images}, "Images");
    }

    /** @return what the page shows at first */
    public Overview overview() {
        final Gallery.Overview gallery = m_gallery.overview();
        if (m_kept.report == null) {
            return new Overview(gallery.tables(), gallery.chosen(), gallery.first(), null, List.of(), null, gallery.offline());
        }
        final ReportSummary report = ReportSummary.of(ReportTable.read(m_kept.report));
        final List<String> kinds = report.alike().stream().map(ReportSummary.Alike::kind).toList();
        return new Overview(gallery.tables(), gallery.chosen(), gallery.first(), report, NotesTable.read(m_kept.notes),
            kinds.isEmpty() ? null : pairs(kinds.get(0), 0),
            Stream.concat(gallery.offline().stream(), kinds.stream().skip(1).map(kind -> Request.of("pairs", kind, 0))).toList());
    }

    /**
     * @param table 0, for the only one
     * @param label index of a class, or {@link Page#ALL}
     * @param offset how many to leave out
     * @return the next images
     */
    public Page<Gallery.Image> page(final int table, final int label, final int offset) {
        return m_gallery.page(table, label, offset);
    }

    /**
     * @param kind how much alike, and where they stand, as the report calls it
     * @param offset how many to leave out
     * @return the next pairs
     */
    public Page<Pair> pairs(final String kind, final int offset) {
        if (m_kept.pairs == null) {
            return new Page<>(0, 0, List.of());
        }
        final List<String> kinds = PairsTable.kinds(m_kept.pairs);
        final int[] rows = IntStream.range(0, kinds.size()).filter(i -> kinds.get(i).equals(kind)).toArray();
        return Page.of(rows, offset, PAIRS, shown -> PairsTable.at(m_kept.pairs, shown), (i, pair) -> pair);
    }
}
