package org.spectralsignatures.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Walks through folders: finds all images at any depth, with the class that a rule tells, and counts what is passed over and why. Files are
 * told by their endings, and those with another ending by how they begin.
 */
final class FolderScan {

    private static final int MAX_DEPTH = 32;

    /** The longest beginning by which a kind of image is told. */
    private static final int BEGINNING = 32;

    /** Why a file is passed over. */
    enum Reason {

        /** Left by a system. */
        LEFTOVER("left by a system"),

        /** A list of labels, a licence and the like. */
        DOCUMENT("a document"),

        /** A folder with nothing in it. */
        EMPTY("an empty folder"),

        /** Anything else. */
        NO_IMAGE("no image"),

        /** Beside the files of a format that holds many images in one. */
        OTHER_FORMAT("of another format than the set"),

        /** An image that lies beside the folders of classes. */
        NO_CLASS("in no folder of a class"),

        /** An image whose name does not tell its class. */
        OTHER_NAME("with a name that tells no class"),

        /** An image that the file of labels does not list. */
        NOT_LISTED("not listed"),

        /** In a folder that is none of the parts that are read. */
        OTHER_PART("in another part of the set"),

        /** In a part that was not asked for, which is no surprise. */
        LEFT_OUT("in a part that 'Split' leaves out"),

        /** Below a folder that a Labelled Image Writer made, within the set. */
        WRITTEN("written into the set by a Labelled Image Writer"),

        /** Behind a link that leads back, or too deep. */
        TOO_DEEP("behind a link that leads back, or more than %d folders deep".formatted(MAX_DEPTH));

        private final String text;

        Reason(final String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * An image.
     *
     * @param key its path below the set's folder
     * @param label its class, in the composed form of Unicode (NFC)
     * @param file where it is
     */
    record Found(String key, String label, Path file) {
    }

    /**
     * Files that were passed over for one reason.
     *
     * @param reason why
     * @param ending of their names
     * @param count of them
     * @param first of them, its path below the set's folder
     * @param examples the first few of them
     */
    record PassedOver(Reason reason, String ending, int count, String first, List<String> examples) {

        static final int MOST_EXAMPLES = 5;

        PassedOver(final Reason reason, final String ending, final int count, final String first) {
            this(reason, ending, count, first, List.of(first));
        }

        private PassedOver and(final PassedOver one) {
            return new PassedOver(reason, ending, count + one.count, first,
                examples.size() < MOST_EXAMPLES ? Stream.concat(examples.stream(), one.examples.stream()).toList() : examples);
        }
    }

    private final Path root;

    private final LabelRule rule;

    private final TaskMonitor monitor;

    /** Tells the files that are looked for, by file and name. */
    private final BiPredicate<Path, String> wanted;

    /** Why all others are passed over that are no documents. */
    private final Reason otherwise;

    private final List<Found> images = new ArrayList<>();

    private final Map<String, PassedOver> passedOver = new TreeMap<>();

    /** Names of the folders of each class as they are written, where there are several. */
    private final Map<String, String> written = new TreeMap<>();

    private final List<String> notes = new ArrayList<>();

    /**
     * @param root the set's folder
     * @param rule tells the class of each image
     * @param monitor asked for each file: a folder may have a million of them
     */
    FolderScan(final Path root, final LabelRule rule, final TaskMonitor monitor) {
        this(root, rule, FolderScan::isImage, Reason.NO_IMAGE, monitor);
    }

    /**
     * @param root the set's folder
     * @param rule tells the class of each file
     * @param wanted tells files of another format, by file and name, which are found instead of images
     * @param monitor asked for each file
     */
    FolderScan(final Path root, final LabelRule rule, final BiPredicate<Path, String> wanted, final TaskMonitor monitor) {
        this(root, rule, wanted, Reason.OTHER_FORMAT, monitor);
    }

    private FolderScan(final Path root, final LabelRule rule, final BiPredicate<Path, String> wanted, final Reason otherwise, final TaskMonitor monitor) {
        this.monitor = monitor;
        this.root = root;
        this.rule = rule;
        this.wanted = wanted;
        this.otherwise = otherwise;
    }

    /**
     * Walks through a folder.
     *
     * @param parent the set's folder or one in it, below which the rule counts folders
     * @param prefix of the keys
     * @throws IOException if a folder cannot be read
     */
    void add(final Path parent, final String prefix) throws IOException, TaskCancelledException {
        walk(parent, prefix, List.of(), List.of());
    }

    /** @param above real places of the folders on the way, one of which a link must not lead back to */
    private void walk(final Path folder, final String prefix, final List<String> folders, final List<Path> above)
        throws IOException, TaskCancelledException {
        final Path real = folder.toRealPath();
        if (folders.size() > MAX_DEPTH || above.stream().anyMatch(path -> path.startsWith(real))) {
            passOver(Reason.TOO_DEEP, folder);
            return;
        }
        if (!folders.isEmpty() && Files.exists(folder.resolve(Leftovers.WRITTEN_SET))) {
            passOver(Reason.WRITTEN, folder);
            return;
        }
        final var way = new ArrayList<>(above);
        way.add(real);
        final List<Path> content = ImageFolder.listAll(folder);
        if (content.isEmpty() && !folders.isEmpty()) {
            passOver(Reason.EMPTY, folder);
        }
        final var names = new HashSet<String>();
        for (Path path : content) {
            monitor.checkCancelled();
            final String name = ImageFolder.name(path);
            if (!names.add(name)) {
                throw new IOException("The folder '%s' holds two files whose names are both read as '%s', since one is not in UTF-8. Rename one of them."
                    .formatted(folder, name));
            }
            if (Leftovers.isLeftover(name)) {
                passOver(Reason.LEFTOVER, path);
            } else if (Files.isDirectory(path)) {
                final var deeper = new ArrayList<>(folders);
                deeper.add(name);
                walk(path, prefix + name + "/", deeper, way);
            } else if (wanted.test(path, name)) {
                addImage(path, prefix + name, rule.label(folders, name));
            } else {
                passOverFile(path, name);
            }
        }
    }

    private void addImage(final Path file, final String key, final String label) {
        if (label == null) {
            passOver(rule.reason(), file);
        } else {
            images.add(new Found(key, label(label), file));
        }
    }

    /** macOS keeps names in the decomposed form of Unicode (NFD), others as they were typed. */
    private String label(final String label) {
        final String name = composed(label);
        final String before = written.putIfAbsent(name, label);
        if (before != null && !before.equals(label)) {
            final String note = "Folders '%s' in several forms of Unicode are read as one class.".formatted(name);
            if (!notes.contains(note)) {
                notes.add(note);
            }
        }
        return name;
    }

    /** @return a name in the composed form */
    static String composed(final String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static boolean isImage(final Path file, final String name) {
        final String ending = ImageEndings.of(name);
        return ImageEndings.isImage(ending) || !ImageEndings.isDocument(ending) && beginsAsImage(file);
    }

    /** A file that cannot be opened counts as an image, so that reading it says why. */
    private static boolean beginsAsImage(final Path file) {
        try (InputStream in = RegularFile.open(file)) {
            return ImageCodec.recognises(in.readNBytes(BEGINNING));
        } catch (IOException e) { // NOSONAR said when it is read
            return true;
        }
    }

    private void passOverFile(final Path path, final String name) {
        passOver(ImageEndings.isDocument(ImageEndings.of(name)) ? Reason.DOCUMENT : otherwise, path);
    }

    private void passOver(final Reason reason, final Path path) {
        final String ending = reason == Reason.LEFTOVER || Files.isDirectory(path) ? "" : ImageEndings.of(ImageFolder.name(path));
        passedOver.merge(reason + " " + ending, new PassedOver(reason, ending, 1, below(path)), PassedOver::and);
    }

    private String below(final Path path) {
        final var names = new ArrayList<String>();
        root.relativize(path).forEach(name -> names.add(ImageFolder.name(name)));
        return String.join("/", names);
    }

    /**
     * Counts the images of a folder that is not read.
     *
     * @param folder any
     * @throws IOException if it cannot be read
     */
    void passOverPart(final Path folder) throws IOException, TaskCancelledException {
        if (!Files.isDirectory(folder)) {
            passOverFile(folder, ImageFolder.name(folder));
            return;
        }
        final var part = new FolderScan(root, LabelRule.none(), monitor);
        part.add(folder, "");
        part.images.forEach(image -> passOver(Reason.OTHER_PART, image.file()));
    }

    /**
     * Counts the images of a part that was not asked for; one that cannot be looked through does not keep others from being read.
     *
     * @param folder of the part
     */
    void leaveOut(final Path folder) throws TaskCancelledException {
        final var part = new FolderScan(root, LabelRule.none(), monitor);
        try {
            part.add(folder, "");
            part.images.forEach(image -> passOver(Reason.LEFT_OUT, image.file()));
        } catch (IOException e) { // NOSONAR the folder itself stands for its images
            passOver(Reason.LEFT_OUT, folder);
        }
    }

    /** @return the images in their order: folder by folder, by name */
    List<Found> images() {
        return images;
    }

    /** @return what was passed over, by reason and ending */
    List<PassedOver> passedOver() {
        return List.copyOf(passedOver.values());
    }

    /** @return what is odd, as sentences */
    List<String> notes() {
        return notes;
    }
}
