package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.NumpyItems;

/** Arrays of images and labels in NumPy's files, read one image at a time. */
final class NumpySource implements ImageSource {

    /** The arrays of a part of the set. */
    private record Part(Split split, String name, ImageArray images, String labels) {
    }

    private final ArrayFiles files;

    private final ArraySet set;

    private final ArrayOptions options;

    private final List<Part> parts = new ArrayList<>();

    private final List<String> others;

    private final List<String> notes = new ArrayList<>();

    private TaskMonitor monitor = TaskMonitor.none();

    private SetLabels labels;

    NumpySource(final Path path, final Split split, final ArrayOptions options) throws IOException {
        this.options = options;
        files = ArrayFiles.of(path);
        set = new ArraySet(files, options);
        final Map<Split, ArraySet.Part> wanted = set.of(split);
        for (Map.Entry<Split, ArraySet.Part> entry : wanted.entrySet()) {
            final ArraySet.Part part = entry.getValue();
            parts.add(new Part(entry.getKey(), part.images(), new ImageArray(files.array(part.images()), options.axes()), part.labels()));
        }
        others = set.otherImages(wanted);
        if (split == Split.TEST && wanted.containsKey(Split.VALIDATION)) {
            notes.add("There is no array of test images: those of '%s' are read.".formatted(wanted.get(Split.VALIDATION).images()));
        }
    }

    /** @return whether such files lie at a path */
    static boolean recognises(final Path path) {
        return ArrayFiles.recognises(path);
    }

    @Override
    public void prepare(final TaskMonitor task) throws IOException, TaskCancelledException {
        monitor = task;
        for (Part part : parts) {
            part.images.findRange(options.range(), task);
        }
    }

    private SetLabels setLabels() throws IOException {
        if (labels == null) {
            final var read = new SetLabels(files, set.classNames(), !options.classNames().isBlank());
            try {
                for (Part part : parts) {
                    read.add(part.name, part.images.count(), part.labels, TaskMonitor.none());
                }
            } catch (TaskCancelledException e) {
                throw new IllegalStateException(e); // that monitor never cancels
            }
            read.finish();
            labels = read;
        }
        return labels;
    }

    @Override
    public List<String> classes() throws IOException {
        return setLabels().classes();
    }

    @Override
    public int[] labels() throws IOException {
        return setLabels().labels();
    }

    @Override
    public ImageShape firstShape(final IntPredicate wanted) {
        return parts.get(0).images.shape();
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        int index = 0;
        for (Part part : parts) {
            final ImageArray images = part.images;
            try (NumpyItems items = images.array().open(monitor)) {
                for (int number = 0; number < images.count(); number++, index++) {
                    if (wanted.get(index)) {
                        final ByteBuffer item = items.next();
                        visitor.visit(index, key(part, number), Decoder.of(images.mode(), limit -> images.decode(item)));
                    } else {
                        items.skip();
                    }
                }
            }
        }
    }

    private String key(final Part part, final int number) {
        return files.keyOf(part.name) + "[" + number + "]";
    }

    @Override
    public String key(final int index) {
        int number = index;
        for (Part part : parts) {
            if (number < part.images.count()) {
                return key(part, number);
            }
            number -= part.images.count();
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public String part(final int index) {
        int end = 0;
        for (Part part : parts) {
            end += part.images.count();
            if (index < end) {
                return parts.size() > 1 ? SplitFolders.part(part.split.name()) : "";
            }
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public List<FolderScan.PassedOver> passedOver() {
        return others.stream().map(name -> new FolderScan.PassedOver(FolderScan.Reason.OTHER_PART, "", 1, files.keyOf(name))).toList();
    }

    @Override
    public List<ReportLine> remarks() throws IOException {
        final List<ReportLine> remarks = new ArrayList<>();
        for (Part part : parts) {
            remarks.add(new ReportLine(null, "", part.images.describe(), 1, part.images.shape(), part.images.shape(), files.keyOf(part.name), List.of()));
        }
        return remarks;
    }

    @Override
    public List<String> notes() {
        final Set<String> all = new LinkedHashSet<>(notes);
        if (labels != null) {
            all.addAll(labels.notes());
        }
        parts.stream().map(part -> part.images.doubt()).filter(doubt -> doubt != null).forEach(all::add);
        return List.copyOf(all);
    }
}
