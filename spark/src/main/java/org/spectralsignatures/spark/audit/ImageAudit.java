package org.spectralsignatures.spark.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.LoggerFactory;
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.extract.FittingImages;
import org.spectralsignatures.spark.extract.ImageVectors;
import org.spectralsignatures.spark.extract.NetworkUse;
import org.spectralsignatures.spark.extract.SentNetwork;
import org.spectralsignatures.spark.step.ReadBatch;
import org.spectralsignatures.spark.step.ResultFolder;
import org.spectralsignatures.spark.vector.TableCheck;

/** The steps of an audit of images that lie on many machines, each from folders into a folder. */
public final class ImageAudit {

    /** The columns of the decoded images: of pixels and fault one is null. */
    public static final StructType DECODED = new StructType().add("id", DataTypes.StringType).add("label", DataTypes.StringType)
        .add("pixels", DataTypes.BinaryType).add("fault", DataTypes.StringType).add("failed", DataTypes.BooleanType, false);

    /**
     * Version of what is found in single classes. It is to be raised with each change of the steps or of what they find, so that a run does not go on from what an
     * earlier version found.
     */
    public static final int PARTS_VERSION = 2;

    private static final String ID = "id";

    private static final String LABEL = "label";

    private static final String SCORE = "score";

    private final SparkSession spark;

    private final JavaSparkContext context;

    private final SentNetwork network;

    private final NetworkUse use;

    private final NetworkDescription known;

    private final ImageShape shape;

    /**
     * @param spark where it runs
     * @param place of the network, a file on any of Hadoop's file systems
     * @param use how it is read
     * @throws Refusal if it is no network
     */
    public ImageAudit(final SparkSession spark, final String place, final NetworkUse use) throws IOException {
        this.spark = spark;
        this.use = use;
        context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        network = SentNetwork.of(context, place);
        try (RunnableNetwork opened = use.fresh(network.file())) {
            known = opened.description();
        }
        shape = new ImageShape(3, known.shape().height(), known.shape().width());
    }

    /**
     * Decodes the images.
     *
     * @param images as they lie in their files
     * @param way how images of other sizes are brought to the network's; null if they are faults
     * @param folder to be made, of {@link #DECODED}
     */
    public void decode(final ImageVectors images, final ImageFit.Way way, final String folder) throws IOException {
        final ImageShape taken = known.shape();
        context.setJobDescription("Pixels of the images");
        final JavaRDD<Row> rows = images.read(spark).mapPartitions(part -> new Decoding(part, new FittingImages(taken, way)));
        spark.createDataFrame(rows, DECODED).write().partitionBy("failed").parquet(folder);
    }

    /**
     * Brings images and scores together, in packed files.
     *
     * @param images that {@link #decode} made
     * @param scored id, label and score of each
     * @param skip whether images without a score are left out and listed, or refused
     * @param results takes the list
     * @param out is told how many are left out
     * @param folder to be made
     * @throws Refusal if images, scores and network do not fit together
     */
    public void pack(final String images, final Dataset<Row> scored, final boolean skip, final ResultFolder results, final PrintStream out, final String folder)
        throws IOException {
        context.setJobDescription("Check: images, scores and classes");
        ReadBatch.forRows(spark, shape.size());
        final Dataset<Row> good = spark.read().schema(DECODED).parquet(images).filter(not(col("failed"))).select(ID, LABEL, "pixels");
        TableCheck.requireDistinctIds(good);
        final long all = Arrays.stream(PackedSet.sizes(spark, good, known.classes(), shape.size())).sum();
        if (all == 0) {
            throw new Refusal(("No image could be read: '%s/failed=true' tells why. If there are none, because 'failed=false' was removed there to save room, remove the whole"
                + " folder '%s' and run it again.").formatted(images, images));
        }
        final Dataset<Row> scores = scored.select(col(ID).as("scored"), col(LABEL).as("as"), col(SCORE));
        final Dataset<Row> joined = good.join(scores, col(ID).equalTo(col("scored")), "left_outer");
        requireSameLabels(joined.select(ID, LABEL, "scored", "as", SCORE));
        final Column missing = col(SCORE).isNull().or(col(SCORE).isNaN());
        final Row left = joined.select(ID, SCORE).filter(missing).agg(count(lit(1)), min(ID)).collectAsList().get(0);
        if (left.getLong(0) > 0 && !skip) {
            throw new Refusal(String.format(Locale.ROOT, "%,d of %,d images have no score (the first: '%s'). Score the vectors that 'extract' makes of the same images with"
                + " the same --id, or leave these out with --bad-rows=skip, which lists them.", left.getLong(0), all, left.getString(1)));
        }
        if (left.getLong(0) == all) {
            throw new Refusal("None of the images has a score: ids of images and of scores are others. Name the same --id as for 'extract'.");
        }
        results.remove("errors");
        if (left.getLong(0) > 0) {
            joined.filter(missing).select(col(ID), col(LABEL), lit("The image has no score.").as("fault")).write().parquet(results.replace("errors"));
            out.printf(Locale.ROOT, "Left out, and listed in errors: %,d images without a score (the first: '%s')%n", left.getLong(0), left.getString(1));
        }
        context.setJobDescription("Pixels in the order of classes and ids");
        PackedSet.write(spark, joined.filter(not(missing)).select(ID, LABEL, SCORE, "pixels"), known.classes(), shape.size(), all, folder);
    }

    private static void requireSameLabels(final Dataset<Row> joined) {
        final List<Row> others = joined.filter(col("as").notEqual(col(LABEL))).select(ID, LABEL, "as").orderBy(ID).limit(1).collectAsList();
        if (!others.isEmpty()) {
            final Row other = others.get(0);
            throw new Refusal("The image '%s' has the label '%s', but was scored as '%s': score the same set.".formatted(other.getString(0), other.getString(1),
                other.getString(2)));
        }
    }

    /**
     * Audits the set.
     *
     * @param packed folder that {@link #pack} made
     * @param options of the audit
     * @param parts folder for what is found in single classes, which a second run goes on from
     * @return what is found, as tables
     */
    public AuditTables audit(final String packed, final AuditOptions options, final String parts) throws IOException {
        context.setJobDescription("Scores of the images");
        final PackedSet set = PackedSet.open(spark, packed, known.classes(), shape.size());
        final Broadcast<double[]> scores = context.broadcast(set.scores(spark, packed));
        final var sent = new SentSet(set.files(), shape, set.starts(), set.classes(), known.classes(), scores, network, use, options);
        try {
            final Audit audit = sent.open(-1, audited -> Auditor.audit(audited, new ClassTasks(context, sent, parts)));
            context.setJobDescription("Tables of the audit");
            return AuditTables.of(audit, known.classes(), shape, set, suspicious(packed, set.starts(), audit));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // NOSONAR a cancellation, of which there is none on the driver
            throw new IllegalStateException(e);
        } finally {
            scores.destroy();
            LoggerFactory.getLogger(ImageAudit.class).info("Audit: {} images in {} classes", sent.size(), known.classes().size());
        }
    }

    /** @return index, id and label of the images that carry a mark */
    private List<Row> suspicious(final String packed, final int[] starts, final Audit audit) {
        final var marked = new boolean[audit.markOf().length];
        for (int i = 0; i < marked.length; i++) {
            marked[i] = audit.markOf()[i] >= 0;
        }
        final Broadcast<boolean[]> wanted = context.broadcast(marked);
        final List<Row> rows = new ArrayList<>(PackedSet.index(spark, packed).select("part", "place", ID, LABEL).toJavaRDD()
            .filter(row -> wanted.value()[starts[row.getInt(0)] + row.getInt(1)])
            .map(row -> RowFactory.create(starts[row.getInt(0)] + row.getInt(1), row.getString(2), row.getString(3))).collect());
        wanted.destroy();
        return rows;
    }

    /**
     * @param packed folder that {@link #pack} made
     * @return id, label and score of all images that were audited
     */
    public Dataset<Row> images(final String packed) {
        return PackedSet.index(spark, packed).select(ID, LABEL, SCORE);
    }
}
