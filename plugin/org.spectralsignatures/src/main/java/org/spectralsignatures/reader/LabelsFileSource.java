package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageCodec;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.ImageScaling;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.monitor.TaskCancelledException;

/** Images in folders that mean nothing, whose classes a file tells. They come in the order of that file. */
final class LabelsFileSource implements ImageSource {

    /** @param file null if there is none */
    private record Entry(String key, LabelsFile.Row row, Path file) {
    }

    private final LabelsFile labels;

    private final boolean crop;

    private final List<Entry> entries = new ArrayList<>();

    private final List<String> classes;

    private final FolderScan scan;

    private final int unlisted;

    private String firstUnlisted = "";

    /** Rows of other parts, by what they say. */
    private final Map<String, Integer> otherParts = new TreeMap<>();

    private String firstOfOtherPart;

    /**
     * @param root folder of the images
     * @param split the rows to take, where the file tells parts
     * @param labels the file
     * @param crop whether only the regions are taken that the file tells
     * @throws IOException if file and folder do not fit
     */
    LabelsFileSource(final Path root, final Split split, final LabelsFile labels, final boolean crop) throws IOException {
        this.labels = labels;
        this.crop = crop;
        if (crop && !labels.hasRegions()) {
            throw new IOException("'%s' has no columns of regions, such as Roi.X1, Roi.Y1, Roi.X2, Roi.Y2. Switch off 'Crop to the region'.".formatted(labels.path()));
        }
        if (!labels.hasParts() && (split == Split.TEST || split == Split.VALIDATION)) {
            throw new IOException("'%s' has no column 'split' that tells the %s images. Choose the split 'All'.".formatted(labels.path(), SplitFolders.usual(split)));
        }
        scan = new FolderScan(root, LabelRule.none());
        scan.add(root, "");
        final Set<String> used = new HashSet<>();
        match(split, used);
        if (entries.isEmpty()) {
            throw new IOException("No row of '%s' is of the split '%s': its column says %s.".formatted(labels.path(), SplitFolders.usual(split),
                labels.rows().stream().map(LabelsFile.Row::part).distinct().limit(5).collect(Collectors.joining(", "))));
        }
        int left = 0;
        for (FolderScan.Found image : scan.images()) {
            if (!used.contains(image.key())) {
                firstUnlisted = left++ == 0 ? image.key() : firstUnlisted;
            }
        }
        unlisted = left;
        final var names = new TreeSet<String>(ClassNames.NATURAL);
        entries.stream().map(entry -> entry.row().label()).filter(label -> label != null).forEach(names::add);
        classes = List.copyOf(names);
    }

    private void match(final Split split, final Set<String> used) throws IOException {
        final var files = new ListedFiles(scan.images());
        final Map<String, LabelsFile.Row> rows = new HashMap<>();
        for (LabelsFile.Row row : labels.rows()) {
            final FolderScan.Found image = files.find(row.file());
            final String key = image == null ? row.file() : image.key();
            used.add(key);
            if (split != Split.ALL && labels.hasParts() && !SplitFolders.is(split, row.part())) {
                otherParts.merge(row.part(), 1, Integer::sum);
                firstOfOtherPart = firstOfOtherPart == null ? key : firstOfOtherPart;
                continue;
            }
            final LabelsFile.Row before = rows.putIfAbsent(key, row);
            if (before == null) {
                entries.add(new Entry(key, row, image == null ? null : image.file()));
            } else if (before.label() == null ? row.label() != null : !before.label().equals(row.label())) {
                throw new IOException("'%s' is of class '%s' in row %d of '%s', but of class '%s' in row %d.".formatted(row.file(), before.label(), before.number(),
                    labels.path(), row.label(), row.number()));
            } else if (crop && !before.region().equals(row.region())) {
                throw new IOException("'%s' has several regions, in rows %d and %d of '%s'. Leave one of them, or switch off 'Crop to the region'.".formatted(row.file(),
                    before.number(), row.number(), labels.path()));
            }
        }
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
            throw new ImageFormatException(ImageFault.NOT_READABLE, "Row %d of '%s' lists it, but there is no such file, or several have that name."
                .formatted(entry.row().number(), labels.path()));
        }
        return cropped(entry, ImageCodec.decode(RegularFile.read(entry.file()), limit));
    }

    private DecodedImage cropped(final Entry entry, final DecodedImage image) throws ImageFormatException {
        if (!crop) {
            return image;
        }
        final ImageRegion region = entry.row().region();
        if (!region.isWithin(image.shape())) {
            throw new ImageFormatException(ImageFault.DAMAGED, "Row %d of '%s' tells a %s, but the image has %s.".formatted(entry.row().number(), labels.path(),
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
    public String part(final int index) {
        return labels.hasParts() ? SplitFolders.part(entries.get(index).row().part()) : "";
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
        otherParts.forEach((word, count) -> {
            if (Stream.of(Split.TRAINING, Split.VALIDATION, Split.TEST).noneMatch(part -> SplitFolders.is(part, word))) {
                notes.add(String.format(Locale.ROOT, "%,d row%s of '%s' of the part '%s', which is none that is known, and not read.", count,
                    count == 1 ? " is" : "s are", labels.path(), word));
            }
        });
        return notes;
    }
}
