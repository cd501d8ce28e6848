package org.spectralsignatures.spark.vector;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.spark.Refusal;

/** What can be told of a table without its vectors: its classes, and whether each row has an id of its own. */
public final class TableCheck {

    /** Classes beyond which the column of labels is more likely one of ids. */
    public static final int MOST_CLASSES = 1_000_000;

    private static final int MOST_SHOWN = 20;

    private TableCheck() {
    }

    /**
     * @param names of which one more than can be shown is enough
     * @return the first of them, and whether there are more
     */
    public static String shown(final List<String> names) {
        return ClassNames.join(names.subList(0, Math.min(MOST_SHOWN, names.size()))) + (names.size() > MOST_SHOWN ? " and more" : "");
    }

    /**
     * @param table to be looked at
     * @return its classes, without those rows that have no label
     * @throws Refusal if it is empty, two rows have the same id, or there are too many classes
     */
    public static ClassSizes of(final VectorTable table) {
        final Dataset<Row> rows = table.rows();
        requireDistinctIds(rows);
        final List<Row> found = new ArrayList<>(rows.groupBy("label").agg(count(lit(1)).as("rows")).limit(MOST_CLASSES + 2).collectAsList());
        found.removeIf(row -> row.isNullAt(0));
        if (found.isEmpty()) {
            throw new Refusal("No row has a label.");
        }
        if (found.size() > MOST_CLASSES) {
            throw new Refusal(String.format(Locale.ROOT, "There are more than %,d labels. Name the column that holds the classes with --label=NAME.", MOST_CLASSES));
        }
        if (table.names().known()) {
            final List<String> unnamed = table.unnamed().distinct().limit(MOST_SHOWN + 1).collectAsList().stream().map(row -> row.getString(0)).sorted(ClassNames.NATURAL)
                .toList();
            if (!unnamed.isEmpty()) {
                throw new Refusal(table.names().fault(shown(unnamed)) + " Leave those rows out, or name another column with --label=NAME.");
            }
        }
        found.sort(Comparator.comparing((Row row) -> row.getString(0), ClassNames.NATURAL));
        return new ClassSizes(found.stream().map(row -> row.getString(0)).toList(), found.stream().mapToLong(row -> row.getLong(1)).toArray(), table.columns());
    }

    /**
     * @param rows with a column {@code id}
     * @throws Refusal if two have the same
     */
    public static void requireDistinctIds(final Dataset<Row> rows) {
        final Row again = rows.filter(col("id").isNotNull()).groupBy("id").agg(count(lit(1)).as("n")).filter(col("n").gt(1))
            .agg(count(lit(1)), coalesce(sum(col("n")), lit(0L)), min(col("id"))).collectAsList().get(0);
        if (again.getLong(0) > 0) {
            throw new Refusal(String.format(Locale.ROOT, "%,d ids stand in several rows (%,d rows; for example '%s'), but what is removed is told by ids alone."
                + " Make them distinct, or name another column with --id=NAME.", again.getLong(0), again.getLong(1), again.getString(2)));
        }
    }
}
