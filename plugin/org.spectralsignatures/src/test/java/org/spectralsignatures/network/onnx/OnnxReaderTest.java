package org.spectralsignatures.network.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.onnx.OnnxModel.Node;

/** Models written field by field, sound ones and such as no program writes. */
class OnnxReaderTest {

    @TempDir
    Path folder;

    private OnnxModel read(final byte[] bytes) throws IOException {
        final Path file = folder.resolve("model.onnx");
        Files.write(file, bytes);
        try (var channel = FileChannel.open(file)) {
            return OnnxReader.read(channel);
        }
    }

    private static WireWriter node(final String operator, final String domain, final List<String> inputs, final String... outputs) {
        final var node = new WireWriter();
        inputs.forEach(input -> node.text(1, input));
        for (String output : outputs) {
            node.text(2, output);
        }
        return node.text(3, "node of " + outputs[0]).text(4, operator).text(7, domain);
    }

    private static WireWriter value(final String name, final long... shape) {
        final var sides = new WireWriter();
        for (long side : shape) {
            sides.message(1, side < 0 ? new WireWriter().text(2, "n") : new WireWriter().number(1, side));
        }
        return new WireWriter().text(1, name).message(2, new WireWriter().message(1, new WireWriter().number(1, 1).message(2, sides)));
    }

    private static WireWriter tensor(final String name, final int bytes, final long... shape) {
        final var tensor = new WireWriter();
        for (long side : shape) {
            tensor.number(1, side);
        }
        return tensor.number(2, 1).text(8, name).content(9, new byte[bytes]);
    }

    private static WireWriter graph() {
        return new WireWriter().text(2, "graph").message(11, value("images", -1, 3, 4, 5)).message(5, tensor("weights", 8, 2))
            .message(1, node("Relu", "", List.of("images"), "first")).message(1, node("Mul", "ai.onnx", List.of("first", "weights"), "second"));
    }

    private static WireWriter model(final WireWriter graph) {
        return new WireWriter().number(1, 8).text(2, "maker").text(3, "2").message(7, graph).message(8, new WireWriter().text(1, "").number(2, 13))
            .message(14, new WireWriter().text(1, "key").text(2, "text"));
    }

    private static WireWriter sound() {
        return model(graph().message(12, value("second", -1, 2)));
    }

    private void refused(final WireWriter model, final String part) {
        final IOException e = assertThrows(OnnxFormatException.class, () -> read(model.bytes()));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void whatAModelHoldsIsRead() throws IOException {
        final OnnxModel model = read(sound().bytes());
        assertEquals("maker 2", model.producer());
        assertEquals(13, model.opset());
        assertEquals(Map.of("key", "text"), model.metadata());
        assertEquals(List.of("images"), model.inputs().stream().map(OnnxModel.Value::name).toList());
        assertEquals(List.of(OnnxModel.DYNAMIC, 3L, 4L, 5L), model.inputs().get(0).shape());
        assertEquals(List.of("Relu", "Mul"), model.nodes().stream().map(Node::operator).toList());
        assertEquals(List.of("first", "weights"), model.nodes().get(1).inputs());
        assertEquals(List.of(2L), model.initialisers().get("weights").shape());
    }

    /** In models of earlier versions initialisers are inputs, too. */
    @Test
    void anInputWithAValueIsNone() throws IOException {
        final OnnxModel model = read(model(graph().message(11, value("weights", 2)).message(12, value("second"))).bytes());
        assertEquals(1, model.inputs().size());
    }

    @Test
    void aPartHoldsWhatItsTensorsHangOnAndNothingElse() throws IOException {
        final OnnxModel model = read(sound().bytes());
        final ByteBuffer part = OnnxExtract.of(folder.resolve("model.onnx"), model, List.of("first"));
        final var bytes = new byte[part.remaining()];
        part.get(bytes);
        final OnnxModel read = read(bytes);
        assertEquals(List.of("Relu"), read.nodes().stream().map(Node::operator).toList());
        assertEquals(Map.of(), read.initialisers());
        assertEquals(List.of("first"), read.outputs().stream().map(OnnxModel.Value::name).toList());
        assertEquals(13, read.opset());
    }

    @Test
    void operatorsOfOthersAreRefusedUnlessTheModelBringsThem() throws IOException {
        final WireWriter graph = graph().message(1, node("Magic", "evil.org", List.of("second"), "third")).message(12, value("third"));
        refused(model(graph), "the node 'node of third' is a 'Magic' of 'evil.org'");
        final WireWriter function = new WireWriter().text(1, "Magic").text(10, "evil.org").message(7, node("Relu", "", List.of("x"), "y"));
        assertEquals(3, read(model(graph).message(25, function).bytes()).nodes().size());
        final WireWriter circle = new WireWriter().text(1, "Magic").text(10, "evil.org").message(7, node("Magic", "evil.org", List.of("x"), "y"));
        refused(model(graph).message(25, circle), "its function 'Magic' calls itself");
    }

    private static WireWriter outside(final String... entries) {
        final var tensor = new WireWriter().number(1, 2).number(2, 1).text(8, "far").number(14, 1);
        for (int i = 0; i < entries.length; i += 2) {
            tensor.message(13, new WireWriter().text(1, entries[i]).text(2, entries[i + 1]));
        }
        return tensor;
    }

    private OnnxModel readFile(final WireWriter tensor) throws IOException {
        final Path file = folder.resolve("model.onnx");
        Files.write(file, model(graph().message(5, tensor).message(1, node("Add", "", List.of("second", "far"), "third")).message(12, value("third"))).bytes());
        return OnnxReader.read(file);
    }

    private void refusedValues(final WireWriter tensor, final String part) {
        final IOException e = assertThrows(OnnxFormatException.class, () -> readFile(tensor));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void valuesInTheFolderAreTakenAndPutIntoParts() throws Exception {
        Files.createDirectory(folder.resolve("below"));
        Files.write(folder.resolve("below/values"), new byte[]{9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8});
        final OnnxModel model = readFile(outside("location", "below/values", "offset", "4", "length", "8", "checksum", "none"));
        assertTrue(model.isSpread());
        final Path copy = folder.resolve("copy.onnx");
        OnnxNetwork.copy(folder.resolve("model.onnx"), copy, TaskMonitor.none());
        for (ByteBuffer whole : List.of(ByteBuffer.wrap(Files.readAllBytes(copy)), OnnxExtract.of(folder.resolve("model.onnx"), model, List.of("third")))) {
            final var bytes = new byte[whole.remaining()];
            whole.get(bytes);
            final OnnxModel read = read(bytes);
            assertTrue(!read.isSpread());
            assertEquals(List.of(2L), read.initialisers().get("far").shape());
            assertEquals(3, read.nodes().size());
            final OnnxModel.Range range = read.initialisers().get("far").range();
            assertArrayEquals(new byte[]{1, 2, 3, 4, 5, 6, 7, 8}, Arrays.copyOfRange(bytes, (int)range.to() - 8, (int)range.to()));
        }
    }

    @Test
    void valuesInFilesElsewhereAreRefused() throws Exception {
        final Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.write(elsewhere.resolve("values"), new byte[64]);
        final Path inner = Files.createDirectory(folder.resolve("inner"));
        final Path file = inner.resolve("model.onnx");
        Files.createSymbolicLink(inner.resolve("link"), elsewhere.resolve("values"));
        Files.createSymbolicLink(inner.resolve("links"), elsewhere);
        for (String[] locationAndReason : new String[][]{{"../elsewhere/values", "but only files in the folder"}, {"a/../../elsewhere/values", "but only files"},
            {"..\\elsewhere\\values", "but only files"}, {"/etc/passwd", "but only files"}, {"C:\\values", "but only files"}, {"", "but only files"},
            {"*/_ORT_MEM_ADDR_/*", "cannot be read"}, {"link", "leads out of the folder"}, {"links/values", "leads out of the folder"}, {".", "but only files"},
            {"a\0b", "but only files"}, {"none", "It does not exist"}}) {
            Files.write(file, model(graph().message(5, outside("location", locationAndReason[0])).message(12, value("second"))).bytes());
            final IOException e = assertThrows(OnnxFormatException.class, () -> OnnxReader.read(file), locationAndReason[0]);
            assertTrue(e.getMessage().startsWith("the values of the tensor 'far' lie in another file, '") && e.getMessage().contains(locationAndReason[1]), e.getMessage());
        }
        refused(model(graph().message(5, outside("location", "values")).message(12, value("second"))), "the values of the tensor 'far' lie in another file, 'values'");
    }

    @Test
    void placesThatLieAreRefused() throws Exception {
        Files.write(folder.resolve("values"), new byte[12]);
        refusedValues(outside("location", "values", "offset", "5"), "at the bytes from 5 to 13, but it has 12");
        refusedValues(outside("location", "values", "offset", "999999999999999999"), "but it has 12");
        refusedValues(outside("location", "values", "offset", "-4"), "but their offset is '-4'");
        refusedValues(outside("location", "values", "offset", "9223372036854775808"), "but their offset is");
        refusedValues(outside("location", "values", "length", "9"), "has the shape [2], but 9 bytes of values in 'values'");
        refusedValues(outside("location", "values", "length", "x"), "but their length is 'x'");
        refusedValues(outside("location", "values").content(9, new byte[8]), "and in this file, too");
        refusedValues(outside("location", "values").number(2, 8), "though they are no numbers");
        refusedValues(outside("location", "values").number(1, Long.MAX_VALUE), "has the shape");
        refusedValues(new WireWriter().number(1, 2).number(2, 1).text(8, "far").number(14, (1L << 32) + 1), "lie in another file, ''"); // protobuf takes it for 1
    }

    /** Protocol Buffers end at 2 GB, and so do models in memory: said before anything is copied or allocated. */
    @Test
    void networksOfMoreThanTwoGigabytesAreRefused() throws Exception {
        final long values = 600_000_000;
        try (var file = new RandomAccessFile(folder.resolve("values").toFile(), "rw")) {
            file.setLength(values * Float.BYTES); // a hole
        }
        final WireWriter large = new WireWriter().number(1, values).number(2, 1).text(8, "far").number(14, 1)
            .message(13, new WireWriter().text(1, "location").text(2, "values"));
        final OnnxModel model = readFile(large);
        final Path target = folder.resolve("copy.onnx");
        for (IOException e : List.of(assertThrows(IOException.class, () -> OnnxNetwork.copy(folder.resolve("model.onnx"), target, TaskMonitor.none())),
            assertThrows(OnnxFormatException.class, () -> OnnxExtract.of(folder.resolve("model.onnx"), model, List.of("third"))))) {
            assertTrue(e.getMessage().contains("but networks of up to 2 GB are run"), e.getMessage());
        }
        assertTrue(!Files.exists(target));
        assertEquals(List.of("Relu"), readPart(OnnxExtract.of(folder.resolve("model.onnx"), model, List.of("first"))).nodes().stream().map(Node::operator).toList());
    }

    private OnnxModel readPart(final ByteBuffer part) throws IOException {
        final var bytes = new byte[part.remaining()];
        part.get(bytes);
        return read(bytes);
    }

    /** What ONNX Runtime would open by itself, wherever it stands. */
    @Test
    void valuesInOtherFilesOfAttributesAreRefused() throws Exception {
        Files.write(folder.resolve("values"), new byte[12]);
        final WireWriter attribute = new WireWriter().text(1, "value").message(5, outside("location", "values"));
        final WireWriter sparse = new WireWriter().text(1, "value").message(22, new WireWriter().message(1, outside("location", "values")));
        final WireWriter inner = new WireWriter().text(1, "then_branch").message(6, new WireWriter().message(15, new WireWriter()));
        for (Object[] attributeAndReason : new Object[][]{{attribute, "of an attribute lie in another file"}, {sparse, "sparse"}, {inner, "sparse"}}) {
            final WireWriter node = node("Constant", "", List.of(), "third").message(5, (WireWriter)attributeAndReason[0]);
            refused(model(graph().message(1, node).message(12, value("third"))), (String)attributeAndReason[1]);
        }
        final WireWriter function = new WireWriter().text(1, "F").text(10, "own").message(11, attribute);
        refused(sound().message(25, function), "of an attribute lie in another file");
    }

    @Test
    void whatWouldFillTheMemoryIsRefused() throws Exception {
        final var many = new byte[9_000_000]; // two bytes each: a note without key and value
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 14 << 3 | 2;
        }
        final IOException e = assertThrows(OnnxFormatException.class, () -> read(many));
        assertTrue(e.getMessage().contains("more than 4000000 fields"), e.getMessage());
        final var text = new WireWriter().text(1, "t".repeat(60_000));
        final var texts = new WireWriter();
        for (int i = 0; i < 1200; i++) {
            texts.message(11, text);
        }
        refused(model(texts), "its names and texts have more than");
    }

    @Test
    void nodesInACircleAreRefused() {
        final WireWriter graph = new WireWriter().message(11, value("images", 1, 3, 4, 5)).message(1, node("Add", "", List.of("images", "second"), "first"))
            .message(1, node("Relu", "", List.of("first"), "second")).message(12, value("second"));
        refused(model(graph), "the node 'node of first' (Add) takes 'second', which nothing before it computes");
    }

    @Test
    void sizesThatLieAreRefused() {
        refused(model(graph().message(5, tensor("lie", 8, 3)).message(12, value("second"))), "the tensor 'lie' has the shape [3], but 8 bytes");
        refused(model(graph().message(5, tensor("lie", 8, Long.MAX_VALUE, 3)).message(12, value("second"))), "the tensor 'lie' has the shape");
        refused(model(graph().message(5, tensor("lie", 8, -2)).message(12, value("second"))), "the tensor 'lie' has the shape [-2]");
        refused(new WireWriter().begin(7, Long.MAX_VALUE), "claims more bytes than there are");
    }

    @Test
    void whatStandsTwiceIsRefused() {
        refused(sound().message(7, graph()), "two graphs");
        refused(model(graph().message(5, tensor("weights", 8, 2)).message(12, value("second"))), "initialiser 'weights' twice");
        refused(model(graph().message(1, node("Relu", "", List.of("images"), "first")).message(12, value("second"))), "'first' is computed twice");
        refused(model(graph().message(12, value("third"))), "no node computes its output 'third'");
        refused(model(graph()), "no output");
    }

    @Test
    void graphsWithinGraphsAreFollowedToADepth() throws IOException {
        WireWriter inner = node("Add", "", List.of("x", "first"), "y");
        for (int depth = 0; depth < 7; depth++) {
            inner = node("If", "", List.of("x"), "y").message(5, new WireWriter().text(1, "then_branch").message(6, new WireWriter().message(1, inner)));
        }
        final WireWriter outer = node("If", "", List.of("second"), "third")
            .message(5, new WireWriter().text(1, "then_branch").message(6, new WireWriter().message(11, value("x")).message(1, inner)));
        final OnnxModel model = read(model(graph().message(1, outer).message(12, value("third"))).bytes());
        assertEquals(List.of("first"), List.copyOf(model.nodes().get(2).outer()));
        final WireWriter deeper = node("If", "", List.of("second"), "third").message(5, new WireWriter().text(1, "then_branch").message(6, new WireWriter().message(1, outer)));
        refused(model(graph().message(1, deeper).message(12, value("third"))), "more than 8 deep");
    }

    @Test
    void damagedModelsAreReadOrRefused() throws IOException {
        final byte[] whole = sound().bytes();
        for (int length = 0; length < whole.length; length++) {
            tryToRead(Arrays.copyOf(whole, length));
        }
        final var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            final byte[] damaged = whole.clone();
            for (int k = 0; k <= i % 4; k++) {
                damaged[random.nextInt(damaged.length)] = (byte)random.nextInt(256);
            }
            tryToRead(damaged);
        }
    }

    private void tryToRead(final byte[] bytes) throws IOException {
        try {
            read(bytes);
        } catch (OnnxFormatException e) {
            assertTrue(e.getMessage().length() > 10, e.getMessage());
        }
    }
}
