package org.spectralsignatures.spark.vector;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows that cannot be scored: how many of each fault, and the first of them in the order of the files. */
public final class BadRows implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What can be wrong with a row. The first that holds is counted. */
    public enum Fault {
        /** Nothing names it. */
        NO_ID("without an id"),
        /** Nothing says its class. */
        NO_LABEL("without a label"),
        /** There is no vector at all. */
        NO_VECTOR("without a vector"),
        /** The vector has another length than that of the first row. */
        OTHER_LENGTH("with another number of values"),
        /** A value within the vector is missing. */
        MISSING_VALUE("with a missing value in the vector"),
        /** A value is no number, infinite, or too large for single precision. */
        NOT_FINITE("with a value that is not finite (NaN, infinite or beyond 3.4e38)");

        private final String text;

        Fault(final String text) {
            this.text = text;
        }

        /** @return what such rows are, behind their number */
        public String text() {
            return text;
        }
    }

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

    private final Map<Fault, String> first = new EnumMap<>(Fault.class);

    /**
     * @param row of a table
     * @param columns values that its vector must have
     * @return what is wrong with it; null if nothing is
     */
    public static Fault of(final VectorRow row, final int columns) {
        if (row.getId() == null) {
            return Fault.NO_ID;
        }
        if (row.getLabel() == null) {
            return Fault.NO_LABEL;
        }
        if (row.isMissing()) {
            return Fault.MISSING_VALUE;
        }
        if (row.getVector() == null) {
            return Fault.NO_VECTOR;
        }
        if (row.getVector().length != columns) {
            return Fault.OTHER_LENGTH;
        }
        float sum = 0;
        for (float value : row.getVector()) {
            sum += value * 0; // 0 as long as all are finite, and faster than asking each
        }
        return sum == 0 ? null : Fault.NOT_FINITE;
    }

    void add(final Fault fault, final String id) {
        counts.merge(fault, 1L, Long::sum);
        first.putIfAbsent(fault, id == null ? "(none)" : id);
    }

    /** Adds those of a later part of the table. */
    public void add(final BadRows later) {
        later.counts.forEach((fault, count) -> counts.merge(fault, count, Long::sum));
        later.first.forEach(first::putIfAbsent);
    }

    /** @return number of rows in all */
    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @return for example {@code 3 rows without a label (the first: id 'a7') and ...} */
    public String text() {
        return counts.entrySet().stream().map(e -> "%,d %s %s (the first: id '%s')".formatted(e.getValue(), e.getValue() == 1 ? "row" : "rows",
            e.getKey().text(), first.get(e.getKey()))).collect(Collectors.joining("; "));
    }
}
