package org.spectralsignatures.spark.score;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.step.ResultFolder;
import org.spectralsignatures.spark.vector.BadRows;
import org.spectralsignatures.spark.vector.ClassSizes;
import org.spectralsignatures.spark.vector.RowBlock;
import org.spectralsignatures.spark.vector.VectorBlocks;
import org.spectralsignatures.spark.vector.VectorTable;

/** The steps of scoring a table of labelled vectors by the paper's method, each from folders into a folder. */
public final class Scoring {

    private static final StructType ERRORS = new StructType().add("id", DataTypes.StringType).add("label", DataTypes.StringType)
        .add("fault", DataTypes.StringType);

    private final SparkSession spark;

    private final JavaSparkContext context;

    private final VectorTable table;

    private final ClassSizes sizes;

    private final int vectors;

    private final long seed;

    /**
     * @param spark where it runs
     * @param table the rows
     * @param sizes their classes
     * @param vectors leading directions of each class that count
     * @param seed of the vectors that the iteration starts from
     */
    public Scoring(final SparkSession spark, final VectorTable table, final ClassSizes sizes, final int vectors, final long seed) {
        this.spark = spark;
        context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.table = table;
        this.sizes = sizes;
        this.vectors = vectors;
        this.seed = seed;
    }

    /**
     * Finds the directions of all classes.
     *
     * @param folder of a table of them, to be made
     * @param skip whether rows that cannot be scored are left out and listed, or refused
     * @param results takes the list
     * @param out is told how many passes it took, and how many rows are left out
     * @throws Refusal if there are such rows, or the driver has too little memory
     */
    public void directions(final String folder, final boolean skip, final ResultFolder results, final PrintStream out) throws IOException {
        final DriverMemory memory = DriverMemory.ofThisJvm(sizes.columns());
        memory.check();
        final JavaRDD<RowBlock> blocks = VectorBlocks.of(context, table, sizes, DirectionSearch.starts(vectors), seed).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            final BadRows bad = bad(blocks);
            if (bad.count() > 0 && !skip) {
                throw new Refusal("Some rows cannot be scored: %s. Mend them, or leave them out with --bad-rows=skip, which lists them."
                    .formatted(bad.text()));
            }
            if (bad.count() == 0) {
                results.remove("errors");
            } else {
                out.printf("Left out, and listed in errors: %s%n", bad.text());
                listErrors(results.replace("errors"));
            }
            if (bad.count() == sizes.total()) {
                throw new Refusal("No row is left that can be scored.");
            }
            final var search = new DirectionSearch(context, blocks, sizes, vectors, memory);
            search.run(found -> {
                context.setJobDescription("Directions of %d classes are written".formatted(found.size()));
                final int slices = (int)Math.max(1, Math.min(found.size(), found.size() * Direction.bytes(sizes.columns(), vectors) >> 22));
                final JavaRDD<Row> rows = context.parallelize(found.stream().map(Direction::row).toList(), slices);
                spark.createDataFrame(rows, Direction.SCHEMA).write().mode(SaveMode.Append).parquet(folder);
            });
            out.printf("%d passes over the rows%n", search.passes());
        } finally {
            blocks.unpersist(false);
        }
    }

    private BadRows bad(final JavaRDD<RowBlock> blocks) {
        context.setJobDescription("Read and check the vectors");
        final var all = new BadRows();
        blocks.filter(block -> block.bad() != null).collect().forEach(block -> all.add(block.bad()));
        return all;
    }

    private void listErrors(final String folder) {
        context.setJobDescription("List the rows that are left out");
        final int columns = sizes.columns();
        final JavaRDD<Row> rows = table.vectors().map(row -> {
            final BadRows.Fault fault = BadRows.of(row, columns);
            return fault == null ? null : RowFactory.create(row.getId(), row.getLabel(), "row " + fault.text());
        }).filter(Objects::nonNull);
        spark.createDataFrame(rows, ERRORS).write().parquet(folder);
    }

    /**
     * @param directions folder of the directions
     * @param folder of the scores, to be made
     */
    public void project(final String directions, final String folder) {
        Projections.write(spark, table, sizes, directions, vectors, folder);
    }

    /**
     * @param projections folder of the scores
     * @param folder of the scores with ranks, to be made
     */
    public void rank(final String projections, final String folder) {
        RankedScores.of(spark, spark.read().schema(Projections.SCHEMA).parquet(projections), sizes.names()).write().parquet(folder);
    }

    /**
     * @param directions folder of the directions
     * @param projections folder of the scores
     * @param level the probability that any class is called poisoned where all are clean
     * @return statistics and verdicts
     */
    public ClassTable judge(final String directions, final String projections, final double level) {
        final var scores = ClassScores.of(context, spark.read().schema(Projections.SCHEMA).parquet(projections));
        context.setJobDescription("Verdicts");
        final JavaRDD<Row> figures = spark.read().schema(Direction.SCHEMA).parquet(directions).toJavaRDD().map(row -> Direction.of(row).figures().row());
        return ClassTable.of(sizes.names(), figures.collect().stream().map(Direction::of).toList(), scores, level);
    }
}
