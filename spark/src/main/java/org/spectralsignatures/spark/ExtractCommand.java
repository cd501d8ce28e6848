package org.spectralsignatures.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.spark.extract.ImageVectors;
import org.spectralsignatures.spark.extract.NetworkUse;
import org.spectralsignatures.spark.step.InputFiles;
import org.spectralsignatures.spark.step.ResultFolder;
import org.spectralsignatures.spark.vector.LabelNames;

/** The command {@code extract}: from images and a network to vectors. */
final class ExtractCommand {

    static final String NAME = "extract";

    static final String USAGE = """
        extract IMAGES NETWORK EXTRACTED [options]
            IMAGES      a folder with a folder of images for each class, or Parquet with the bytes of images
            NETWORK     a file in the ONNX format
            EXTRACTED   a folder to be made: vectors/failed=false (Parquet: id, label, vector), for 'score';
                        vectors/failed=true (id, label, fault), the images that cannot be read
            --layer=NAME         whose activations are taken; what the last dense layer takes if none is named
            --pooling=flatten    or 'average' over the pixels of each channel
            --preparation=file   of images, as in the network's training: what the file tells, or 'shares' (0 to 1), 'symmetric' (-1 to 1),
                                 'bytes' (0 to 255), 'imagenet'
            --colours=file       as the file tells, or else 'rgb'; or 'bgr'
            --fit=none           or 'crop', 'pad', 'stretch': how images of other sizes are brought to the network's
            --height=0 --width=0 of the images, where the network takes any
            --batch=64           images at a time
            --image=image --label=label --id=NAME   names of the columns of Parquet; without --id file and row name an image
        """;

    /** The options that say how images and network are read, with their defaults. */
    static final Map<String, String> IMAGE_OPTIONS = Options.of("preparation", "file", "colours", "file", "fit", "none", "height", "0", "width", "0", "batch", "64",
        "image", "image", "label", "label", "id", "");

    private static final Map<String, String> DEFAULTS = Options.of(IMAGE_OPTIONS, "layer", "", "pooling", "flatten");

    private ExtractCommand() {
    }

    static void run(final SparkSession spark, final List<String> words, final PrintStream out) throws IOException {
        final var arguments = new Arguments(NAME, DEFAULTS, List.of("IMAGES", "NETWORK", "EXTRACTED"), words);
        final ImageFit.Way way = fit(arguments);
        final int batch = (int)arguments.whole("batch", 1, 4096);
        final NetworkUse use = use(arguments, arguments.text("layer"), List.of());
        final Configuration hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
        final InputFiles input = InputFiles.of(arguments.place(0), hadoop);
        final InputFiles network = InputFiles.of(arguments.place(1), hadoop);
        final ImageVectors images = images(arguments, hadoop);
        final String names = names(images, spark, out);
        final var results = new ResultFolder(arguments.place(2), hadoop, input.key() + network.key() + names);
        final String vectors = results.step("vectors", images + " " + use + " " + arguments.text("fit"),
            folder -> out.println(images.write(spark, arguments.place(1), use, way, batch, folder)));
        final List<Row> counts = read(spark, vectors).groupBy("failed").count().orderBy("failed").collectAsList();
        long failed = 0;
        for (Row row : counts) {
            failed += row.getBoolean(0) ? row.getLong(1) : 0;
            out.printf(Locale.ROOT, row.getBoolean(0) ? "%,d images could not be read: %s/failed=true%n" : "%,d vectors: %s/failed=false%n", row.getLong(1), vectors);
        }
        if (failed > 0) {
            read(spark, vectors).filter(col("failed")).select("id", "fault").orderBy("id").limit(3).collectAsList()
                .forEach(row -> out.printf("    %s: %s%n", row.getString(0), row.getString(1)));
        }
        if (counts.isEmpty() || counts.get(0).getBoolean(0)) {
            throw new Refusal("No image could be read.");
        }
    }

    static ImageFit.Way fit(final Arguments arguments) {
        final String fit = arguments.oneOf("fit", List.of("none", "crop", "pad", "stretch"));
        return fit.equals("none") ? null : ImageFit.Way.valueOf(fit.toUpperCase(Locale.ROOT));
    }

    static NetworkUse use(final Arguments arguments, final String layer, final List<String> classes) {
        final Pooling pooling = !arguments.has("pooling") || arguments.oneOf("pooling", List.of("flatten", "average")).equals("flatten") ? Pooling.FLATTEN
            : Pooling.GLOBAL_AVERAGE;
        return new NetworkUse(layer, pooling, arguments.oneOf("preparation", NetworkUse.PREPARATIONS),
            arguments.oneOf("colours", NetworkUse.COLOURS), (int)arguments.whole("height", 0, ImageFit.MAX_EDGE),
            (int)arguments.whole("width", 0, ImageFit.MAX_EDGE), classes);
    }

    /** @return the names of classes that the files note, which are told; empty if they note none */
    static String names(final ImageVectors images, final SparkSession spark, final PrintStream out) throws IOException {
        final LabelNames names = images.names(spark);
        if (names.known()) {
            out.println(names.sentence());
        }
        return names.known() ? names.toString() : "";
    }

    static ImageVectors images(final Arguments arguments, final Configuration hadoop) throws IOException {
        return new ImageVectors(arguments.place(0), ImageVectors.isParquet(arguments.place(0), hadoop), arguments.text("image"), arguments.text("label"),
            arguments.text("id"));
    }

    /** @return vectors and faults; the names of the folders alone would be texts */
    private static Dataset<Row> read(final SparkSession spark, final String folder) {
        return spark.read().schema(ImageVectors.SCHEMA).parquet(folder);
    }
}
