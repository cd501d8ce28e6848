package org.spectralsignatures.writer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Writes a set of labelled images, image by image, into a folder that appears whole at the end or not at all: without {@link #finish()},
 * {@link #close()} deletes what was written. Nothing is ever overwritten. The same images in the same order give the same bytes.
 * <p>
 * Images that stay lie in folders of classes, or in the files of another layout. Where removed images are written, too, they lie in
 * {@code quarantine/<class>} and the others' folders of classes in {@code train}, so that no reader takes the quarantine for a class.
 */
public final class ImageSetWriter implements AutoCloseable {

    private static final String QUARANTINE = "quarantine/";

    private static final String TRAIN = "train/";

    private static final int IMAGES_A_REPORT = 100;

    private final WriterOptions options;

    private final SetContents contents;

    private final TaskMonitor monitor;

    private final List<Closeable> open = new ArrayList<>();

    private final Path folder;

    private final Originals originals;

    private final PartFolder part;

    private final SetLists lists;

    private final SetFiles kept;

    private final SetFiles removed;

    private final Set<String> keys = new HashSet<>();

    private int removedImages;

    private int files;

    /** Keys of listed images that are in no file of the original folder. */
    private final List<String> withoutOriginal = new ArrayList<>();

    /**
     * @param options what to write and where
     * @param contents what is known of the images
     * @param monitor asked for each image
     * @throws IOException if the folder is not free or cannot be written, or the folder of originals cannot be read
     * @throws IllegalArgumentException if there are more classes than the layout has numbers
     */
    public ImageSetWriter(final WriterOptions options, final SetContents contents, final TaskMonitor monitor) throws IOException {
        this.options = options;
        this.contents = contents;
        this.monitor = monitor;
        check(options);
        folder = PartFolder.place(options.folder());
        originals = namesOriginals(options) ? new Originals(options.originals()) : null;
        part = part(options, folder);
        boolean ready = false;
        try {
            final boolean list = options.content() == WrittenContent.LIST;
            lists = opened(new SetLists(part.path(), list, contents.knowsRemoved()));
            final var images = new ImageFiles(options.content(), originals);
            removed = contents.knowsRemoved() && options.writesRemoved() ? opened(new ClassFolders(part.path(), QUARANTINE, images)) : null;
            kept = list ? null : opened(layout(images));
            ready = true;
        } catch (IOException e) {
            throw DiskFault.explain(e, folder);
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /**
     * Looks at the folders before anything is written.
     *
     * @param options what to write and where
     * @throws IOException if the folder is not free, or lies in that of the originals or these in it, or there are no originals
     */
    public static void check(final WriterOptions options) throws IOException {
        final Path place = PartFolder.place(options.folder());
        PartFolder.requireFree(place, options.replace());
        if (namesOriginals(options)) {
            final Path originals = Originals.real(options.originals());
            if (place.startsWith(originals) || originals.startsWith(place)) {
                throw new IOException("'%s' and the original folder '%s' lie in each other: what is written would become a part of the set that was read. Choose another folder."
                    .formatted(place, originals));
            }
        }
    }

    /** A set may also be one file, such as an archive, whose images have no files of their own. */
    private static boolean namesOriginals(final WriterOptions options) {
        return options.originals() != null && (options.content() != WrittenContent.IMAGES || !Files.isRegularFile(options.originals()));
    }

    private static PartFolder part(final WriterOptions options, final Path folder) throws IOException {
        try {
            return new PartFolder(options.folder(), options.replace());
        } catch (IOException e) {
            throw DiskFault.explain(e, folder);
        }
    }

    private SetFiles layout(final ImageFiles images) {
        return switch (options.layout()) {
            case CLASS_FOLDERS -> new ClassFolders(part.path(), removed == null ? "" : TRAIN, images);
            case CIFAR10_BINARY -> new Cifar10Files(part.path(), contents);
            case IDX -> new IdxWriter(part.path(), contents);
        };
    }

    private <C extends Closeable> C opened(final C file) {
        open.add(file);
        return file;
    }

    /**
     * Writes an image.
     *
     * @param image the next
     * @return where it was written; null if it is only listed
     * @throws IOException if it cannot be written; the message names the row
     * @throws TaskCancelledException if the monitor said so
     */
    public WrittenFile add(final SetImage image) throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        if (!keys.add(image.key())) {
            throw new IOException("Row '%s' comes twice. An image is either kept or removed: connect both outputs of one node.".formatted(image.key()));
        }
        try {
            final WrittenFile file = write(image);
            if (keys.size() % IMAGES_A_REPORT == 0) {
                monitor.progress((double)keys.size() / contents.images(), String.format(Locale.ROOT, "Wrote %,d of %,d images", keys.size(), contents.images()));
            }
            return file;
        } catch (ImageFormatException e) {
            throw new ImageFormatException(e.fault(), "Row '%s': %s".formatted(image.key(), e.getMessage()), e);
        } catch (IOException e) {
            throw DiskFault.explain(e, folder);
        }
    }

    private WrittenFile write(final SetImage image) throws IOException {
        removedImages += image.removed() ? 1 : 0;
        if (image.removed() || kept == null) {
            lists.add(image, original(image.key()));
        }
        final SetFiles to = image.removed() ? removed : kept;
        if (to == null) {
            return null;
        }
        final WrittenFile file = to.write(image);
        lists.add(image, file);
        files++;
        return file;
    }

    /**
     * Writes what was found out about the set, for whoever gets the folder: {@code conclusion.txt}, in UTF-8.
     *
     * @param lines of text
     * @throws IOException if it cannot be written
     */
    public void conclude(final List<String> lines) throws IOException {
        try {
            Files.writeString(part.path().resolve(WrittenFolder.CONCLUSION), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw DiskFault.explain(e, folder);
        }
    }

    /** Where the images themselves are written they need no file: those of arrays and archives have none. */
    private String original(final String key) throws IOException {
        if (originals == null) {
            return null;
        }
        if (options.content() != WrittenContent.IMAGES || originals.has(key)) {
            return originals.find(key);
        }
        withoutOriginal.add(key);
        return null;
    }

    /**
     * Lets the folder appear, whole.
     *
     * @return what was written
     * @throws IOException if it cannot; nothing is written then
     * @throws TaskCancelledException if the monitor said so
     */
    public WriteReport finish() throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        final List<String> notes = new ArrayList<>();
        try {
            for (SetFiles some : kept == null ? List.<SetFiles>of() : removed == null ? List.of(kept) : List.of(kept, removed)) {
                some.finish();
                some.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
            }
            if (originals != null) {
                notes.addAll(originals.notes());
            }
            if (!withoutOriginal.isEmpty()) {
                notes.add(String.format(Locale.ROOT, "%,d listed row%s no file in '%s', the first: '%s'.", withoutOriginal.size(),
                    withoutOriginal.size() == 1 ? " has" : "s have", options.originals(), withoutOriginal.get(0)));
            }
            closeFiles();
            new WrittenFolder(part.path()).mark();
            monitor.checkCancelled();
            final Path left = part.appear();
            if (left != null) {
                notes.add("The earlier folder could not be deleted: what is left of it is in '%s'.".formatted(left));
            }
        } catch (IOException e) {
            throw DiskFault.explain(e, folder);
        }
        return new WriteReport(keys.size() - removedImages, removedImages, files, notes);
    }

    private void closeFiles() throws IOException {
        OpenFiles.close(open);
        open.clear();
    }

    @Override
    public void close() throws IOException {
        try {
            closeFiles();
        } finally {
            part.close();
        }
    }
}
