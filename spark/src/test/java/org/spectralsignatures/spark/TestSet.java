package org.spectralsignatures.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.ScoringResult;
import org.spectralsignatures.scoring.SpectralScorer;

/**
 * Labelled vectors, in memory: as a table for Spark, and as what the library is given.
 *
 * @param ids of the rows
 * @param labels of the rows
 * @param vectors {@code [n, d]}
 */
record TestSet(List<String> ids, List<String> labels, List<float[]> vectors) {

    static final StructType SCHEMA = new StructType().add("id", DataTypes.StringType).add("label", DataTypes.StringType)
        .add("vector", DataTypes.createArrayType(DataTypes.FloatType));

    TestSet() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(final String id, final String label, final float... vector) {
        ids.add(id);
        labels.add(label);
        vectors.add(vector);
    }

    /** Rows far from zero, of a spectrum that falls slowly, a share of them pushed in one direction. */
    void addClass(final String label, final int rows, final int columns, final double poison, final long seed) {
        final var random = new SplittableRandom(seed);
        final double[] scale = random.doubles(columns, .5, 1.5).toArray();
        final double[] push = random.doubles(columns, -2.5, 2.5).toArray();
        for (int i = 0; i < rows; i++) {
            final var vector = new float[columns];
            final boolean pushed = i < poison * rows;
            final double common = random.nextGaussian();
            for (int k = 0; k < columns; k++) {
                vector[k] = (float)(3 + scale[k] * random.nextGaussian() + (k % 3 == 0 ? .4 * common : 0) + (pushed ? push[k] : 0));
            }
            add(label + "-" + i * 7919L % 100_003, label, vector);
        }
    }

    /** The rows in another order, so that classes are mixed. */
    TestSet mixed() {
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(5));
        final var mixed = new TestSet();
        order.forEach(i -> mixed.add(ids.get(i), labels.get(i), vectors.get(i)));
        return mixed;
    }

    /** Writes it as Parquet of so many files. */
    String write(final SparkSession spark, final Path folder, final int files) {
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            rows.add(RowFactory.create(ids.get(i), labels.get(i), vectors.get(i)));
        }
        spark.createDataFrame(JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, files), SCHEMA).write().parquet(folder.toString());
        return folder.toString();
    }

    /** @return the classes in the library's order */
    List<String> classes() {
        return new LinkedHashSet<>(labels).stream().sorted(ClassNames.NATURAL).toList();
    }

    int[] indices() {
        final List<String> classes = classes();
        return labels.stream().mapToInt(classes::indexOf).toArray();
    }

    /** @return what the library says of it */
    ScoringResult scored(final Path folder, final int directions) throws IOException, TaskCancelledException {
        try (var matrix = NpyMatrix.create(folder.resolve("activations.npy"), ids.size(), vectors.get(0).length)) {
            for (int i = 0; i < ids.size(); i++) {
                matrix.writeRow(i, vectors.get(i), 0);
            }
            return SpectralScorer.score(matrix, indices(), classes(), ids, new ScoringMethod.Paper(directions), 1, TaskMonitor.none());
        }
    }

    @Override
    public String toString() {
        return ids.size() + " rows of " + Arrays.toString(classes().toArray());
    }
}
