package org.spectralsignatures.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.scoring.ScoringResult;
import org.spectralsignatures.spark.vector.LabelNames;

/** Tables that others wrote, and such as nobody meant to: what they say is taken, or said to be wrong in one sentence. */
class ForeignTablesTest {

    private static final String LABELS = """
        {"info": {"features": {"image": {"_type": "Image"}, "vector": {"feature": {"dtype": "float32", "_type": "Value"}, "_type": "Sequence"},
        "label": {"names": ["airplane", "Vögel"], "_type": "ClassLabel"}}}}
        """;

    private static final String NUMBERS = LABELS.replace("airplane", "1").replace("Vögel", "2");

    @TempDir
    private Path folder;

    private String score(final String vectors, final String... options) throws IOException {
        final String[] words = new String[options.length + 2];
        words[0] = vectors;
        words[1] = folder.resolve("results").toString();
        System.arraycopy(options, 0, words, 2, options.length);
        return LocalSpark.run(ScoreCommand::run, words);
    }

    private Map<String, Row> scores() {
        return LocalSpark.byId(folder.resolve("results/scores"));
    }

    private void assertAsTheLibrary(final TestSet set) throws Exception {
        final ScoringResult expected = set.scored(folder, 1);
        final Map<String, Row> scores = scores();
        assertEquals(set.ids().size(), scores.size());
        for (int i = 0; i < set.ids().size(); i++) {
            final Row row = scores.get(set.ids().get(i));
            assertEquals(set.labels().get(i), row.getAs("label"));
            assertEquals(expected.scores()[i], row.<Double>getAs("score"), 1e-7 * (1 + expected.scores()[i]));
        }
    }

    /** {@code activations.parquet} was written by VectorFileWriter, as the Activations Writer writes it: 90 rows of 16 values, three classes, and which are poisoned. */
    @Test
    void whatTheActivationsWriterWritesIsScored() throws Exception {
        final String file = Path.of("src/test/resources/activations.parquet").toAbsolutePath().toString();
        score(file, "--vector=activations");
        final var set = new TestSet();
        for (Row row : LocalSpark.get().read().parquet(file).collectAsList()) {
            final List<Float> values = row.getList(row.fieldIndex("activations"));
            final var vector = new float[values.size()];
            for (int k = 0; k < vector.length; k++) {
                vector[k] = values.get(k);
            }
            set.add(row.getAs("id"), row.getAs("label"), vector);
        }
        assertEquals(List.of("Vögel", "automobile", "ship"), set.classes());
        assertAsTheLibrary(set);
    }

    private Path named(final String file, final MessageType schema, final List<Group> rows) throws IOException {
        return named(file, schema, LABELS, rows);
    }

    private Path named(final String file, final MessageType schema, final String labels, final List<Group> rows) throws IOException {
        final Path place = Files.createDirectories(folder.resolve("named")).resolve(file);
        Files.deleteIfExists(place);
        Files.deleteIfExists(place.resolveSibling("." + file + ".crc"));
        try (var writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(place.toUri())).withConf(new Configuration()).withType(schema)
            .withExtraMetaData(Map.of("huggingface", labels)).build()) {
            for (Group row : rows) {
                writer.write(row);
            }
        }
        return place;
    }

    private static Group row(final SimpleGroupFactory groups, final String id, final Long label, final float... vector) {
        final Group row = groups.newGroup().append("id", id);
        if (label != null) {
            row.append("label", label);
        }
        final Group list = row.addGroup("vector");
        for (float value : vector) {
            list.addGroup("list").append("element", value);
        }
        return row;
    }

    private static final MessageType VECTORS = MessageTypeParser.parseMessageType("""
        message set { required binary id (STRING); optional int64 label;
        optional group vector (LIST) { repeated group list { optional float element; } } }
        """);

    @Test
    void numbersAreNamedAsHuggingFaceNotesIt() throws Exception {
        final var groups = new SimpleGroupFactory(VECTORS);
        final Path file = named("a.parquet", VECTORS, List.of(row(groups, "a", 0L, 1, 2), row(groups, "b", 1L, 3, 1), row(groups, "c", 1L, 2, 2),
            row(groups, "d", 0L, 5, 2)));
        final String printed = score(file.getParent().toString());
        assertTrue(printed.contains("The numbers in 'label' are named as the file notes it for Hugging Face: airplane, Vögel (2 classes)."), printed);
        assertEquals(List.of("airplane", "Vögel", "Vögel", "airplane"), scores().values().stream().sorted((x, y) -> x.<String>getAs("id").compareTo(y.getAs("id")))
            .map(row -> row.<String>getAs("label")).toList());
        named("a.parquet", VECTORS, List.of(row(groups, "a", 0L, 1, 2), row(groups, "b", -1L, 3, 1)));
        final String message = assertThrows(Refusal.class, () -> score(file.getParent().toString())).getMessage();
        assertTrue(message.startsWith("The column 'label' holds -1, but the file names the classes 0 to 1 alone."), message);
    }

    /** A number without a name may be another class's name. */
    @Test
    void namesMayBeNumbers() throws Exception {
        final var groups = new SimpleGroupFactory(VECTORS);
        final Path file = named("a.parquet", VECTORS, NUMBERS, List.of(row(groups, "a", 0L, 1, 2), row(groups, "b", 1L, 3, 1), row(groups, "c", null, 3, 1)));
        score(file.getParent().toString(), "--bad-rows=skip");
        assertEquals("1", scores().get("a").getAs("label"));
        assertEquals("2", scores().get("b").getAs("label"));
        named("a.parquet", VECTORS, NUMBERS, List.of(row(groups, "a", 0L, 1, 2), row(groups, "b", 1L, 3, 1), row(groups, "c", 2L, 3, 1)));
        final String message = assertThrows(Refusal.class, () -> score(file.getParent().toString())).getMessage();
        assertTrue(message.startsWith("The column 'label' holds 2, but the file names the classes 0 to 1 alone."), message);
    }

    @Test
    void manyNumbersWithoutANameAreNotAllShown() throws Exception {
        final var groups = new SimpleGroupFactory(VECTORS);
        final List<Group> rows = new ArrayList<>();
        for (long label = 0; label < 40; label++) {
            rows.add(row(groups, "id" + label, label, 1, 2));
        }
        final Path file = named("a.parquet", VECTORS, rows);
        final String message = assertThrows(Refusal.class, () -> score(file.getParent().toString())).getMessage();
        assertTrue(message.contains(" and more, but the file names the classes 0 to 1 alone."), message);
        assertEquals(20, message.substring(0, message.indexOf(" and more")).split(", ").length);
    }

    /** Logs of table formats and what editors hide come first by name, and are no data. */
    @Test
    void namesAreTakenFromTheDataAlone() throws Exception {
        final var groups = new SimpleGroupFactory(VECTORS);
        final Path file = named("a.parquet", VECTORS, List.of(row(groups, "a", 0L, 1, 2), row(groups, "b", 1L, 3, 1)));
        for (String other : List.of("_delta_log/00000.json", ".hidden/0.parquet", "_metadata")) {
            final Path hidden = file.resolveSibling(other);
            Files.createDirectories(hidden.getParent());
            Files.writeString(hidden, "no Parquet");
        }
        Files.createFile(file.resolveSibling("0-empty.parquet"));
        final LabelNames names = LabelNames.of(file.getParent().toString(), "label", DataTypes.LongType, new Configuration());
        assertEquals(List.of("airplane", "Vögel"), names.names());
    }

    @Test
    void aFileThatIsNoParquetIsNamed() throws Exception {
        final Path file = Files.writeString(folder.resolve("text.parquet"), "id,label,vector and so on\n");
        final String message = assertThrows(Refusal.class, () -> LabelNames.of(file.toString(), "label", DataTypes.LongType, new Configuration())).getMessage();
        assertTrue(message.contains("text.parquet' cannot be read as Parquet: "), message);
    }

    @Test
    void imagesAreNamedAsHuggingFaceNotesIt() throws Exception {
        assertImagesAreNamed(LABELS, "airplane", "Vögel", 9);
    }

    @Test
    void namesOfImagesMayBeNumbers() throws Exception {
        assertImagesAreNamed(NUMBERS, "1", "2", 2);
    }

    private void assertImagesAreNamed(final String labels, final String first, final String second, final long unnamed) throws Exception {
        final MessageType schema = MessageTypeParser.parseMessageType("""
            message set { required group image { required binary bytes; optional binary path (STRING); } required int64 label; }
            """);
        final var groups = new SimpleGroupFactory(schema);
        final var images = new MarkedImages();
        final Path network = folder.resolve("network.onnx");
        images.writeNetwork(network);
        final List<Group> rows = new ArrayList<>();
        for (byte[] pixels : images.pixels.values()) {
            final Group row = groups.newGroup();
            row.addGroup("image").append("bytes", Binary.fromConstantByteArray(ImageCodec.encodePng(pixels, MarkedImages.SHAPE)));
            rows.add(row.append("label", rows.size() == 7 ? unnamed : rows.size() % 2));
        }
        final Path file = named("b.parquet", schema, labels, rows);
        final String printed = LocalSpark.run(ExtractCommand::run, file.toString(), network.toString(), folder.resolve("extracted").toString(), "--preparation=bytes");
        assertTrue(printed.contains(first + ", " + second + " (2 classes)"), printed);
        assertTrue(printed.contains("b.parquet[7]: The column 'label' holds " + unnamed + ", but the file names the classes 0 to 1 alone."), printed);
        final Map<String, Row> vectors = LocalSpark.byId(folder.resolve("extracted/vectors/failed=false"));
        assertEquals(rows.size() - 1, vectors.size());
        assertEquals(second, vectors.get("b.parquet[3]").getAs("label"));
    }

    @Test
    void aSetOfOneClassIsScored() throws Exception {
        final var set = new TestSet();
        set.addClass("only", 200, 64, .1, 3);
        score(set.write(LocalSpark.get(), folder.resolve("vectors"), 2));
        assertAsTheLibrary(set);
    }

    @Test
    void namesOfPlacesMayHoldAnythingButPatterns() throws Exception {
        final var set = new TestSet();
        set.addClass("Vögel, 鳥 & 'x'", 40, 64, 0, 3);
        set.addClass("=1+1", 40, 64, 0, 4);
        final Path odd = folder.resolve("Sätze 50% + #1=a 鳥");
        final String vectors = set.write(LocalSpark.get(), odd.resolve("vectors"), 2);
        LocalSpark.run(ScoreCommand::run, vectors, odd.resolve("Ergebnis é").toString());
        LocalSpark.run(RemoveCommand::run, odd.resolve("Ergebnis é").toString(), odd.resolve("übrig").toString(), "--rule=count", "--count=3");
        assertEquals(74, LocalSpark.byId(odd.resolve("übrig/kept")).size());
        assertTrue(Files.readString(odd.resolve("Ergebnis é/classes.csv")).contains("\n'=1+1,40,"));
        final Path pattern = folder.resolve("set [1]");
        final String place = set.write(LocalSpark.get(), pattern, 1);
        assertTrue(assertThrows(Refusal.class, () -> score(place)).getMessage().contains("reads as part of a pattern"));
        assertTrue(assertThrows(Refusal.class, () -> LocalSpark.run(ScoreCommand::run, vectors, folder.resolve("a*").toString())).getMessage().contains("pattern"));
    }

    @Test
    void whatHoldsNothingIsSaid() throws Exception {
        final String empty = new TestSet().write(LocalSpark.get(), folder.resolve("empty"), 1);
        assertEquals("There is no row with a vector.", assertThrows(Refusal.class, () -> score(empty)).getMessage());
        Files.createDirectories(folder.resolve("nothing"));
        assertTrue(assertThrows(Refusal.class, () -> score(folder.resolve("nothing").toString())).getMessage().startsWith("There are no files in '"));
        Files.writeString(folder.resolve("text.parquet"), "id,label,vector\n1,a,2\n");
        assertTrue(assertThrows(Refusal.class, () -> score(folder.resolve("text.parquet").toString())).getMessage().contains("cannot be read as Parquet"));
        final var unlabelled = new TestSet();
        unlabelled.add("a", null, 1, 2);
        final String place = unlabelled.write(LocalSpark.get(), folder.resolve("unlabelled"), 1);
        assertEquals("No row has a label.", assertThrows(Refusal.class, () -> score(place)).getMessage());
    }

    @Test
    void resultsOfAnotherRunAreReplaced() throws Exception {
        final var first = new TestSet();
        first.addClass("a", 50, 64, 0, 3);
        score(first.write(LocalSpark.get(), folder.resolve("first"), 1));
        final var second = new TestSet();
        second.addClass("b", 70, 64, 0, 5);
        score(second.write(LocalSpark.get(), folder.resolve("second"), 1));
        assertAsTheLibrary(second);
    }
}
