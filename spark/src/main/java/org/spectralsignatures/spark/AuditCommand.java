package org.spectralsignatures.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.spark.audit.AuditTables;
import org.spectralsignatures.spark.audit.ImageAudit;
import org.spectralsignatures.spark.extract.ImageVectors;
import org.spectralsignatures.spark.extract.NetworkUse;
import org.spectralsignatures.spark.step.InputFiles;
import org.spectralsignatures.spark.step.ResultFolder;

/** The command {@code audit}: from images, a network that was trained on them and their scores to verdicts, marks, and the ids to keep and to remove. */
final class AuditCommand {

    static final String NAME = "audit";

    static final String USAGE = """
        audit IMAGES NETWORK RESULTS AUDITED [options]
            IMAGES    the training images, as 'extract' took them
            NETWORK   a file in the ONNX format: the network that was trained on them
            RESULTS   the folder that 'score' made of their vectors; the scores say where the search begins
            AUDITED   a folder to be made: verdicts, marks, suspicious, kept and removed (Parquet), verdicts.csv, marks.csv, conclusion.txt,
                      images/failed=true (id, label, fault), the images that cannot be read
            --classes=A,B,...    names of the network's classes in the order of its outputs, where the file does not tell them
            --classes=@FILE      the same in a file, one name a line; names may have commas
            --level=0.01         the probability that any class of a clean set is called poisoned
            --seed=1             of the choice of images that marks are put on
            --bad-rows=stop      or 'skip': leave out images without a score, and list them in AUDITED/errors
            --preparation --colours --fit --height --width --batch --image --label --id   as for 'extract'
        """;

    private static final Map<String, String> DEFAULTS = Options.of(ExtractCommand.IMAGE_OPTIONS, "classes", "", "level", Double.toString(AuditOptions.DEFAULT_LEVEL),
        "seed", "1", "bad-rows", "stop");

    private AuditCommand() {
    }

    static void run(final SparkSession spark, final List<String> words, final PrintStream out) throws IOException {
        final var arguments = new Arguments(NAME, DEFAULTS, List.of("IMAGES", "NETWORK", "RESULTS", "AUDITED"), words);
        final ImageFit.Way way = ExtractCommand.fit(arguments);
        final Configuration hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
        final NetworkUse use = ExtractCommand.use(arguments, "", ClassList.of(arguments.text("classes"), hadoop));
        final var options = Arguments.checked(() -> new AuditOptions(arguments.number("level"), (int)arguments.whole("batch", 1, 4096),
            arguments.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE)));
        final boolean skip = arguments.oneOf("bad-rows", List.of("stop", "skip")).equals("skip");
        final InputFiles input = InputFiles.of(arguments.place(0), hadoop);
        final InputFiles network = InputFiles.of(arguments.place(1), hadoop);
        final String scored = arguments.place(2);
        final String scores = ResultFolder.finished(scored, ScoreCommand.SCORES, hadoop);
        final ImageVectors images = ExtractCommand.images(arguments, hadoop);
        final var audit = new ImageAudit(spark, arguments.place(1), use);
        final String place = arguments.place(3);
        final String known = ExtractCommand.names(images, spark, out);
        final var results = new ResultFolder(place, hadoop, input.key() + network.key() + known);
        final String decoded = results.step("images", images + " " + use + " " + way, folder -> audit.decode(images, way, folder));
        faults(spark, decoded, out);
        final String packed = results.step("pixels", ResultFolder.key(scored, ScoreCommand.SCORES, hadoop) + " " + skip,
            folder -> audit.pack(decoded, spark.read().parquet(scores), skip, results, out, folder));
        results.step("verdicts", options.toString(), folder -> {
            final AuditTables tables = audit.audit(packed, options, results.parts("work", ImageAudit.PARTS_VERSION));
            write(spark, tables.marks(), AuditTables.MARKS, results.replace("marks"));
            write(spark, tables.suspicious(), AuditTables.SUSPICIOUS, results.replace("suspicious"));
            write(spark, tables.verdicts(), AuditTables.VERDICTS, folder);
            results.file("verdicts.csv", CsvText.of(AuditTables.VERDICTS, tables.verdicts()));
            results.file("marks.csv", withoutPictures(tables.marks()));
            results.file("conclusion.txt", tables.conclusion().sentence() + "\n" + tables.conclusion().nextStep() + "\n");
            results.remove("work");
        });
        remove(spark, audit.images(packed), place, results, out);
        out.print(results.text("conclusion.txt"));
        out.printf("Verdicts: %s/verdicts.csv, marks: %s/marks.csv, suspicious images: %s/suspicious (Parquet)%n", place, place, place);
    }

    private static void faults(final SparkSession spark, final String decoded, final PrintStream out) {
        final Dataset<Row> failed = spark.read().schema(ImageAudit.DECODED).parquet(decoded).filter(col("failed")).select("id", "fault");
        final long count = failed.count();
        if (count > 0) {
            out.printf(Locale.ROOT, "%,d images could not be read: %s/failed=true%n", count, decoded);
            failed.orderBy("id").limit(3).collectAsList().forEach(row -> out.printf("    %s: %s%n", row.getString(0), row.getString(1)));
        }
    }

    private static void write(final SparkSession spark, final List<Row> rows, final StructType schema, final String folder) {
        spark.createDataFrame(rows, schema).coalesce(1).write().parquet(folder);
    }

    private static String withoutPictures(final List<Row> marks) {
        final int columns = AuditTables.MARKS.size() - 1;
        final var schema = new StructType(Arrays.copyOf(AuditTables.MARKS.fields(), columns, StructField[].class));
        return CsvText.of(schema, marks.stream().map(row -> {
            final var values = new Object[columns];
            Arrays.setAll(values, row::get);
            return RowFactory.create(values);
        }).collect(Collectors.toList()));
    }

    private static void remove(final SparkSession spark, final Dataset<Row> images, final String place, final ResultFolder results, final PrintStream out)
        throws IOException {
        final Dataset<Row> gone = broadcast(spark.read().schema(AuditTables.SUSPICIOUS).parquet(place + "/suspicious").filter(col("Taken out")).select(col("id").as("gone")));
        final String removed = results.step("removed", "",
            folder -> images.join(gone, col("id").equalTo(col("gone")), "left_semi").write().parquet(folder));
        final String kept = results.step("kept", "", folder -> images.join(gone, col("id").equalTo(col("gone")), "left_anti").write().parquet(folder));
        out.printf(Locale.ROOT, "%,d images are removed, %,d are kept: %s, %s (Parquet)%n", spark.read().parquet(removed).count(), spark.read().parquet(kept).count(),
            removed, kept);
    }
}
