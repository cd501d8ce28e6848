package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.IntPredicate;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageCodec;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.monitor.TaskCancelledException;

/** A folder of images for each class, in alphabetical order. */
final class ClassFolderSource implements ImageSource {

    private static final List<String> TRAINING = List.of("train", "training");

    private static final List<String> TEST = List.of("test", "val", "validation");

    private record Entry(String key, String label, Path file) {
    }

    private final List<Entry> entries = new ArrayList<>();

    private final List<String> classes;

    ClassFolderSource(final Path root, final Split split) throws IOException {
        final Path training = child(root, TRAINING);
        final Path test = child(root, TEST);
        if (training == null && test == null) {
            if (split == Split.TEST) {
                throw new IOException("'%s' has no folder 'test'. Choose the split 'All' to read the whole folder.".formatted(root));
            }
            add(root, "");
        } else {
            addPart(root, training, Split.TRAINING, split);
            addPart(root, test, Split.TEST, split);
        }
        final var names = new TreeSet<String>(ClassNames.NATURAL);
        entries.forEach(e -> names.add(e.label));
        classes = List.copyOf(names);
    }

    private void addPart(final Path root, final Path part, final Split which, final Split split) throws IOException {
        if (split == which && part == null) {
            throw new IOException("'%s' has no folder '%s'.".formatted(root, which == Split.TEST ? "test" : "train"));
        }
        if (part != null && (split == which || split == Split.ALL)) {
            add(part, split == Split.ALL ? part.getFileName() + "/" : "");
        }
    }

    private static Path child(final Path root, final List<String> names) {
        return names.stream().map(root::resolve).filter(Files::isDirectory).findFirst().orElse(null);
    }

    private void add(final Path root, final String prefix) throws IOException {
        for (Path folder : ImageFolder.list(root)) {
            if (Files.isDirectory(folder)) {
                final String label = ImageFolder.name(folder);
                for (Path file : ImageFolder.list(folder)) {
                    if (isImage(file)) {
                        entries.add(new Entry(prefix + label + "/" + ImageFolder.name(file), label, file));
                    }
                }
            }
        }
    }

    private static boolean isImage(final Path file) {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int[] labels() {
        return entries.stream().mapToInt(e -> classes.indexOf(e.label)).toArray();
    }

    @Override
    public ImageShape firstShape(final IntPredicate wanted) throws IOException {
        final int[] labels = labels();
        for (int i = 0; i < labels.length; i++) {
            if (wanted.test(labels[i])) {
                try {
                    return ImageCodec.decode(RegularFile.read(entries.get(i).file)).shape();
                } catch (ImageFormatException e) {
                    throw new IOException("'%s' cannot be used: %s".formatted(entries.get(i).file, e.getMessage()), e);
                }
            }
        }
        throw new IOException("There is no image of the classes to keep.");
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            final Entry entry = entries.get(i);
            visitor.visit(i, entry.key, () -> ImageCodec.decode(RegularFile.read(entry.file)));
        }
    }
}
