package org.spectralsignatures.spark.remove;

import java.util.List;
import java.util.Locale;

import org.apache.spark.sql.Row;
import org.spectralsignatures.removal.CutOff;
import org.spectralsignatures.removal.RemovalRule;
import org.spectralsignatures.spark.Refusal;

/**
 * How many of the highest scores of each class are removed. Since ranks order equal scores by id, as the library does, that number is the last rank
 * that is removed.
 */
public final class RemovalLimits {

    private RemovalLimits() {
    }

    /**
     * The limit of one class.
     *
     * @param label the class
     * @param rows number of its rows
     * @param removed how many are removed
     * @param constant whether some were to be removed by rank, but all scores are the same, so that none is
     */
    public record Limit(String label, long rows, long removed, boolean constant) {
    }

    /**
     * @param classes the table that scoring made of the classes
     * @param rule how many to remove
     * @return one of each class
     * @throws Refusal if a class has more rows than the rules count
     */
    public static List<Limit> of(final List<Row> classes, final RemovalRule rule) {
        final int tested = (int)classes.stream().filter(row -> row.<Long>getAs("Rows") > 0).count();
        return classes.stream().map(row -> limit(row, rule, tested)).toList();
    }

    private static Limit limit(final Row row, final RemovalRule rule, final int tested) {
        final String label = row.getAs("Label");
        final long rows = row.<Long>getAs("Rows");
        if (rows > Integer.MAX_VALUE) {
            throw new Refusal(String.format(Locale.ROOT, "Class '%s' has %,d rows; the rules count up to %,d.", label, rows, Integer.MAX_VALUE));
        }
        final long removed = rows == 0 ? 0 : removed(row, rule, (int)rows, tested);
        final boolean constant = removed > 0 && row.<Double>getAs("Minimum score").equals(row.<Double>getAs("Maximum score"));
        return new Limit(label, rows, constant ? 0 : removed, constant);
    }

    private static int removed(final Row row, final RemovalRule rule, final int rows, final int tested) {
        if (rule instanceof RemovalRule.TopShare share) {
            return share.removed(rows);
        }
        if (rule instanceof RemovalRule.TopCount count) {
            return count.removed(rows);
        }
        if (rule instanceof RemovalRule.Automatic automatic) {
            final CutOff cutOff = new CutOff(number(row.getAs("Tail test")), row.<Double>getAs("p-value"), number(row.getAs("Cut-off score")),
                row.<Integer>getAs("Rows above cut-off"));
            return cutOff.significant(automatic.level(), tested) ? cutOff.above() : 0;
        }
        throw new IllegalArgumentException(rule.toString());
    }

    private static double number(final Double value) {
        return value == null ? Double.NaN : value;
    }
}
