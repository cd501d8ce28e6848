package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.ImageScaling;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Images in folders that mean nothing, whose classes tables tell. They come in the order of these. */
final class LabelsFileSource implements ImageSource {

    /**
     * @param file null if there is none
     * @param part in the words of {@link SplitFolders#part}; empty where the tables tell none
     */
    private record Entry(String key, LabelsFile.Row row, Path file, String part) {
    }

    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:/.*|\\w{2,}://.*", Pattern.DOTALL);

    private final Path root;

    private final LabelsFiles labels;

    private final boolean crop;

    private final List<Entry> entries = new ArrayList<>();

    private final List<String> classes;

    private final FolderScan scan;

    private final int unlisted;

    private String firstUnlisted = "";

    /** Rows of other parts, by what they say. */
    private final Map<String, Integer> otherParts = new TreeMap<>();

    private String firstOfOtherPart;

    private int repeated;

    private LabelsFile.Row firstRepeated;

    /**
     * @param root folder of the images
     * @param split the rows to take, where the tables tell parts
     * @param labels the tables
     * @param crop whether only the regions are taken that they tell
     * @param monitor asked while the folder is looked through
     * @throws IOException if tables and folder do not fit
     */
    LabelsFileSource(final Path root, final Split split, final LabelsFiles labels, final boolean crop, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        this.root = root;
        this.labels = labels;
        this.crop = crop;
        final Map<LabelsFile, String> places = new LinkedHashMap<>();
        for (LabelsFile table : labels.tables()) {
            if (crop && !table.hasRegions()) {
                throw new IOException("'%s' has no columns of regions, such as Roi.X1, Roi.Y1, Roi.X2, Roi.Y2. Switch off 'Crop to the region'.".formatted(table.path()));
            }
            places.put(table, LabelsFiles.below(root, table));
        }
        final boolean parts = places.entrySet().stream().anyMatch(place -> tellsPart(place.getKey(), place.getValue()));
        if (!parts && (split == Split.TEST || split == Split.VALIDATION)) {
            throw new IOException("'%s' has no column 'split' that tells the %s images. Choose the split 'All'.".formatted(labels.path(), SplitFolders.usual(split)));
        }
        scan = new FolderScan(root, LabelRule.none(), monitor);
        scan.add(root, "");
        final Set<String> used = new HashSet<>();
        match(places, parts ? split : Split.ALL, used);
        if (entries.isEmpty()) {
            throw new IOException("No row of '%s' is of the split '%s': its column says %s.".formatted(labels.path(), SplitFolders.usual(split), places.entrySet().stream()
                .flatMap(place -> place.getKey().rows().stream().map(row -> part(place.getKey(), place.getValue(), row))).distinct().limit(5)
                .collect(Collectors.joining(", "))));
        }
        int left = 0;
        for (FolderScan.Found image : scan.images()) {
            if (!used.contains(image.key())) {
                firstUnlisted = left++ == 0 ? image.key() : firstUnlisted;
            }
        }
        unlisted = left;
        final var names = new TreeSet<String>(ClassNames.NATURAL);
        entries.stream().map(entry -> entry.row().label()).filter(label -> label != null).distinct().forEach(names::add);
        classes = List.copyOf(names);
    }

    /** A table of several in a folder that is a part of the set tells that part. */
    private boolean tellsPart(final LabelsFile table, final String below) {
        return table.hasParts() || labels.several() && SplitFolders.names().contains(first(below).toLowerCase(Locale.ROOT));
    }

    private String part(final LabelsFile table, final String below, final LabelsFile.Row row) {
        return table.hasParts() || !tellsPart(table, below) ? row.part() : first(below);
    }

    private static String first(final String below) {
        return below.substring(0, Math.max(0, below.indexOf('/')));
    }

    private void match(final Map<LabelsFile, String> places, final Split split, final Set<String> used) throws IOException {
        final var files = new ListedFiles(scan.images());
        final Map<String, LabelsFile.Row> rows = new HashMap<>();
        for (Map.Entry<LabelsFile, String> place : places.entrySet()) {
            for (LabelsFile.Row row : place.getKey().rows()) {
                final FolderScan.Found image = files.find(row.file(), place.getValue(), labels.several());
                final String key = image != null ? image.key() : labels.several() ? place.getValue() + row.file() : row.file();
                used.add(key);
                final String part = part(place.getKey(), place.getValue(), row);
                if (split == Split.ALL || SplitFolders.is(split, part)) {
                    final String told = tellsPart(place.getKey(), place.getValue()) ? SplitFolders.part(part) : "";
                    take(new Entry(key, row, image == null ? null : image.file(), told), rows.putIfAbsent(key, row));
                } else {
                    otherParts.merge(part, 1, Integer::sum);
                    firstOfOtherPart = firstOfOtherPart == null ? key : firstOfOtherPart;
                }
            }
        }
    }

    private void take(final Entry entry, final LabelsFile.Row before) throws IOException {
        final LabelsFile.Row row = entry.row();
        if (before == null) {
            entries.add(entry);
            return;
        }
        if (before.label() == null ? row.label() != null : !before.label().equals(row.label())) {
            throw new IOException("'%s' is of class '%s' in row %d of '%s', but of class '%s' in row %d%s.".formatted(row.file(), before.label(), before.number(),
                before.table(), row.label(), row.number(), of(row, before)));
        }
        if (crop && !before.region().equals(row.region())) {
            throw new IOException("'%s' has several regions, in rows %d and %d of '%s'. Leave one of them, or switch off 'Crop to the region'.".formatted(row.file(),
                before.number(), row.number(), row.table()));
        }
        firstRepeated = repeated++ == 0 ? row : firstRepeated;
    }

    private static String of(final LabelsFile.Row row, final LabelsFile.Row before) {
        return row.table().equals(before.table()) ? "" : " of '%s'".formatted(row.table());
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int[] labels() {
        final Map<String, Integer> indices = new HashMap<>();
        classes.forEach(name -> indices.put(name, indices.size()));
        return entries.stream().mapToInt(entry -> indices.getOrDefault(entry.row().label(), UNKNOWN)).toArray();
    }

    @Override
    public ImageShape firstShape(final IntPredicate wanted) throws IOException {
        final int[] indices = labels();
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] != UNKNOWN && wanted.test(indices[i])) {
                try {
                    return decode(entries.get(i), PixelLimit.ofThisJvm()).shape();
                } catch (ImageFormatException e) {
                    throw new IOException("'%s' cannot be used: %s".formatted(entries.get(i).key(), e.getMessage()), e);
                }
            }
        }
        throw new IOException("There is no image of the classes to keep.");
    }

    private DecodedImage decode(final Entry entry, final PixelLimit limit) throws ImageFormatException {
        if (entry.file() == null) {
            throw new ImageFormatException(ImageFault.NOT_READABLE, "Row %d of '%s' lists it, but there is no such file, or several have that name.%s"
                .formatted(entry.row().number(), entry.row().table(), ABSOLUTE.matcher(entry.row().file()).matches()
                    ? " It is the path of another place: take away from the list what stands before the paths below '%s'.".formatted(root) : ""));
        }
        return cropped(entry, ImageCodec.decode(RegularFile.read(entry.file(), limit), limit));
    }

    private DecodedImage cropped(final Entry entry, final DecodedImage image) throws ImageFormatException {
        if (!crop) {
            return image;
        }
        final ImageRegion region = entry.row().region();
        if (!region.isWithin(image.shape())) {
            throw new ImageFormatException(ImageFault.DAMAGED, "Row %d of '%s' tells a %s, but the image has %s.".formatted(entry.row().number(), entry.row().table(),
                region, image.shape().describe()));
        }
        return ImageScaling.crop(image, region);
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            final Entry entry = entries.get(i);
            visitor.visit(i, entry.key(), entry.file() == null ? limit -> decode(entry, limit)
                : new FileDecoder(entry.file(), (content, limit) -> cropped(entry, ImageCodec.decode(content, limit))));
        }
    }

    @Override
    public String key(final int index) {
        return entries.get(index).key();
    }

    @Override
    public String unknownLabel(final int index) {
        return "Row %d of '%s' names no class.".formatted(entries.get(index).row().number(), entries.get(index).row().table());
    }

    @Override
    public String part(final int index) {
        return entries.get(index).part();
    }

    @Override
    public List<FolderScan.PassedOver> passedOver() {
        final var all = new ArrayList<>(scan.passedOver());
        if (unlisted > 0) {
            all.add(new FolderScan.PassedOver(FolderScan.Reason.NOT_LISTED, "", unlisted, firstUnlisted));
        }
        if (!otherParts.isEmpty()) {
            all.add(new FolderScan.PassedOver(FolderScan.Reason.OTHER_PART, "", otherParts.values().stream().mapToInt(Integer::intValue).sum(), firstOfOtherPart));
        }
        return all;
    }

    @Override
    public List<String> notes() {
        final var notes = new ArrayList<>(scan.notes());
        if (unlisted > 0) {
            notes.add(String.format(Locale.ROOT, "%,d image%s not listed in '%s', the first: '%s'.", unlisted, unlisted == 1 ? " is" : "s are", labels.path(), firstUnlisted));
        }
        if (repeated > 0) {
            notes.add(String.format(Locale.ROOT, "%,d row%s an image again that is listed before, the first: '%s' in row %d of '%s'. It is read once.", repeated,
                repeated == 1 ? " lists" : "s list", firstRepeated.file(), firstRepeated.number(), firstRepeated.table()));
        }
        otherParts.forEach((word, count) -> {
            if (Stream.of(Split.TRAINING, Split.VALIDATION, Split.TEST).noneMatch(part -> SplitFolders.is(part, word))) {
                notes.add(String.format(Locale.ROOT, "%,d row%s of '%s' of the part '%s', which is none that is known, and not read.", count,
                    count == 1 ? " is" : "s are", labels.path(), word));
            }
        });
        return notes;
    }
}
