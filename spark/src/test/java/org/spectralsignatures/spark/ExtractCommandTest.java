package org.spectralsignatures.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;

/** Vectors that Spark's executors extract are those of the library, bit for bit, and no broken image ends a job. */
class ExtractCommandTest {

    private static final Path NETWORK = Path.of("../plugin/org.spectralsignatures.onnx/src/test/resources/org/spectralsignatures/onnx/resnet.onnx");

    @TempDir
    private Path folder;

    private final Map<String, byte[]> pixels = new LinkedHashMap<>();

    private ImageShape shape;

    private OnnxInspection.Found found;

    @BeforeEach
    void drawImages() throws IOException {
        found = OnnxInspection.of(NETWORK, new OnnxOptions(List.of(), 0, 0, ImagePreparation.IMAGENET, null, null, "", OnnxOptions.Outputs.GUESS, ""));
        shape = found.description().shape();
        final var random = new SplittableRandom(1);
        for (int i = 0; i < 12; i++) {
            final var image = new byte[shape.size()];
            random.nextBytes(image);
            pixels.put((i % 3 == 0 ? "cat" : "train/ship") + "/" + i + ".png", image);
        }
    }

    private Map<String, float[]> expected(final Pooling pooling) throws Exception {
        final Map<String, float[]> vectors = new LinkedHashMap<>();
        try (var network = OnnxNetwork.open(NETWORK, found.description(), found.reading()); var builder = ImageDataset.builder(shape, List.of(""))) {
            for (Map.Entry<String, byte[]> image : pixels.entrySet()) {
                builder.add(image.getKey(), "", image.getValue());
            }
            try (ImageDataset images = builder.build()) {
                ActivationExtractor.extract(network, images, "", pooling, 64, folder.resolve("expected.npy"), TaskMonitor.none());
                try (var matrix = NpyMatrix.open(folder.resolve("expected.npy"))) {
                    for (int i = 0; i < images.size(); i++) {
                        final var vector = new float[matrix.columns()];
                        matrix.readRow(i, vector);
                        vectors.put(images.keys().get(i), vector);
                    }
                }
            }
        }
        return vectors;
    }

    private static float[] vector(final Row row) {
        final List<Float> values = row.getList(row.fieldIndex("vector"));
        final var vector = new float[values.size()];
        for (int k = 0; k < vector.length; k++) {
            vector[k] = values.get(k);
        }
        return vector;
    }

    @Test
    void foldersOfClassesAreExtractedAsByTheLibrary() throws Exception {
        for (Map.Entry<String, byte[]> image : pixels.entrySet()) {
            final Path file = folder.resolve("images").resolve(image.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, ImageCodec.encodePng(image.getValue(), shape));
        }
        Files.writeString(folder.resolve("images/cat/broken.png"), "no image");
        Files.write(folder.resolve("images/cat/small.png"), ImageCodec.encodePng(new byte[3], new ImageShape(3, 1, 1)));
        Files.write(folder.resolve("images/stray.png"), ImageCodec.encodePng(new byte[shape.size()], shape));
        final String printed = LocalSpark.run(ExtractCommand::run, folder.resolve("images").toString(), NETWORK.toString(), folder.resolve("out").toString(),
            "--preparation=imagenet");
        assertTrue(printed.contains("12 vectors") && printed.contains("3 images could not be read"), printed);
        assertEqualToTheLibrary(Pooling.FLATTEN);
        final Map<String, Row> failed = LocalSpark.byId(folder.resolve("out/vectors/failed=true"));
        assertEquals("The bytes are no PNG, JPEG, GIF, BMP, TIFF, WebP or PNM image.", failed.get("cat/broken.png").getAs("fault"));
        assertTrue(failed.get("cat/small.png").<String>getAs("fault").contains("--fit=crop"));
        assertEquals("The file lies in no folder of a class.", failed.get("stray.png").getAs("fault"));
    }

    private void assertEqualToTheLibrary(final Pooling pooling) throws Exception {
        final Map<String, Row> rows = LocalSpark.byId(folder.resolve("out/vectors/failed=false"));
        assertEquals(pixels.keySet(), rows.keySet());
        for (Map.Entry<String, float[]> vector : expected(pooling).entrySet()) {
            final Row row = rows.get(vector.getKey());
            assertArrayEquals(vector.getValue(), vector(row));
            assertEquals(vector.getKey().contains("cat") ? "cat" : "ship", row.getAs("label"));
        }
    }

    @Test
    void parquetAsOfHuggingFaceIsExtractedAndScored() throws Exception {
        final var image = new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);
        final List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, byte[]> e : pixels.entrySet()) {
            rows.add(RowFactory.create(e.getKey(), RowFactory.create(ImageCodec.encodePng(e.getValue(), shape), e.getKey()), e.getKey().contains("cat") ? "cat" : "ship"));
        }
        rows.add(RowFactory.create("empty", RowFactory.create(null, "empty"), "cat"));
        LocalSpark.get().createDataFrame(rows, new StructType().add("name", DataTypes.StringType).add("image", image).add("label", DataTypes.StringType))
            .write().parquet(folder.resolve("set").toString());
        final String[] words = {folder.resolve("set").toString(), NETWORK.toString(), folder.resolve("out").toString(), "--preparation=imagenet", "--pooling=average",
            "--id=name", "--batch=5"};
        assertTrue(LocalSpark.run(ExtractCommand::run, words).contains("empty: The row has no image."));
        assertEqualToTheLibrary(Pooling.GLOBAL_AVERAGE);
        LocalSpark.run(ScoreCommand::run, folder.resolve("out/vectors/failed=false").toString(), folder.resolve("scored").toString());
        assertEquals(12, LocalSpark.byId(folder.resolve("scored/scores")).size());
        // without ids, file and row tell each image
        words[2] = folder.resolve("out2").toString();
        words[5] = "--batch=7";
        LocalSpark.run(ExtractCommand::run, words);
        assertTrue(LocalSpark.byId(folder.resolve("out2/vectors/failed=false")).keySet().stream().allMatch(id -> id.matches("part-.*\\.parquet\\[\\d+\\]")));
    }

    @Test
    void whatIsNoNetworkIsSaid() throws IOException {
        Files.createDirectories(folder.resolve("images/a"));
        Files.writeString(folder.resolve("images/a/x.png"), "x");
        Files.writeString(folder.resolve("network.onnx"), "no network");
        assertThrows(Refusal.class, () -> LocalSpark.run(ExtractCommand::run, folder.resolve("images").toString(), folder.resolve("network.onnx").toString(),
            folder.resolve("out").toString()));
        final String message = assertThrows(Refusal.class, () -> LocalSpark.run(ExtractCommand::run, folder.resolve("images").toString(), NETWORK.toString(),
            folder.resolve("out").toString(), "--layer=nowhere")).getMessage();
        assertTrue(message.contains("nowhere"), message);
    }
}
