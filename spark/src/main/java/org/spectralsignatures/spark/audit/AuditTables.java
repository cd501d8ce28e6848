package org.spectralsignatures.spark.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.Audit.ClassAudit;
import org.spectralsignatures.audit.Audit.Mark;
import org.spectralsignatures.audit.AuditedClasses;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.removal.Conclusion;
import org.spectralsignatures.removal.Verdict;

/**
 * What an audit found, in the columns of the Backdoor Auditor's tables.
 *
 * @param verdicts a row a class, the most suspicious first
 * @param marks a row a mark, the most suspicious first, with its picture as PNG
 * @param suspicious a row for each image that carries a mark that is unnatural to its class
 * @param conclusion what all verdicts come to
 */
public record AuditTables(List<Row> verdicts, List<Row> marks, List<Row> suspicious, Conclusion conclusion) {

    /** The columns of the verdicts. */
    public static final StructType VERDICTS = new StructType().add("Label", DataTypes.StringType, false).add("Images", DataTypes.IntegerType, false)
        .add("Finding", DataTypes.StringType).add("Verdict", DataTypes.StringType).add("Poisoned images found", DataTypes.IntegerType)
        .add("p-value", DataTypes.DoubleType).add("Looks like", DataTypes.StringType).add("Smallest share found", DataTypes.DoubleType);

    /** The columns of the marks. */
    public static final StructType MARKS = new StructType().add("Mark", DataTypes.IntegerType, false).add("Label", DataTypes.StringType)
        .add("Images", DataTypes.IntegerType).add("Strength", DataTypes.DoubleType).add("Turned", DataTypes.DoubleType).add("p-value", DataTypes.DoubleType)
        .add("Looks like", DataTypes.StringType).add("Taken out", DataTypes.BooleanType).add("Picture", DataTypes.BinaryType);

    /** The columns of the suspicious images. */
    public static final StructType SUSPICIOUS = new StructType().add("id", DataTypes.StringType, false).add("label", DataTypes.StringType)
        .add("Evidence", DataTypes.DoubleType).add("Rank in class", DataTypes.IntegerType).add("Mark", DataTypes.IntegerType).add("Looks like", DataTypes.StringType)
        .add("Taken out", DataTypes.BooleanType).add("Verdict of class", DataTypes.StringType);

    /**
     * @param audit of a set
     * @param names of its classes
     * @param shape of its images
     * @param set where they lie
     * @param marked index, id and label of those that carry a mark
     */
    static AuditTables of(final Audit audit, final List<String> names, final ImageShape shape, final PackedSet set, final List<Row> marked) throws IOException {
        final var classes = new AuditedClasses(audit, names);
        return new AuditTables(classes.classes().stream().map(c -> verdict(c, classes)).toList(), marks(audit.marks(), classes, shape),
            suspicious(audit, classes, set, marked), classes.conclusion());
    }

    private static Row verdict(final ClassAudit c, final AuditedClasses classes) {
        final Verdict verdict = c.verdict();
        final var p = classes.pValue(c);
        return RowFactory.create(classes.name(c.label()), c.images(), verdict.finding().text(), verdict.text(), c.poison(), p.isPresent() ? p.getAsDouble() : null,
            verdict.looksLike(), verdict.power());
    }

    private static List<Row> marks(final List<Mark> marks, final AuditedClasses classes, final ImageShape shape) throws IOException {
        final List<Row> rows = new ArrayList<>();
        for (Mark mark : marks) {
            rows.add(RowFactory.create(rows.size() + 1, classes.name(mark.label()), mark.images(), mark.strength(), number((double)mark.taken() / mark.asked()),
                number(mark.pValue()), classes.nameOrNull(mark.looksLike()), mark.poison(), ImageCodec.encodePng(mark.picture(), shape)));
        }
        return rows;
    }

    private static Double number(final double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** Those of the most suspicious class first, in a class the most evident ones. */
    private static List<Row> suspicious(final Audit audit, final AuditedClasses classes, final PackedSet set, final List<Row> marked) {
        final Map<Integer, Integer> places = new HashMap<>();
        classes.classes().forEach(c -> places.put(c.label(), places.size()));
        marked.sort(Comparator.<Row>comparingInt(row -> places.get(label(set, row.getInt(0)))).thenComparingDouble(row -> -audit.evidence()[row.getInt(0)])
            .thenComparing(row -> row.getString(1)));
        final List<Row> rows = new ArrayList<>();
        final Map<Integer, Integer> ranks = new HashMap<>();
        final Map<Integer, Integer> ofClass = new HashMap<>();
        marked.forEach(row -> ofClass.merge(label(set, row.getInt(0)), 1, Integer::sum));
        for (Row row : marked) {
            final int image = row.getInt(0);
            final int label = label(set, image);
            final int place = ranks.merge(label, 1, Integer::sum);
            // images without a mark have an evidence of 0
            final int before = audit.evidence()[image] > 0 ? 0 : set.classes()[label + 1] - set.classes()[label] - ofClass.get(label);
            rows.add(RowFactory.create(row.getString(1), row.getString(2), number(audit.evidence()[image]), place + before, audit.markOf()[image] + 1,
                classes.nameOrNull(audit.looksLike()[image]), audit.poison()[image], audit.classes().get(label).verdict().text()));
        }
        return rows;
    }

    private static int label(final PackedSet set, final int image) {
        return Starts.run(set.classes(), image);
    }
}
