package org.spectralsignatures.parquet;

import java.util.List;

/**
 * A column of a Parquet file that holds values.
 *
 * @param path the names of the groups that it is in, and its own: {@code [image, bytes]}
 * @param kind of its values
 * @param isRepeated whether a row has any number of values, which is read only where they are the elements of one list
 * @param list what the column of lists is called whose elements these are: {@code embedding} for {@code [embedding, list, element]}; empty
 *     where a row has one value, or lists in lists or in groups
 */
public record ParquetColumn(List<String> path, Kind kind, boolean isRepeated, String list) {

    /** What the values of a column are. */
    public enum Kind {

        /** Bytes of any meaning. */
        BYTES("bytes"),

        /** Text in UTF-8. */
        TEXT("text"),

        /** Whole numbers. */
        INTEGER("whole numbers"),

        /** Numbers with a fraction. */
        REAL("fractions"),

        /** True or false. */
        BOOLEAN("true and false"),

        /** Dates, decimals and all else. */
        OTHER("dates, decimals or the like");

        private final String text;

        Kind(final String text) {
            this.text = text;
        }

        /** @return for example {@code whole numbers} */
        public String text() {
            return text;
        }
    }

    /** @return whether each row has one list of values */
    public boolean isList() {
        return !list.isEmpty();
    }

    /** @return its names with dots between them: {@code image.bytes} */
    public String name() {
        return String.join(".", path);
    }
}
