package org.spectralsignatures.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * The labels that an array holds, one for each item: whole numbers or texts {@code [n]} or {@code [n, 1]}, or rows {@code [n, k]} of zeros with
 * a one at the index of the class (one-hot).
 *
 * @param values that occur, each once, in the order of their first items: texts, or whole numbers
 * @param indices into them, {@code [n]}
 * @param areNumbers whether they are whole numbers, which may stand for names
 */
public record ArrayLabels(List<String> values, int[] indices, boolean areNumbers) { // NOSONAR never compared

    /** The value of an item. */
    private interface Value {

        String of(ByteBuffer item, long number) throws IOException;
    }

    /**
     * @param array of labels
     * @param monitor asked from item to item
     * @return its labels
     * @throws IOException if it holds none; the message names it
     */
    public static ArrayLabels read(final NumpyArray array, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (array.items() > Integer.MAX_VALUE - 8) {
            throw new IOException("'%s' cannot be used: it holds %d labels, but at most %d are read.".formatted(array.place(), array.items(), Integer.MAX_VALUE - 8));
        }
        final Value value = value(array);
        final Map<String, Integer> places = new HashMap<>();
        final List<String> values = new ArrayList<>();
        final int[] indices = new int[(int)array.items()];
        try (NumpyItems items = array.open(monitor)) {
            for (int i = 0; i < indices.length; i++) {
                final String label = value.of(items.next(), i);
                indices[i] = places.computeIfAbsent(label, added -> {
                    values.add(added);
                    return values.size() - 1;
                });
            }
        }
        return new ArrayLabels(values, indices, !array.type().isText());
    }

    private static Value value(final NumpyArray array) throws IOException {
        final List<Long> shape = array.shape();
        if (shape.size() == 1 || shape.size() == 2 && shape.get(1) == 1) {
            return (item, number) -> single(array, item, number);
        }
        if (shape.size() == 2 && shape.get(1) > 1 && !array.type().isText()) {
            return (item, number) -> oneHot(array, item, number);
        }
        throw new IOException("'%s' holds no labels: its shape is %s, but labels have the shape (n,) or (n, 1), or (n, classes) with a one in each row."
            .formatted(array.place(), array.describeShape()));
    }

    private static String single(final NumpyArray array, final ByteBuffer item, final long number) throws IOException {
        final NpyType type = array.type();
        if (type.isFloat()) {
            final double value = type.number(item, 0);
            if (value != Math.rint(value) || Double.isInfinite(value)) {
                throw new IOException("'%s', item %d: the label %s is no whole number. Save whole numbers or names.".formatted(array.place(), number, value));
            }
        }
        final String text = type.text(item, 0);
        if (text.isBlank()) {
            throw new IOException("'%s', item %d: the label is empty. Give every item a label.".formatted(array.place(), number));
        }
        return text;
    }

    private static String oneHot(final NumpyArray array, final ByteBuffer item, final long number) throws IOException {
        final NpyType type = array.type();
        int one = -1;
        for (int at = 0; at < item.capacity(); at += type.bytes()) {
            final double value = type.number(item, at);
            if (value == 1 && one < 0) {
                one = at / type.bytes();
            } else if (value != 0) {
                one = Integer.MIN_VALUE;
                break;
            }
        }
        if (one < 0) {
            throw new IOException(("'%s', item %d: in labels of the shape %s each row must hold a single 1 and otherwise 0. Save one label an item, for example"
                + " a.argmax(axis=1).").formatted(array.place(), number, array.describeShape()));
        }
        return Integer.toString(one);
    }
}
