package org.spectralsignatures.nodes.view;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One page of a list, as {@code pages.js} shows it.
 *
 * @param <T> type of the items
 * @param offset number of items before it
 * @param total length of the whole list
 * @param items of the page, in the order of the list
 */
public record Page<T>(int offset, int total, List<T> items) {

    /** Asks for a list of all classes, parts or bars, where the index of one asks for its own. The same as in {@code pages.js}. */
    public static final int ALL = -1;

    /**
     * @param list the whole list
     * @param offset how many to leave out
     * @param size most items of a page
     * @return the page
     */
    public static <T> Page<T> of(final List<T> list, final int offset, final int size) {
        return new Page<>(offset, list.size(), list.stream().skip(offset).limit(size).toList());
    }

    /**
     * A page of a list of rows, of which no others are read.
     *
     * @param rows indices of the rows of the whole list, in its order
     * @param offset how many to leave out
     * @param size most items of a page
     * @param read gives rows by their indices
     * @param item makes an item of an index and its row
     * @return the page
     */
    public static <R, T> Page<T> of(final int[] rows, final int offset, final int size, final Function<int[], Map<Integer, R>> read,
        final BiFunction<Integer, R, T> item) {
        final int[] shown = Arrays.stream(rows).skip(offset).limit(size).toArray();
        final Map<Integer, R> found = read.apply(shown);
        return new Page<>(offset, rows.length, Arrays.stream(shown).mapToObj(i -> item.apply(i, found.get(i))).toList());
    }
}
