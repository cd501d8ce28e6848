package org.spectralsignatures.spark.vector;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a table, in the library's order of names, with their sizes.
 *
 * @param names of the classes
 * @param rows number of rows of each, bad ones included
 * @param columns values of a vector, d, as in the first row
 */
public record ClassSizes(List<String> names, long[] rows, int columns) implements Serializable { // NOSONAR never compared

    /** @return indices by name */
    public Map<String, Integer> indices() {
        final Map<String, Integer> indices = new HashMap<>();
        for (int c = 0; c < names.size(); c++) {
            indices.put(names.get(c), c);
        }
        return indices;
    }

    /** @return number of rows of all classes */
    public long total() {
        long sum = 0;
        for (long n : rows) {
            sum += n;
        }
        return sum;
    }
}
