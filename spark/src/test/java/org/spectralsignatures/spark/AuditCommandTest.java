package org.spectralsignatures.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.JavaSparkContext;
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

    private MarkedImages set = new MarkedImages();

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
                final Audit audit = Auditor.audit(opened, images, values, new AuditOptions(.01, 64, 1), TaskMonitor.none());
                final Audit.ClassAudit bees = audit.classes().get(1);
                assertEquals(set.pixels.size() == 260 ? 0 : MarkedImages.MARKED, bees.poison(), bees.toString());
                assertEqual(audit, images, values, folder.resolve(audited));
            }
        }
    }

    private static void assertEqual(final Audit audit, final ImageDataset images, final double[] scores, final Path audited) throws IOException {
        final var classes = new AuditedClasses(audit, images.classes());
        assertEquals(classes.classes().stream().map(c -> verdict(c, classes)).toList(), lists(rows(audited.resolve("verdicts")), 8));
        final List<Row> marks = rows(audited.resolve("marks"));
        assertEquals(IntStream.range(0, audit.marks().size()).mapToObj(k -> mark(k, audit.marks().get(k), classes)).toList(), lists(marks, 8));
        for (int k = 0; k < marks.size(); k++) {
            assertArrayEquals(audit.marks().get(k).picture(), ImageCodec.decode(marks.get(k).<byte[]>getAs(8)).pixels());
        }
        final int[] ranks = ClassRanks.of(images.labels(), images.classes().size(), audit.evidence(), images.keys());
        final List<Integer> places = classes.classes().stream().map(Audit.ClassAudit::label).toList();
        assertEquals(IntStream.range(0, images.size()).filter(i -> audit.markOf()[i] >= 0).boxed()
            .sorted(Comparator.<Integer>comparingInt(i -> places.indexOf(images.label(i))).thenComparingInt(i -> ranks[i]))
            .map(i -> suspicious(i, audit, images, ranks, classes)).toList(), lists(rows(audited.resolve("suspicious")), 8));
        for (boolean poison : new boolean[]{true, false}) {
            assertEquals(IntStream.range(0, images.size()).filter(i -> audit.poison()[i] == poison)
                .mapToObj(i -> Arrays.<Object>asList(images.keys().get(i), images.classes().get(images.label(i)), scores[i])).collect(Collectors.toSet()),
                Set.copyOf(lists(rows(audited.resolve(poison ? "removed" : "kept")), 3)));
        }
        assertEquals(classes.conclusion().sentence() + "\n" + classes.conclusion().nextStep() + "\n", Files.readString(audited.resolve("conclusion.txt")));
    }

    /** @return the whole rows, but for columns that cannot be compared so */
    private static List<List<Object>> lists(final List<Row> rows, final int columns) {
        return rows.stream().map(row -> IntStream.range(0, columns).mapToObj(row::get).collect(Collectors.<Object>toList())).toList();
    }

    private static List<Object> verdict(final Audit.ClassAudit c, final AuditedClasses classes) {
        final var p = classes.pValue(c);
        return Arrays.asList(classes.name(c.label()), c.images(), c.verdict().finding().text(), c.verdict().text(), c.poison(), p.isPresent() ? p.getAsDouble() : null,
            c.verdict().looksLike(), c.verdict().power());
    }

    private static List<Object> mark(final int k, final Audit.Mark mark, final AuditedClasses classes) {
        return Arrays.asList(k + 1, classes.name(mark.label()), mark.images(), mark.strength(), mark.asked() == 0 ? null : (Object)((double)mark.taken() / mark.asked()),
            Double.isNaN(mark.pValue()) ? null : (Object)mark.pValue(), classes.nameOrNull(mark.looksLike()), mark.poison());
    }

    private static List<Object> suspicious(final int i, final Audit audit, final ImageDataset images, final int[] ranks, final AuditedClasses classes) {
        return Arrays.asList(images.keys().get(i), images.classes().get(images.label(i)), audit.evidence()[i], ranks[i], audit.markOf()[i] + 1,
            classes.nameOrNull(audit.looksLike()[i]), audit.poison()[i], audit.classes().get(images.label(i)).verdict().text());
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
    void aSetWithoutPoisonIsKeptAsAWhole() throws Exception {
        set = new MarkedImages(0);
        writeScores("scored");
        final String printed = audit(writeParquet("clean", 2), "scored", "audited", NAMES, "--id=id");
        assertTrue(printed.contains("0 images are removed, 260 are kept"), printed);
        assertAsTheLibrary("scored", "audited");
        assertEquals(List.of(), rows(folder.resolve("audited/suspicious")));
        assertEquals(List.of(), rows(folder.resolve("audited/removed")));
    }

    /** The run ends when all classes are done, at a file of results that cannot be written: a folder lies there. */
    @Test
    void classesThatAreDoneAreNotSearchedAgain() throws Exception {
        writeScores("scored");
        final String images = writeParquet("images", 3);
        final Path inTheWay = Files.createDirectories(folder.resolve("audited/verdicts.csv"));
        Files.createFile(folder.resolve("audited/_spectralsignatures"));
        assertThrows(IOException.class, () -> audit(images, "scored", "audited", NAMES, "--id=id"));
        final List<Path> done = done();
        assertEquals(15 * MarkedImages.CLASSES.size(), done.size(), done.toString());
        final FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        for (Path file : done) {
            Files.setLastModifiedTime(file, longAgo);
        }
        final List<Path> missing = List.of(done.get(0), done.get(done.size() - 1));
        for (Path file : missing) {
            Files.delete(file);
        }
        assertThrows(IOException.class, () -> audit(images, "scored", "audited", NAMES, "--id=id"));
        assertEquals(done, done());
        for (Path file : done) {
            assertEquals(missing.contains(file), !Files.getLastModifiedTime(file).equals(longAgo), file.toString());
        }
        Files.delete(inTheWay);
        audit(images, "scored", "audited", NAMES, "--id=id");
        assertAsTheLibrary("scored", "audited");
        assertFalse(Files.exists(folder.resolve("audited/work")));
    }

    /** @return the files of the classes that are done, in the order of steps and classes */
    private List<Path> done() throws IOException {
        try (var files = Files.walk(folder.resolve("audited/work"))) {
            return files.filter(f -> f.getFileName().toString().startsWith("class-")).sorted().toList();
        }
    }

    /** A name may have a comma, which an option cannot tell from one between two names. */
    @Test
    void classesMayBeNamedInAFile() throws Exception {
        writeScores("scored");
        final String images = writeParquet("images", 2);
        final Path names = folder.resolve("names.txt");
        Files.writeString(names, "\uFEFF" + String.join("\r\n", MarkedImages.CLASSES) + "\r\n\n");
        assertTrue(audit(images, "scored", "audited", "--classes=@" + names, "--id=id").contains("15 images are removed, 260 are kept"));
        Files.writeString(names, "ant\nbee\ncow\ndog, wolf\nélan\n");
        assertTrue(refusal(images, "scored", "--classes=@" + names, "--id=id").contains("the class(es) dog of the images. Its classes are ant, bee, cow, \"dog, wolf\", élan."));
        Files.writeString(names, "ant\n\nbee\n");
        assertTrue(refusal(images, "scored", "--classes=@" + names).endsWith("names.txt' of --classes has an empty line behind 'ant': write one name a line."));
        Files.writeString(names, "\n");
        assertTrue(refusal(images, "scored", "--classes=@" + names).contains("holds no names"));
        Files.write(names, new byte[]{'a', (byte)0xE9, 'b'});
        assertTrue(refusal(images, "scored", "--classes=@" + names).contains("is no text in UTF-8"));
        assertTrue(refusal(images, "scored", "--classes=@" + folder.resolve("nowhere")).startsWith("There is no '"));
        assertTrue(refusal(images, "scored", "--classes=@" + folder).contains("is a folder"));
        assertTrue(refusal(images, "scored", "--classes=@").startsWith("--classes=@ names no file."));
    }

    @Test
    void whereThePixelsAloneWereRemovedItIsSaid() throws Exception {
        writeScores("scored");
        final String images = writeParquet("images", 1);
        audit(images, "scored", "audited", NAMES, "--id=id");
        for (String gone : List.of("pixels", "images/failed=false")) {
            FileUtils.deleteDirectory(folder.resolve("audited").resolve(gone).toFile());
        }
        final String message = assertThrows(Refusal.class, () -> audit(images, "scored", "audited", NAMES, "--id=id")).getMessage();
        assertTrue(message.contains("remove the whole folder '" + place("audited/images") + "' and run it again"), message);
        FileUtils.deleteDirectory(folder.resolve("audited/images").toFile());
        assertTrue(audit(images, "scored", "audited", NAMES, "--id=id").contains("15 images are removed, 260 are kept"));
    }

    @Test
    void whatDoesNotFitIsSaid() throws Exception {
        writeScores("scored");
        final String images = writeParquet("images", 2);
        assertTrue(refusal(images, "scored", "--id=id").contains("The network does not know the class(es) ant, bee, cow, dog, élan of the images. Its classes are 0, 1, 2"));
        assertTrue(refusal(images, "scored", "--id=id", "--classes=a,b").contains("it tells 5 classes apart, but 2 names of classes are given"));
        assertTrue(refusal(images, "scored", NAMES).startsWith("275 of 275 images have no score (the first: '"));
        assertTrue(refusal(images, "scored", NAMES, "--bad-rows=skip").startsWith("None of the images has a score"));
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
