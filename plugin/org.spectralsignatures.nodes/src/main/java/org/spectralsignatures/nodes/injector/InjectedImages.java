package org.spectralsignatures.nodes.injector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.DataCell;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.attack.TriggerPicture;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.ImageScaling;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.view.Gallery;
import org.spectralsignatures.nodes.view.ImageAddress;
import org.spectralsignatures.nodes.view.Page;
import org.spectralsignatures.nodes.view.Request;
import org.spectralsignatures.nodes.view.ViewFacts;

/**
 * Answers the view of the injector: the images that this node marked beside their originals, the trigger by itself, and the poisoned set
 * by class. The pairs are read page by page from a table that the node made.
 */
public final class InjectedImages {

    private static final int PAGE = 12;

    private static final int OFFLINE_PARTS = 8;

    /** Least edge of a close-up, in pixels. */
    private static final int CLOSE_UP = 9;

    /** A close-up is worth its place if the mark is no larger than the image by this. */
    private static final int SMALL_SHARE = 4;

    /** A signal is zero here and there, but it is a mark of the whole image. */
    private static final double WHOLE_SHARE = .9;

    /**
     * What the view shows at first.
     *
     * @param sample class whose images are marked in use
     * @param target class that they are to be taken for
     * @param mode name of the mode
     * @param epsilon poisoned images as a share of the target class's clean ones
     * @param targetImages number of those
     * @param poisoned number of rows that this node poisoned
     * @param earlier number of rows that were poisoned before
     * @param kind name of the kind of trigger
     * @param description of the trigger in words
     * @param parts the whole trigger first, then each part if there are several
     * @param first the first pairs
     * @param gallery the poisoned set
     * @param offline what the view asks for next
     */
    public record Overview(String sample, String target, String mode, double epsilon, int targetImages, int poisoned, int earlier, String kind,
        String description, List<Part> parts, Page<Pair> first, Gallery.Overview gallery, List<Request> offline) {
    }

    /**
     * The trigger or a part of it.
     *
     * @param description in words
     * @param where the pixels that it changes, in words
     * @param rows number of rows that have it
     * @param onGrey address of it on a grey image
     * @param ratio width by height
     * @param detail address of a close-up of it, or if it covers much of the image of its enlarged difference to grey
     * @param box where the close-up lies; null for a difference
     * @param factor by which the difference is enlarged; null for a close-up
     */
    public record Part(String description, String where, int rows, String onGrey, double ratio, String detail, Box box, Double factor) {
    }

    /**
     * A rectangle in percent of an image's edges.
     *
     * @param left edge
     * @param top edge
     * @param width of it
     * @param height of it
     */
    public record Box(double left, double top, double width, double height) {

        static Box of(final ImageRegion region, final ImageShape image) {
            return new Box(100. * region.column() / image.width(), 100. * region.row() / image.height(), 100. * region.width() / image.width(),
                100. * region.height() / image.height());
        }
    }

    /** What shows a mark best: what lies around it if it is small, else what it changes. */
    private record Detail(String address, Box box, Double factor) {

        static Detail of(final DecodedImage original, final DecodedImage marked, final ImageRegion region) {
            final ImageShape shape = marked.shape();
            if ((long)region.height() * region.width() * SMALL_SHARE > shape.planeSize()) {
                final TriggerPicture.Difference difference = TriggerPicture.difference(original, marked);
                return new Detail(ImageAddress.of(difference.picture()), null, difference.factor());
            }
            final ImageRegion around = region.square(Math.max(CLOSE_UP, 2 * Math.max(region.height(), region.width())), shape);
            return new Detail(ImageAddress.of(ImageScaling.crop(marked, around)), Box.of(around, shape), null);
        }
    }

    /**
     * A marked image and its original.
     *
     * @param key row key of the marked image
     * @param originalKey row key of the original
     * @param originalLabel label of the original
     * @param part index of the part of the trigger
     * @param ratio width by height
     * @param original address
     * @param marked address
     * @param detail address of a close-up of the mark, or of the difference of both
     * @param box where the close-up lies; null for a difference
     * @param factor by which the difference is enlarged; null for a close-up
     */
    public record Pair(String key, String originalKey, String originalLabel, int part, double ratio, String original, String marked, String detail,
        Box box, Double factor) {
    }

    private final Gallery m_gallery;

    private final TableReader m_pairs;

    private final Map<String, String> m_facts;

    private final List<TableReader.Row> m_parts;

    private final List<ImageRegion> m_regions;

    private final int[] m_partOf;

    /**
     * What the node keeps for its view.
     *
     * @param images the poisoned set
     * @param pairs a row a marked image, see {@link MarkedPairs}
     * @param parts of the trigger, see {@link TriggerParts}
     * @param facts by name
     */
    record Kept(BufferedDataTable images, BufferedDataTable pairs, BufferedDataTable parts, BufferedDataTable facts) {

        static Kept of(final BufferedDataTable[] tables) {
            return new Kept(tables[0], tables[1], tables[2], tables[3]);
        }

        BufferedDataTable[] tables() {
            return new BufferedDataTable[]{images, pairs, parts, facts};
        }
    }

    InjectedImages(final Kept kept) {
        m_facts = ViewFacts.read(kept.facts);
        m_gallery = new Gallery(Map.of("Poisoned images", kept.images), m_facts.get(BackdoorInjectorNodeModel.IMAGE_COLUMN),
            m_facts.get(BackdoorInjectorNodeModel.LABEL_COLUMN));
        m_pairs = MarkedPairs.SCHEMA.reader(kept.pairs);
        m_parts = TriggerParts.SCHEMA.reader(kept.parts).list(row -> row);
        m_regions = m_parts.stream().map(TriggerParts::region).toList();
        m_partOf = new int[Math.toIntExact(kept.pairs.size())];
        TableReader.of(kept.pairs, MarkedPairs.PART).forEach((row, i) -> m_partOf[i] = row.get(MarkedPairs.PART));
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final String sample = m_facts.get(BackdoorInjectorNodeModel.SAMPLE_CLASS);
        final String target = m_facts.get(BackdoorInjectorNodeModel.TARGET_CLASS);
        final Gallery.Overview gallery = m_gallery.overview(target, sample);
        final int parts = m_parts.size() - 1;
        return new Overview(sample, target, m_facts.get(BackdoorInjectorNodeModel.MODE),
            Double.parseDouble(m_facts.get(BackdoorInjectorNodeModel.EPSILON)), number(BackdoorInjectorNodeModel.TARGET_IMAGES), m_partOf.length,
            number(BackdoorInjectorNodeModel.EARLIER_POISON), m_facts.get(BackdoorInjectorNodeModel.KIND),
            m_facts.get(BackdoorInjectorNodeModel.TRIGGER), IntStream.range(0, m_parts.size()).mapToObj(this::part).toList(), pairs(Page.ALL, 0), gallery,
            Stream.concat(gallery.offline().stream(),
                IntStream.range(0, Math.min(parts, OFFLINE_PARTS)).mapToObj(p -> Request.of("pairs", p, 0))).toList());
    }

    private int number(final String fact) {
        return Integer.parseInt(m_facts.get(fact));
    }

    private Part part(final int index) {
        final TableReader.Row row = m_parts.get(index);
        final ImageRegion region = m_regions.get(index);
        final DecodedImage picture = decode(row.get(TriggerParts.PICTURE));
        final Detail detail = Detail.of(TriggerPicture.grey(picture.shape()), picture, region);
        return new Part(row.get(TriggerParts.DESCRIPTION), where(region, picture.shape()),
            index == 0 ? m_partOf.length : (int)Arrays.stream(m_partOf).filter(p -> p == index - 1).count(), ImageAddress.of(picture),
            ratio(picture.shape()), detail.address(), detail.box(), detail.factor());
    }

    private static String where(final ImageRegion region, final ImageShape image) {
        return region.height() * region.width() >= WHOLE_SHARE * image.planeSize() ? "the whole image"
            : "%s, %s".formatted(range("row", region.row(), region.height()), range("column", region.column(), region.width()));
    }

    private static String range(final String what, final int from, final int length) {
        return length == 1 ? what + " " + from : "%ss %d to %d".formatted(what, from, from + length - 1);
    }

    /** An image that the node itself has decoded or made. */
    private static DecodedImage decode(final DataCell cell) {
        try {
            return ImageCodec.decode(((PNGImageValue)cell).getImageContent().getByteArrayReference());
        } catch (ImageFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param part index of a part of the trigger, or {@link Page#ALL}
     * @param offset how many to leave out
     * @return the next pairs of images with that part
     */
    public Page<Pair> pairs(final int part, final int offset) {
        final int[] marked = IntStream.range(0, m_partOf.length).filter(i -> part == Page.ALL || m_partOf[i] == part).toArray();
        return Page.of(marked, offset, PAGE, m_pairs::at, (i, row) -> pair(row, m_partOf[i]));
    }

    private Pair pair(final TableReader.Row row, final int part) {
        final DecodedImage original = decode(row.get(MarkedPairs.ORIGINAL));
        final DecodedImage marked = decode(row.get(MarkedPairs.MARKED));
        final Detail detail = Detail.of(original, marked, m_regions.get(m_parts.size() > 1 ? part + 1 : 0));
        return new Pair(row.key(), row.get(MarkedPairs.ORIGINAL_KEY), row.get(MarkedPairs.ORIGINAL_LABEL), part,
            ratio(marked.shape()), ImageAddress.of(original), ImageAddress.of(marked), detail.address(), detail.box(), detail.factor());
    }

    private static double ratio(final ImageShape image) {
        return (double)image.width() / image.height();
    }

    /** As {@link Gallery#page}, of the poisoned set. */
    public Page<Gallery.Image> page(final int table, final int label, final int offset) {
        return m_gallery.page(table, label, offset);
    }
}
