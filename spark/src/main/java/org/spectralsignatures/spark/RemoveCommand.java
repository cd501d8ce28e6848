package org.spectralsignatures.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.removal.RemovalRule;
import org.spectralsignatures.spark.remove.RemovalLimits;
import org.spectralsignatures.spark.remove.RemovalLimits.Limit;
import org.spectralsignatures.spark.step.ResultFolder;

/** The command {@code remove}: from scores to the ids that are kept and those that are removed. */
final class RemoveCommand {

    static final String NAME = "remove";

    static final String USAGE = """
        remove RESULTS CLEANED [options]
            RESULTS   the folder that 'score' made
            CLEANED   a folder to be made: kept and removed (id, label, score, rank), removal.csv
            --rule=automatic     all above the cut-off that the scores of a class show, nothing where they show none (--level=0.01);
                                 or 'share', the paper's rule: the top multiplier x epsilon of each class (--epsilon=..., --multiplier=1.5);
                                 or 'count': the top so many of each class (--count=...)
        """;

    private static final Map<String, String> DEFAULTS = Options.of("rule", "automatic", "level", "0.01", "epsilon", "", "multiplier", "1.5", "count", "");

    private static final StructType LIMITS = new StructType().add("name", DataTypes.StringType).add("last", DataTypes.LongType);

    private static final StructType SUMMARY = new StructType().add("Label", DataTypes.StringType).add("Rows", DataTypes.LongType)
        .add("Removed", DataTypes.LongType).add("Kept", DataTypes.LongType).add("Lowest removed score", DataTypes.DoubleType)
        .add("Highest kept score", DataTypes.DoubleType).add("All scores the same", DataTypes.BooleanType);

    private RemoveCommand() {
    }

    static void run(final SparkSession spark, final List<String> words, final PrintStream out) throws IOException {
        final var arguments = new Arguments(NAME, DEFAULTS, List.of("RESULTS", "CLEANED"), words);
        final RemovalRule rule = Arguments.checked(() -> rule(arguments));
        final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        final Configuration hadoop = context.hadoopConfiguration();
        final String scored = arguments.place(0);
        final Dataset<Row> scores = spark.read().parquet(ResultFolder.finished(scored, ScoreCommand.SCORES, hadoop));
        final List<Limit> limits =
            RemovalLimits.of(spark.read().parquet(ResultFolder.finished(scored, ScoreCommand.CLASSES, hadoop)).collectAsList(), rule);
        final var results = new ResultFolder(arguments.place(1), hadoop, ResultFolder.key(scored, ScoreCommand.CLASSES, hadoop) + rule);
        final Dataset<Row> names = spark.createDataFrame(limits.stream().map(l -> RowFactory.create(l.label(), l.removed())).toList(), LIMITS);
        final Dataset<Row> joined = scores.join(broadcast(names), col("label").equalTo(col("name")));
        for (String part : List.of("removed", "kept")) {
            results.step(part, "", folder -> {
                context.setJobDescription("Rows that are " + part);
                final Column inside = part.equals("removed") ? col("rank").leq(col("last")) : col("rank").gt(col("last"));
                joined.filter(inside).select("id", "label", "score", "rank").write().parquet(folder);
            });
        }
        context.setJobDescription("Summary of the removal");
        final Map<String, Row> removed = byLabel(spark, arguments.place(1) + "/removed");
        final Map<String, Row> kept = byLabel(spark, arguments.place(1) + "/kept");
        final List<Row> summary = new ArrayList<>();
        long gone = 0;
        long left = 0;
        for (Limit limit : limits) {
            final Row r = removed.get(limit.label());
            final Row k = kept.get(limit.label());
            summary.add(RowFactory.create(limit.label(), limit.rows(), r == null ? 0L : r.<Long>getAs("n"), k == null ? 0L : k.<Long>getAs("n"),
                r == null ? null : r.<Double>getAs("least"), k == null ? null : k.<Double>getAs("most"), limit.constant()));
            gone += r == null ? 0 : r.<Long>getAs("n");
            left += k == null ? 0 : k.<Long>getAs("n");
        }
        results.file("removal.csv", CsvText.of(SUMMARY, summary));
        out.printf(Locale.ROOT, "%,d rows are removed, %,d are kept: %s/removed, %s/kept (Parquet), by class: %s/removal.csv%n", gone, left,
            arguments.place(1), arguments.place(1), arguments.place(1));
        final List<String> constant = limits.stream().filter(Limit::constant).map(Limit::label).toList();
        if (!constant.isEmpty()) {
            out.printf("Nothing was removed from %d classes whose scores are all the same, '%s' first.%n", constant.size(), constant.get(0));
        }
    }

    private static Map<String, Row> byLabel(final SparkSession spark, final String folder) {
        final Map<String, Row> rows = new HashMap<>();
        spark.read().parquet(folder).groupBy("label").agg(count(lit(1)).as("n"), min("score").as("least"), max("score").as("most")).collectAsList()
            .forEach(row -> rows.put(row.getString(0), row));
        return rows;
    }

    private static RemovalRule rule(final Arguments arguments) {
        return switch (arguments.oneOf("rule", List.of("automatic", "share", "count"))) {
            case "share" -> {
                if (!arguments.given("epsilon")) {
                    throw new Refusal("--rule=share needs --epsilon=..., the largest share of poison in a class that you expect, for example --epsilon=0.05.");
                }
                yield new RemovalRule.TopShare(arguments.number("epsilon"), arguments.number("multiplier"));
            }
            case "count" -> {
                if (!arguments.given("count")) {
                    throw new Refusal("--rule=count needs --count=..., how many rows of each class to remove.");
                }
                yield new RemovalRule.TopCount((int)arguments.whole("count", 0, Integer.MAX_VALUE));
            }
            default -> new RemovalRule.Automatic(arguments.number("level"));
        };
    }
}
