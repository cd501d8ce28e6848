package org.spectralsignatures.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.AuditedClasses;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.scoring.ClassRanks;

/** What an audit on Spark finds is what the library finds on the same images in the order of classes and ids, whatever the parts that they lie in. */
class AuditCommandTest {

    private static final String NAMES = "--classes=" + String.join(",", MarkedImages.CLASSES);

    @TempDir
    private Path folder;

    private final MarkedImages set = new MarkedImages();

    private Path network;

    @BeforeEach
    void write() throws IOException {
        network = folder.resolve("network.onnx");
        set.writeNetwork(network);
    }

    private String place(final String name) {
        return folder.resolve(name).toString();
    }

    /** Made-up scores serve as well: they say where to look first. */
    private void writeScores(final String name) throws IOException {
        final var random = new Random(3);
        final List<Row> rows = new ArrayList<>();
        set.pixels.keySet().forEach(id -> rows.add(RowFactory.create(id, MarkedImages.label(id), random.nextDouble(), 1L)));
        writeScores(name, rows);
    }

    private void writeScores(final String name, final List<Row> rows) throws IOException {
        LocalSpark.get().createDataFrame(rows, new StructType().add("id", DataTypes.StringType).add("label", DataTypes.StringType).add("score", DataTypes.DoubleType)
            .add("rank", DataTypes.LongType)).write().parquet(place(name + "/scores"));
        Files.writeString(folder.resolve(name + "/scores/_spectralsignatures.finished"), name);
    }

    private String writeParquet(final String name, final int files) throws IOException {
        final List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, byte[]> image : set.pixels.entrySet()) {
            rows.add(RowFactory.create(image.getKey(), ImageCodec.encodePng(image.getValue(), MarkedImages.SHAPE), MarkedImages.label(image.getKey())));
        }
        Collections.shuffle(rows, new Random(files));
        LocalSpark.get().createDataFrame(JavaSparkContext.fromSparkContext(LocalSpark.get().sparkContext()).parallelize(rows, files),
            new StructType().add("id", DataTypes.StringType).add("image", DataTypes.BinaryType).add("label", DataTypes.StringType)).write().parquet(place(name));
        return place(name);
    }

    private String audit(final String images, final String scored, final String audited, final String... options) throws IOException {
        final var words = new ArrayList<>(List.of(images, network.toString(), place(scored), place(audited), "--preparation=bytes"));
        words.addAll(List.of(options));
        return LocalSpark.run(AuditCommand::run, words.toArray(String[]::new));
    }

    private static List<Row> rows(final Path folder) {
        return LocalSpark.get().read().parquet(folder.toString()).collectAsList();
    }

    private void assertAsTheLibrary(final String scored, final String audited) throws Exception {
        final Map<String, Row> scores = LocalSpark.byId(folder.resolve(scored + "/scores"));
        final var found = OnnxInspection.of(network, new OnnxOptions(MarkedImages.CLASSES, 0, 0, ImagePreparation.BYTES, null, null, "", OnnxOptions.Outputs.GUESS, ""));
        final List<String> ids = set.pixels.keySet().stream().sorted(Comparator.<String>comparingInt(id -> MarkedImages.CLASSES.indexOf(MarkedImages.label(id)))
            .thenComparing(id -> id)).toList();
        try (var opened = OnnxNetwork.open(network, found.description(), found.reading()); var builder = ImageDataset.builder(MarkedImages.SHAPE, MarkedImages.CLASSES)) {
            for (String id : ids) {
                builder.add(id, MarkedImages.label(id), set.pixels.get(id));
            }
            try (ImageDataset images = builder.build()) {
                final double[] values = ids.stream().mapToDouble(id -> scores.get(id).<Double>getAs("score")).toArray();
                assertEqual(Auditor.audit(opened, images, values, new AuditOptions(.01, 64, 1), TaskMonitor.none()), images, folder.resolve(audited));
            }
        }
    }

    private static void assertEqual(final Audit audit, final ImageDataset images, final Path audited) throws IOException {
        final var classes = new AuditedClasses(audit, images.classes());
        assertTrue(classes.classes().get(0).verdict().text().startsWith("poisoned: 15 images that look like 'élan'"), classes.classes().toString());
        final List<Row> verdicts = rows(audited.resolve("verdicts"));
        assertEquals(classes.classes().stream().map(c -> classes.name(c.label()) + c.images() + c.verdict().text() + c.poison() + c.verdict().power()).toList(),
            verdicts.stream().map(r -> r.getString(0) + r.get(1) + r.getString(3) + r.get(4) + r.get(7)).toList());
        final List<Row> marks = rows(audited.resolve("marks"));
        assertEquals(audit.marks().size(), marks.size());
        for (int k = 0; k < marks.size(); k++) {
            final Audit.Mark mark = audit.marks().get(k);
            final Row row = marks.get(k);
            assertEquals(images.classes().get(mark.label()) + mark.images() + mark.strength() + mark.poison(), row.getString(1) + row.get(2) + row.get(3) + row.get(7));
            assertArrayEquals(mark.picture(), ImageCodec.decode(row.<byte[]>getAs(8)).pixels());
        }
        final int[] ranks = ClassRanks.of(images.labels(), images.classes().size(), audit.evidence(), images.keys());
        final Map<String, Row> suspicious = LocalSpark.byId(audited.resolve("suspicious"));
        final int[] marked = IntStream.range(0, images.size()).filter(i -> audit.markOf()[i] >= 0).toArray();
        assertEquals(marked.length, suspicious.size());
        for (int i : marked) {
            final Row row = suspicious.get(images.keys().get(i));
            assertEquals(audit.evidence()[i], row.<Double>getAs("Evidence"));
            assertEquals(ranks[i], row.<Integer>getAs("Rank in class"));
            assertEquals(audit.markOf()[i] + 1, row.<Integer>getAs("Mark"));
            assertEquals(classes.nameOrNull(audit.looksLike()[i]), row.getAs("Looks like"));
            assertEquals(audit.poison()[i], row.<Boolean>getAs("Taken out"));
        }
        assertEquals(IntStream.range(0, images.size()).filter(i -> audit.poison()[i]).mapToObj(images.keys()::get).sorted().toList(),
            LocalSpark.byId(audited.resolve("removed")).keySet().stream().sorted().toList());
        assertEquals(images.size() - MarkedImages.MARKED, LocalSpark.byId(audited.resolve("kept")).size());
        assertEquals(classes.conclusion().sentence() + "\n" + classes.conclusion().nextStep() + "\n", Files.readString(audited.resolve("conclusion.txt")));
    }

    /** A broken image is no failed job. */
    @Test
    void foldersAreAuditedAsByTheLibrary() throws Exception {
        final Path images = folder.resolve("images");
        set.write(images);
        Files.writeString(images.resolve("ant/broken.png"), "no image");
        writeScores("scored");
        final String printed = audit(images.toString(), "scored", "audited", NAMES);
        assertTrue(printed.contains("1 images could not be read"), printed);
        assertTrue(printed.contains("15 images are removed, 260 are kept"), printed);
        assertAsTheLibrary("scored", "audited");
        assertEquals("The bytes are no PNG, JPEG, GIF, BMP, TIFF, WebP or PNM image.", rows(folder.resolve("audited/images/failed=true")).get(0).getAs("fault"));
        assertFalse(Files.exists(folder.resolve("audited/work")));
        assertTrue(Files.readString(folder.resolve("audited/verdicts.csv")).startsWith("Label,Images,Finding,Verdict"));
    }

    @Test
    void theSameIsFoundHoweverTheImagesLie() throws Exception {
        writeScores("scored");
        audit(writeParquet("one", 1), "scored", "audited1", NAMES, "--id=id");
        assertAsTheLibrary("scored", "audited1");
        audit(writeParquet("many", 7), "scored", "audited7", NAMES, "--id=id");
        assertAsTheLibrary("scored", "audited7");
    }

    @Test
    void classesThatAreDoneAreNotSearchedAgain() throws Exception {
        writeScores("scored");
        final String images = writeParquet("images", 3);
        final var context = LocalSpark.get().sparkContext();
        final var descriptions = new ConcurrentLinkedQueue<String>();
        final var stopper = new SparkListener() {
            private volatile boolean searching;

            @Override
            public void onJobStart(final SparkListenerJobStart job) {
                final String what = String.valueOf(job.properties().getProperty("spark.job.description"));
                descriptions.add(what);
                searching = what.endsWith(": marks");
            }

            @Override
            public void onTaskEnd(final SparkListenerTaskEnd task) {
                if (searching) {
                    context.cancelAllJobs();
                }
            }
        };
        context.addSparkListener(stopper);
        try {
            assertThrows(Exception.class, () -> audit(images, "scored", "audited", NAMES, "--id=id"));
        } finally {
            context.removeSparkListener(stopper);
        }
        final long before = searched();
        assertTrue(before >= 1 && descriptions.stream().anyMatch(d -> d.startsWith("Audit, step 1:")), descriptions.toString());
        final var again = new ConcurrentLinkedQueue<String>();
        final var counter = new SparkListener() {
            @Override
            public void onJobStart(final SparkListenerJobStart job) {
                again.add(String.valueOf(job.properties().getProperty("spark.job.description")));
            }
        };
        context.addSparkListener(counter);
        try {
            audit(images, "scored", "audited", NAMES, "--id=id");
        } finally {
            context.removeSparkListener(counter);
        }
        final List<String> steps = again.stream().filter(d -> d.startsWith("Audit, step")).toList();
        assertTrue(steps.stream().allMatch(d -> d.endsWith(": marks")), steps.toString());
        assertAsTheLibrary("scored", "audited");
    }

    /** @return number of classes whose search was finished: in the folder of the last step */
    private long searched() throws IOException {
        try (var steps = Files.list(folder.resolve("audited/work"))) {
            final Path last = steps.filter(Files::isDirectory).max(Comparator.naturalOrder()).orElseThrow();
            try (var files = Files.list(last)) {
                return files.filter(f -> f.getFileName().toString().startsWith("class-")).count();
            }
        }
    }

    @Test
    void whatDoesNotFitIsSaid() throws Exception {
        writeScores("scored");
        final String images = writeParquet("images", 2);
        assertTrue(refusal(images, "scored", "--id=id").contains("The network does not know the class(es) ant, bee, cow, dog, élan of the images. Its classes are 0, 1, 2"));
        assertTrue(refusal(images, "scored", "--id=id", "--classes=a,b").contains("it tells 5 classes apart, but 2 names of classes are given"));
        assertTrue(refusal(images, "scored", NAMES).contains("None of the images has a score") || refusal(images, "scored", NAMES).contains("have no score"));
        assertTrue(refusal(images, "nowhere", "--id=id", NAMES).contains("holds no finished step 'scores'"));
        assertTrue(refusal(images, "scored", "--id=id", NAMES, "--level=2").contains("must be above 0 and below 1"));
        final List<Row> others = new ArrayList<>();
        set.pixels.keySet().forEach(id -> others.add(RowFactory.create(id, id.equals("bee/003.png") ? "ant" : MarkedImages.label(id), 1., 1L)));
        writeScores("others", others);
        assertTrue(refusal(images, "others", "--id=id", NAMES).contains("The image 'bee/003.png' has the label 'bee', but was scored as 'ant'"));
        final List<Row> few = new ArrayList<>(others.subList(30, others.size()));
        few.removeIf(row -> row.getString(0).equals("bee/003.png"));
        writeScores("few", few);
        final String message = refusal(images, "few", "--id=id", NAMES);
        assertTrue(message.startsWith("31 of 275 images have no score (the first: 'ant/000.png')"), message);
        assertTrue(audit(images, "few", "skipped", "--id=id", NAMES, "--bad-rows=skip").contains("Left out, and listed in errors: 31 images without a score"));
        assertEquals(31, rows(folder.resolve("skipped/errors")).size());
    }

    private String refusal(final String images, final String scored, final String... options) throws IOException {
        return assertThrows(Refusal.class, () -> audit(images, scored, "refused", options)).getMessage();
    }

    @Test
    void imagesOfAnotherSizeAreFaultsOrFitted() throws Exception {
        final Path images = folder.resolve("images");
        set.write(images);
        Files.write(images.resolve("cow/large.png"), ImageCodec.encodePng(new byte[3 * 40 * 40], new ImageShape(3, 40, 40)));
        writeScores("scored");
        assertTrue(audit(images.toString(), "scored", "audited", NAMES).contains("cow/large.png: The image is"));
        assertEquals(275, LocalSpark.byId(folder.resolve("audited/kept")).size() + LocalSpark.byId(folder.resolve("audited/removed")).size());
        assertTrue(refusal(images.toString(), "scored", NAMES, "--fit=crop").startsWith("1 of 276 images have no score (the first: 'cow/large.png')"));
    }
}
