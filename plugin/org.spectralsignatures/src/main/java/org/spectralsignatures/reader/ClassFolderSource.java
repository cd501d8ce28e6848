package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Images in folders, in alphabetical order, whose classes are those of the folders or stand in their names. */
final class ClassFolderSource implements ImageSource {

    private static final Set<String> GENERIC = Set.of("images", "imgs", "img", "image", "pictures", "photos", "data", "dataset", "jpegimages");

    private static final Pattern LIKE_A_PART = Pattern.compile("(?i)(^|[_ -])(train|training|test|testing|val|valid|validation|dev)($|[_ -]|set)");

    /** What systems leave, documents, and parts that were not asked for are no surprise; all else may be an image that nobody looked at. */
    private static final Set<FolderScan.Reason> EXPECTED = EnumSet.of(FolderScan.Reason.LEFTOVER, FolderScan.Reason.DOCUMENT, FolderScan.Reason.LEFT_OUT);

    private final Path root;

    private final FolderScan scan;

    private final List<String> classes;

    private final List<String> notes = new ArrayList<>();

    /** Whether keys begin with the folder of a part. */
    private final boolean inParts;

    ClassFolderSource(final Path root, final Split split, final LabelRule rule, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        this.root = root;
        scan = new FolderScan(root, rule, monitor);
        final var parts = new SplitFolders(root);
        final boolean classes = parts.any() && rule.reason() == FolderScan.Reason.NO_CLASS && parts.areClasses();
        if (classes) {
            notes.add("%s: read as a class, not as a part of the set, since it holds no folders and lies beside others.".formatted(parts.describe()));
        }
        inParts = parts.any() && !classes && split == Split.ALL;
        if (parts.any() && !classes) {
            for (Path part : parts.of(split)) {
                scan.add(part, split == Split.ALL ? ImageFolder.name(part) + "/" : "");
                if (split == Split.TEST && SplitFolders.isValidation(part)) {
                    notes.add("There is no folder 'test': the images of '%s' are read.".formatted(ImageFolder.name(part)));
                }
            }
            for (Path part : parts.leftOut(split)) {
                scan.leaveOut(part);
            }
            for (Path other : parts.others()) {
                scan.passOverPart(other);
            }
        } else {
            if (split == Split.TEST || split == Split.VALIDATION) {
                throw new IOException("'%s' has no folder '%s'. Choose the split 'All' to read the whole folder.".formatted(root, SplitFolders.usual(split)));
            }
            scan.add(root, "");
        }
        requireClasses(root);
        final var names = new TreeSet<String>(ClassNames.NATURAL);
        scan.images().stream().map(FolderScan.Found::label).distinct().forEach(names::add);
        this.classes = List.copyOf(names);
    }

    private void requireClasses(final Path root) throws IOException {
        final int flat = count(FolderScan.Reason.NO_CLASS);
        final int named = count(FolderScan.Reason.OTHER_NAME);
        if (scan.images().isEmpty() && flat > 0) {
            throw new IOException(String.format(Locale.ROOT, "'%s' holds %,d images, but none of them lies in a folder of a class. "
                + "Set the format to 'Labels file' or 'Names of files', or move the images of each class into a folder with its name.", root, flat));
        }
        if (scan.images().isEmpty() && named > 0) {
            throw new IOException(String.format(Locale.ROOT, "'%s' holds %,d images, but no name fits the pattern, such as '%s'.", root, named,
                scan.passedOver().stream().filter(p -> p.reason() == FolderScan.Reason.OTHER_NAME).findFirst().orElseThrow().first()));
        }
    }

    private int count(final FolderScan.Reason reason) {
        return scan.passedOver().stream().filter(p -> p.reason() == reason).mapToInt(FolderScan.PassedOver::count).sum();
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int[] labels() {
        final Map<String, Integer> indices = new HashMap<>();
        classes.forEach(name -> indices.put(name, indices.size()));
        return scan.images().stream().mapToInt(image -> indices.get(image.label())).toArray();
    }

    @Override
    public ImageShape firstShape(final IntPredicate wanted) throws IOException {
        final int[] labels = labels();
        for (int i = 0; i < labels.length; i++) {
            if (wanted.test(labels[i])) {
                final Path file = scan.images().get(i).file();
                try {
                    return ImageCodec.decode(RegularFile.read(file)).shape();
                } catch (ImageFormatException e) {
                    throw new IOException("'%s' cannot be used: %s".formatted(file, e.getMessage()), e);
                }
            }
        }
        throw new IOException("There is no image of the classes to keep.");
    }

    @Override
    public List<FolderScan.PassedOver> passedOver() {
        return scan.passedOver();
    }

    @Override
    public List<String> notes() {
        final var all = new ArrayList<>(notes);
        final Map<FolderScan.Reason, List<FolderScan.PassedOver>> unexpected = new EnumMap<>(FolderScan.Reason.class);
        for (FolderScan.PassedOver files : scan.passedOver()) {
            if (files.reason() == FolderScan.Reason.EMPTY) {
                all.add(empty(files));
            } else if (!EXPECTED.contains(files.reason())) {
                unexpected.computeIfAbsent(files.reason(), reason -> new ArrayList<>()).add(files);
            }
        }
        all.addAll(doubts());
        all.addAll(scan.notes());
        unexpected.forEach((reason, files) -> all.add(note(reason, files) + " of '%s'.".formatted(root)));
        return all;
    }

    /** What speaks for a path that is one folder too high or too low. */
    private List<String> doubts() {
        final var doubts = new ArrayList<String>();
        if (classes.size() == 1 && (GENERIC.contains(classes.get(0).toLowerCase(Locale.ROOT)) || inner(classes.get(0)).size() > 1)) {
            doubts.add("All images are of one class, '%s'. If that is none, choose the folder that holds the folders of the classes.".formatted(classes.get(0)));
        }
        final List<String> parts = classes.stream().filter(name -> LIKE_A_PART.matcher(name).find() && !inner(name).isEmpty()).toList();
        if (!parts.isEmpty()) {
            doubts.add("%s like part%s of a set, but %s read as %s. Choose the folder that holds the folders of the classes.".formatted(
                ClassNames.join(parts) + (parts.size() == 1 ? " looks" : " look"), parts.size() == 1 ? "" : "s", parts.size() == 1 ? "is" : "are",
                parts.size() == 1 ? "a class" : "classes"));
        }
        return doubts;
    }

    /** The folders within a class's folder in which all its images lie; none if one lies in that folder itself. */
    private Set<String> inner(final String label) {
        final var inner = new TreeSet<String>();
        for (FolderScan.Found image : scan.images()) {
            if (image.label().equals(label)) {
                final String key = FolderScan.composed(image.key());
                final int at = ("/" + key).indexOf("/" + label + "/");
                final String below = at < 0 ? "" : key.substring(at + label.length() + 1);
                if (below.indexOf('/') < 0) {
                    return Set.of();
                }
                inner.add(below.substring(0, below.indexOf('/')));
            }
        }
        return inner;
    }

    private String empty(final FolderScan.PassedOver folders) {
        return String.format(Locale.ROOT, "%,d folder%s of '%s' %s empty, the first: '%s'.", folders.count(), folders.count() == 1 ? "" : "s", root,
            folders.count() == 1 ? "is" : "are", folders.first());
    }

    private static String note(final FolderScan.Reason reason, final List<FolderScan.PassedOver> files) {
        final int count = files.stream().mapToInt(FolderScan.PassedOver::count).sum();
        return String.format(Locale.ROOT, "%,d file%s passed over, %s (%s), the first: '%s'", count, count == 1 ? " was" : "s were", reason.text(),
            files.stream().map(f -> String.format(Locale.ROOT, "%,d %s", f.count(), ImageEndings.show(f.ending()))).collect(Collectors.joining(", ")),
            files.get(0).first());
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            final FolderScan.Found image = scan.images().get(i);
            visitor.visit(i, image.key(), new FileDecoder(image.file(), ImageCodec::decode));
        }
    }

    @Override
    public String key(final int index) {
        return scan.images().get(index).key();
    }

    @Override
    public String part(final int index) {
        final String key = key(index);
        return inParts ? SplitFolders.part(key.substring(0, key.indexOf('/'))) : "";
    }
}
