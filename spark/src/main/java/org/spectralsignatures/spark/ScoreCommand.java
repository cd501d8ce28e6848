package org.spectralsignatures.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.removal.Conclusion;
import org.spectralsignatures.removal.RemovalRule;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.spark.score.ClassTable;
import org.spectralsignatures.spark.score.Scoring;
import org.spectralsignatures.spark.step.InputFiles;
import org.spectralsignatures.spark.step.ResultFolder;
import org.spectralsignatures.spark.vector.ClassSizes;
import org.spectralsignatures.spark.vector.TableCheck;
import org.spectralsignatures.spark.vector.VectorTable;

/** The command {@code score}: from labelled vectors to scores, ranks, statistics and verdicts. */
final class ScoreCommand {

    static final String NAME = "score";

    static final String USAGE = """
        score VECTORS RESULTS [options]
            VECTORS   Parquet: a file, or a folder of them, with an id, a label and a vector in each row
            RESULTS   a folder to be made: scores (id, label, score, rank), classes, classes.csv, conclusion.txt
            --id=id --label=label --vector=vector   names of the columns
            --directions=1    number of leading directions whose squared projections are added, 1 to 100
            --level=0.01      the probability that any class of a clean set is called poisoned
            --bad-rows=stop   or 'skip': leave out rows that cannot be scored, and list them in RESULTS/errors
            --seed=1          of the vectors that the iteration starts from
        """;

    /** The folders of the steps that other commands read. */
    static final String SCORES = "scores";

    /** The folder of the statistics. */
    static final String CLASSES = "classes";

    private static final StructType SIZES = new StructType().add("label", DataTypes.StringType).add("rows", DataTypes.LongType).add("columns", DataTypes.IntegerType);

    private static final Map<String, String> DEFAULTS = Options.of("id", "id", "label", "label", "vector", "vector", "directions", "1", "level", "0.01",
        "bad-rows", "stop", "seed", "1");

    private ScoreCommand() {
    }

    static void run(final SparkSession spark, final List<String> words, final PrintStream out) throws IOException {
        final var arguments = new Arguments(NAME, DEFAULTS, List.of("VECTORS", "RESULTS"), words);
        final int directions = (int)arguments.whole("directions", 1, ScoringMethod.MAX_COMPONENTS);
        final var cutOff = Arguments.checked(() -> new RemovalRule.Automatic(arguments.number("level")));
        final long seed = arguments.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        final boolean skip = arguments.oneOf("bad-rows", List.of("stop", "skip")).equals("skip");
        final var columns = new VectorTable.Columns(arguments.text("id"), arguments.text("label"), arguments.text("vector"));
        final Configuration hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
        final InputFiles input = InputFiles.of(arguments.place(0), hadoop);
        final VectorTable table = VectorTable.open(spark, arguments.place(0), columns);
        final var results = new ResultFolder(arguments.place(1), hadoop, input.key() + columns + (table.names().known() ? table.names() : ""));
        if (table.names().known()) {
            out.println(table.names().sentence());
        }
        final ClassSizes sizes = sizes(spark, table, results);
        final var scoring = new Scoring(spark, table, sizes, directions, seed);
        out.printf(Locale.ROOT, "%,d rows of %,d values in %,d classes%n", sizes.total(), sizes.columns(), sizes.names().size());
        final String found = results.step("directions", directions + " " + seed + " " + skip, folder -> scoring.directions(folder, skip, results, out));
        final String projections = results.step("projections", "", folder -> scoring.project(found, folder));
        results.step(SCORES, "", folder -> scoring.rank(projections, folder));
        results.step(CLASSES, "level " + cutOff.level(), folder -> {
            final ClassTable classes = scoring.judge(found, projections, cutOff.level());
            spark.createDataFrame(classes.rows(), ClassTable.SCHEMA).coalesce(1).write().parquet(folder);
            results.file("classes.csv", CsvText.of(ClassTable.SCHEMA, classes.rows()));
            final Conclusion conclusion = classes.conclusion();
            results.file("conclusion.txt", conclusion.sentence() + "\n" + conclusion.nextStep() + "\n");
        });
        out.print(results.text("conclusion.txt"));
        out.printf("Scores: %s/%s (Parquet), classes: %s/classes.csv%n", arguments.place(1), SCORES, arguments.place(1));
    }

    private static ClassSizes sizes(final SparkSession spark, final VectorTable table, final ResultFolder results) throws IOException {
        final String folder = results.step("check", "", place -> {
            JavaSparkContext.fromSparkContext(spark.sparkContext()).setJobDescription("Check: columns, ids and classes");
            final ClassSizes found = TableCheck.of(table);
            final var rows = new ArrayList<Row>();
            for (int c = 0; c < found.names().size(); c++) {
                rows.add(RowFactory.create(found.names().get(c), found.rows()[c], found.columns()));
            }
            spark.createDataFrame(rows, SIZES).coalesce(1).write().parquet(place);
        });
        final var rows = new ArrayList<>(spark.read().schema(SIZES).parquet(folder).filter(col("label").isNotNull()).collectAsList());
        rows.sort(Comparator.comparing((Row row) -> row.getString(0), ClassNames.NATURAL));
        return new ClassSizes(rows.stream().map(row -> row.getString(0)).toList(), rows.stream().mapToLong(row -> row.getLong(1)).toArray(),
            rows.get(0).getInt(2));
    }
}
