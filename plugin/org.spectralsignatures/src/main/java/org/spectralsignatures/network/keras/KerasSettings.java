package org.spectralsignatures.network.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings as a file tells them.
 *
 * @param owner what has them, for messages, for example {@code the layer 'conv2d' (Conv2D)}
 * @param values by their names
 */
record KerasSettings(String owner, Map<?, ?> values) {

    /** Largest number that a setting may be. */
    static final int MOST = 1 << 20;

    KerasException wrong(final String what) {
        return new KerasException("%s %s".formatted(owner, what));
    }

    private KerasException wrong(final String name, final Object value) {
        return wrong("has the setting %s=%s, which is not read".formatted(name, KerasException.shown(value)) + KerasException.ADVICE);
    }

    boolean has(final String name) {
        return values.get(name) != null;
    }

    Object get(final String name) {
        return values.get(name);
    }

    String text(final String name, final String otherwise) throws KerasException {
        final Object value = values.get(name);
        if (value != null && !(value instanceof String)) {
            throw wrong(name, value);
        }
        return value == null ? otherwise : (String)value;
    }

    boolean truth(final String name, final boolean otherwise) throws KerasException {
        final Object value = values.get(name);
        if (value != null && !(value instanceof Boolean)) {
            throw wrong(name, value);
        }
        return value == null ? otherwise : (Boolean)value;
    }

    double real(final String name, final double otherwise) throws KerasException {
        final Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        if (value instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config && config.get("value") instanceof Number number) { // a number of NumPy's
            return number.doubleValue();
        }
        throw wrong(name, value);
    }

    int whole(final String name, final int otherwise) throws KerasException {
        final Object value = values.get(name);
        return value == null ? otherwise : whole(name, value, 0);
    }

    private int whole(final String name, final Object value, final int least) throws KerasException {
        if (value instanceof Integer number && number >= least && number <= MOST) {
            return number;
        }
        throw wrong(name, value);
    }

    /** @return two whole numbers for height and width, at least 1 each, which may be written as one */
    int[] pair(final String name, final int otherwise) throws KerasException {
        final Object value = values.get(name);
        if (value == null) {
            return new int[]{otherwise, otherwise};
        }
        if (value instanceof List<?> list && list.size() == 2) {
            return new int[]{whole(name, list.get(0), 1), whole(name, list.get(1), 1)};
        }
        final int both = whole(name, value, 1);
        return new int[]{both, both};
    }

    /** @return numbers of rows above and below, and of columns left and right */
    int[][] edges(final String name) throws KerasException {
        final Object value = values.get(name);
        final var edges = new int[2][2];
        for (int i = 0; i < 2; i++) {
            final Object side = value instanceof List<?> list && list.size() == 2 ? list.get(i) : value;
            for (int k = 0; k < 2; k++) {
                edges[i][k] = whole(name, side instanceof List<?> list && list.size() == 2 ? list.get(k) : side, 0);
            }
        }
        return edges;
    }

    /** @return numbers of a list, of lists of lists of them, or a single one; null if there are none */
    List<Double> reals(final String name) throws KerasException {
        final Object value = values.get(name);
        if (value == null) {
            return null; // NOSONAR
        }
        final var reals = new ArrayList<Double>();
        collect(name, value, reals);
        return reals;
    }

    private void collect(final String name, final Object value, final List<Double> reals) throws KerasException {
        if (value instanceof List<?> list) {
            for (Object part : list) {
                collect(name, part, reals);
            }
        } else if (value instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config && config.get("value") != null) { // an array of NumPy's
            collect(name, config.get("value"), reals);
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            reals.add(number.doubleValue());
        } else {
            throw wrong(name, value);
        }
    }
}
