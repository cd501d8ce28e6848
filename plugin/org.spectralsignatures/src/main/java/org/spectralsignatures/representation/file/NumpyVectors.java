package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.ArrayLabels;
import org.spectralsignatures.numpy.NpyType;
import org.spectralsignatures.numpy.NumpyArray;
import org.spectralsignatures.numpy.NumpyArrays;
import org.spectralsignatures.numpy.NumpyItems;
import org.spectralsignatures.representation.RepresentationBuilder;
import org.spectralsignatures.representation.file.VectorFileOptions.LabelSource;

/** Vectors in NumPy's files: an array {@code [n, d]}, or {@code [n, ...]} made flat, with arrays of labels and keys in the same archive or beside it. */
final class NumpyVectors implements VectorSource {

    private static final List<String> VALUE_NAMES = List.of("activations", "embeddings", "embedding", "representations", "representation", "features",
        "vectors", "x", "data", "arr_0");

    private static final List<String> LABEL_NAMES = List.of("labels", "label", "y", "targets", "target", "classes", "class");

    private static final List<String> KEY_NAMES = List.of("keys", "ids", "id", "row_ids", "names", "filenames", "files");

    private static final List<String> POISON_NAMES = List.of("poisoned");

    private final NumpyArrays file;

    private final NumpyArray values;

    private final NumpyArray labels;

    private final NumpyArray keys;

    private final NumpyArray poisoned;

    private final List<String> notes = new ArrayList<>();

    NumpyVectors(final VectorFileOptions options) throws IOException {
        file = NumpyArrays.open(options.path());
        values = values(options.values());
        if (values.type().isText() || values.shape().size() < 2) {
            throw new IOException("'%s' holds no vectors: its shape is %s and its values are %s, but must be numbers of the shape (rows, values).".formatted(values.place(),
                values.describeShape(), values.type().describe()));
        }
        labels = labels(options);
        keys = companion("Row keys", options.keys(), options.keysFile(), KEY_NAMES);
        poisoned = companion("", "", null, POISON_NAMES);
        if (keys != null && (keys.shape().size() != 1 || keys.type().isFloat())) {
            throw new IOException("'%s' holds no row keys: it must hold texts or whole numbers of the shape (rows,).".formatted(keys.place()));
        }
        describe(options);
    }

    private void describe(final VectorFileOptions options) {
        if (values.shape().size() > 2) {
            notes.add("The items of '%s', shape %s, were made flat: %d values each.".formatted(values.place(), values.describeShape(), dimensions()));
        }
        if (labels == null && options.labelSource() != LabelSource.CLUSTERS) {
            notes.add("There are no labels: all rows are one class, '%s'.".formatted(RepresentationBuilder.ONLY_CLASS));
        }
    }

    private NumpyArray values(final String told) throws IOException {
        if (!told.isBlank()) {
            return file.array(NumpyArrays.stem(told.strip()));
        }
        if (file.names().size() == 1) {
            return file.array(file.names().iterator().next());
        }
        final String found = find(VALUE_NAMES);
        if (found != null) {
            return file.array(found);
        }
        throw new IOException("'%s' holds the arrays %s, and none has a usual name of vectors (%s). Set 'Array or column'.".formatted(file.file(), String.join(", ", file.names()),
            String.join(", ", VALUE_NAMES)));
    }

    private String find(final List<String> usual) {
        return usual.stream().flatMap(name -> file.names().stream().filter(n -> n.toLowerCase(Locale.ROOT).equals(name))).findFirst().orElse(null);
    }

    private NumpyArray labels(final VectorFileOptions options) throws IOException {
        if (!options.labelSource().isRead()) {
            return null;
        }
        final NumpyArray found = companion("Labels", options.labels(), options.labelsFile(), LABEL_NAMES);
        if (found == null && options.labelSource() == LabelSource.FILE) {
            throw new IOException("'%s' has no array of labels. Set 'Labels file' or 'Label name', or take all rows for one class.".formatted(file.file()));
        }
        return found;
    }

    /** @return an array with a value for each row: the only one of a file of its own, or one in the archive; null if there is none */
    private NumpyArray companion(final String what, final String told, final Path own, final List<String> usual) throws IOException {
        final NumpyArray found;
        if (own != null) {
            final NumpyArrays other = NumpyArrays.open(own);
            final String name = told.isBlank() ? other.names().size() == 1 ? other.names().iterator().next() : "" : NumpyArrays.stem(told.strip());
            if (name.isEmpty()) {
                throw new IOException("'%s' holds several arrays: %s. Set the name of the one that holds the %s.".formatted(own, String.join(", ", other.names()),
                    what.toLowerCase(Locale.ROOT)));
            }
            found = other.array(name);
        } else if (!told.isBlank()) {
            found = file.array(NumpyArrays.stem(told.strip()));
        } else {
            final String name = file.names().size() > 1 ? find(usual) : null;
            found = name == null ? null : file.array(name);
        }
        if (found != null && found.items() != values.items()) {
            throw new IOException("'%s' has %d rows, but '%s' has %d values. Take both from one source.".formatted(values.place(), values.items(), found.place(), found.items()));
        }
        return found;
    }

    @Override
    public String name() {
        return values.place().substring(values.place().lastIndexOf(file.file().getFileName().toString()));
    }

    @Override
    public long rows(final TaskMonitor monitor) {
        return values.items();
    }

    @Override
    public long dimensions() {
        long product = 1;
        for (int axis = 1; axis < values.shape().size() && product <= Integer.MAX_VALUE; axis++) {
            product *= values.shape().get(axis);
        }
        return product;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void read(final RepresentationBuilder to, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final ArrayLabels classes = labels == null ? null : ArrayLabels.read(labels, monitor);
        try (NumpyItems items = values.open(monitor); NumpyItems names = keys == null ? null : keys.open(monitor);
                NumpyItems flags = poisoned == null ? null : poisoned.open(monitor)) {
            for (int i = 0; i < values.items(); i++) {
                copy(items.next(), to.row());
                final String key = names == null ? "Row" + i : keys.type().text(names.next(), 0);
                to.add(key, classes == null ? null : classes.values().get(classes.indices()[i]), flags == null ? null : flag(flags.next()));
            }
        }
    }

    private boolean flag(final ByteBuffer item) throws IOException {
        if (!poisoned.type().isBoolean()) {
            throw new IOException("'%s' says which rows are poisoned, but holds %s: save a.astype(bool).".formatted(poisoned.place(), poisoned.type().describe()));
        }
        return poisoned.type().number(item, 0) != 0;
    }

    private void copy(final ByteBuffer item, final float[] row) {
        final NpyType type = values.type();
        if (type.isFloat() && type.bytes() == Float.BYTES && item.order() == ByteOrder.LITTLE_ENDIAN) {
            item.asFloatBuffer().get(row);
            return;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = (float)type.number(item, i * type.bytes());
        }
    }
}
