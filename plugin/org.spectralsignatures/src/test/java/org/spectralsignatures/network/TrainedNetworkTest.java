package org.spectralsignatures.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.training.Schedule;

/** {@code resnet-e9b0507.zip} and {@code vgg-e9b0507.zip} were saved by the revision of that name, when files were read as they were. */
class TrainedNetworkTest {

    private static final String RESNET = "resnet-e9b0507.zip";

    /** Where the number of values stands behind texts and shape. */
    private static final int LENGTH = 2 + 16 + 8 + 2 + 4 + 48 + 2 + 16;

    @TempDir
    Path folder;

    private static byte[] bytes(final String name) throws IOException {
        try (var in = TrainedNetworkTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static Map<String, byte[]> entries() throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(TrainedNetworkTest.class.getResourceAsStream(RESNET))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(final Map<String, byte[]> entries) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static String changed(final String name, final UnaryOperator<byte[]> change, final Path folder) throws IOException {
        final Map<String, byte[]> entries = entries();
        entries.computeIfPresent(name, (key, value) -> change.apply(value));
        return refused(zip(entries), folder);
    }

    private static UnaryOperator<byte[]> replace(final String from, final String to) {
        return bytes -> {
            final String text = new String(bytes, StandardCharsets.UTF_8);
            assertTrue(text.contains(from), from);
            return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String refused(final byte[] zip, final Path folder) throws IOException {
        final Path file = Files.write(folder.resolve("hostile.zip"), zip);
        final String message = assertThrows(IOException.class, () -> TrainedNetwork.load(file).close()).getMessage();
        assertTrue(message.contains(file.toString()), message);
        return message;
    }

    private static float[] parameters(final TrainedNetwork network) {
        final var values = new float[(int)network.parameters()];
        network.session().parameters().get(0, values);
        return values;
    }

    private static void assertContains(final String part, final String message) {
        assertTrue(message.contains(part), message);
    }

    @ParameterizedTest
    @CsvSource({"resnet-e9b0507.zip, 1353, -1307070070", "vgg-e9b0507.zip, 9449, 1673902470"})
    void networksSavedBeforeKeepTheirBits(final String name, final int count, final int hash) throws Exception {
        final Path file = Files.write(folder.resolve(name), bytes(name));
        try (var network = TrainedNetwork.load(file)) {
            final float[] parameters = parameters(network);
            assertEquals(count, parameters.length);
            assertEquals(hash, Arrays.hashCode(parameters));
            assertEquals(List.of("cat", "dog", "gnü"), network.description().classes());
            assertNull(network.description().training());
            final Path again = folder.resolve("again.zip");
            network.save(again);
            try (var first = new ZipFile(file.toFile()); var second = new ZipFile(again.toFile())) {
                for (String entry : List.of("configuration.json", "description.json", "coefficients.bin")) {
                    assertEquals(first.getEntry(entry).getCrc(), second.getEntry(entry).getCrc(), entry);
                }
            }
        }
    }

    @Test
    void everyArchitectureLoadsAgain() throws Exception {
        for (int side : new int[]{16, 28, 36}) {
            final var shape = new ImageShape(3, side, side);
            for (NetworkOptions options : List.of(new ResNetOptions(shape, 2, 1, 4, 0, 1), new ResNetOptions(shape, 11, 3, 2, .5, Long.MIN_VALUE),
                new VggOptions(shape, 2, 11, 2, 0, -1), new VggOptions(shape, 3, 13, 2, 1e-9, 1), new VggOptions(shape, 2, 16, 2, 2e-4, 1),
                new VggOptions(shape, 2, 19, 2, 2e-4, 1))) {
                final Path file = folder.resolve("net.zip");
                final List<String> classes = IntStream.range(0, options.classes()).mapToObj(c -> "class " + c).toList();
                final var description = new NetworkDescription(shape, classes, options.layers(), options.defaultLayer(), Map.of(),
                    side == 16 ? null : new TrainingFacts(1. / 3, side == 28, side, Integer.MAX_VALUE));
                final float[] saved;
                final Engine engine = Engines.get();
                try (var network = new TrainedNetwork(description, options, new TrainingRecord(0, "STEP", 3, 1, 0),
                    engine.open(options.plan(), engine.initial(options.plan(), options.seed())))) {
                    saved = parameters(network);
                    network.save(file);
                }
                try (var network = TrainedNetwork.load(file)) {
                    assertEquals(description, network.description());
                    assertArrayEquals(saved, parameters(network), 0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1352", "1354", "2000000000", "4294967296", "9223372036854775807", "-9223372036854775808"})
    void lengthsAreThoseOfTheNetwork(final long length) throws Exception {
        assertContains("the length in coefficients.bin is " + length + ", but must be 1353", changed("coefficients.bin", bytes -> {
            ByteBuffer.wrap(bytes).putLong(LENGTH, length);
            return bytes;
        }, folder));
    }

    @Test
    void everyLieInTheHeaderOfTheParametersIsFound() throws Exception {
        for (int at = 0; at < LENGTH + 8 + 2 + 5; at++) {
            final int position = at;
            for (int value : new int[]{0, 0x7f, 0xff}) {
                if (entries().get("coefficients.bin")[at] != (byte)value) {
                    changed("coefficients.bin", bytes -> {
                        bytes[position] = (byte)value;
                        return bytes;
                    }, folder);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"7f800000, Infinity", "ff800000, -Infinity", "7fc00000, NaN"})
    void parametersThatAreNotFiniteAreRefused(final String bits, final String shown) throws Exception {
        assertContains("parameter 1353 of 1353 in coefficients.bin is " + shown, changed("coefficients.bin", bytes -> {
            ByteBuffer.wrap(bytes).putInt(bytes.length - 4, Integer.parseUnsignedInt(bits, 16));
            return bytes;
        }, folder));
    }

    @Test
    void parametersOfAnotherNumberAreRefused() throws Exception {
        assertContains("coefficients.bin has 5521 bytes, but the network of description.json needs 5525",
            changed("coefficients.bin", bytes -> Arrays.copyOf(bytes, bytes.length - 4), folder));
        assertContains("needs 5525", changed("coefficients.bin", bytes -> Arrays.copyOf(bytes, bytes.length + 4), folder));
        assertContains("needs 5525", changed("coefficients.bin", bytes -> new byte[0], folder));
    }

    @Test
    void negativeVariancesAreRefused() throws Exception {
        assertContains("negative variance", changed("coefficients.bin", bytes -> {
            for (int at = LENGTH + 8 + 7; at < bytes.length; at += 4) {
                ByteBuffer.wrap(bytes).putFloat(at, -1);
            }
            return bytes;
        }, folder));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "\"layers\" : [ {  | \"layers\" : null, \"x\" : [ { | the fields",
        "\"name\" : \"stem\" | \"name\" : null | layers[1].name must be a text",
        "\"channels\" : 3 | \"channels\" : 2000000000 | too large",
        "\"channels\" : 3 | \"channels\" : -3 | at least 1",
        "\"channels\" : 3 | \"channels\" : 3.0 | must be a whole number",
        "\"channels\" : 3 | \"channels\" : NaN | is no JSON",
        "\"channels\" : 3 | \"channels\" : 99999999999 | must be a whole number",
        "\"height\" : 16 | \"height\" : 16, \"height\" : 16 | Duplicate field",
        "\"cat\" | \"cat\", \"lynx\" | softmax",
        "\"cat\" | \"dog\" | listed twice",
        "\"cat\" | null | classes[0] must be a text",
        "\"defaultLayer\" : \"group3-unit1\" | \"defaultLayer\" : \"group3-unit9\" | none of its layers",
        "\"name\" : \"final-activation\" | \"name\" : \"stem\" | layer 6 is 'stem'",
        "\"architecture\" : | \"architecture\" : 1, \"x\" : | provenance.architecture must be a text"})
    void descriptionsThatAreNoNetworksAreRefused(final String from, final String to, final String message) throws Exception {
        assertContains(message, changed("description.json", replace(from, to), folder));
    }

    private static UnaryOperator<byte[]> facts(final String facts) {
        return replace("\"defaultLayer\"", "\"training\" : " + facts + ", \"defaultLayer\"");
    }

    @Test
    void factsOfTheTrainingAreRead() throws Exception {
        final Map<String, byte[]> entries = entries();
        entries.computeIfPresent("description.json", (key, value) -> facts("{\"accuracy\": 1, \"crops\": true, \"epochs\": 3, \"images\": 40}").apply(value));
        try (var network = TrainedNetwork.load(Files.write(folder.resolve("trained.zip"), zip(entries)))) {
            assertEquals(new TrainingFacts(1, true, 3, 40), network.description().training());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "null | training must be an object, but is null",
        "{} | training has the fields [], but must have [accuracy, crops, epochs, images]",
        "{\"accuracy\": .5, \"crops\": true, \"epochs\": 3, \"images\": 40} | is no JSON",
        "{\"accuracy\": 0.5, \"crops\": true, \"epochs\": 3, \"images\": 40, \"doubt\": null} | training has the fields",
        "{\"accuracy\": 1.5, \"crops\": true, \"epochs\": 3, \"images\": 40} | training.accuracy must be from 0 to 1, but is 1.5",
        "{\"accuracy\": -1e-9, \"crops\": true, \"epochs\": 3, \"images\": 40} | training.accuracy must be from 0 to 1",
        "{\"accuracy\": 1e999, \"crops\": true, \"epochs\": 3, \"images\": 40} | training.accuracy must be a number",
        "{\"accuracy\": \"NaN\", \"crops\": true, \"epochs\": 3, \"images\": 40} | training.accuracy must be a number",
        "{\"accuracy\": 0.5, \"crops\": 1, \"epochs\": 3, \"images\": 40} | training.crops must be true or false, but is 1",
        "{\"accuracy\": 0.5, \"crops\": true, \"epochs\": 0, \"images\": 40} | training.epochs must be a whole number of at least 1",
        "{\"accuracy\": 0.5, \"crops\": true, \"epochs\": 3, \"images\": 4000000000} | training.images must be a whole number"})
    void factsThatAreOfNoTrainingAreRefused(final String facts, final String message) throws Exception {
        assertContains("description.json", changed("description.json", facts(facts), folder));
        assertContains(message, changed("description.json", facts(facts), folder));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "org.deeplearning4j.nn.conf.graph.LayerVertex | javax.script.ScriptEngineManager | vertices.stem.@class",
        "org.spectralsignatures.network.layers.ResidualUnit | com.sun.rowset.JdbcRowSetImpl | layer.@class",
        "org.nd4j.linalg.activations.impl.ActivationSoftmax | org.nd4j.linalg.activations.impl.ActivationIdentity | activationFn",
        "\"leak\" : 0.1 | \"leak\" : 1e300 | leak",
        "\"stride\" : 2 | \"stride\" : 0 | stride",
        "\"nout\" : 2 | \"nout\" : 2000000000 | nout",
        "\"momentum\" : 0.9 | \"momentum\" : NaN | is no JSON",
        "\"networkInputs\" : [ \"images\" ] | \"networkInputs\" : [ ] | networkInputs",
        "\"vertices\" : { | \"vertices\" : { \"more\" : { }, | vertices.more",
        "\"shape\" : \"ONE_CYCLE\" | \"shape\" : \"STEP\" | iupdater.schedule.shape",
        "\"iterationCount\" : 6 | \"iterationCount\" : -1 | iterationCount"})
    void configurationsOfOtherNetworksAreRefused(final String from, final String to, final String message) throws Exception {
        final UnaryOperator<byte[]> last = bytes -> {
            final String text = new String(bytes, StandardCharsets.UTF_8);
            final int at = from.startsWith("\"iteration") ? text.lastIndexOf(from) : text.indexOf(from);
            assertTrue(at >= 0, from);
            return (text.substring(0, at) + to + text.substring(at + from.length())).getBytes(StandardCharsets.UTF_8);
        };
        assertContains(message, changed("configuration.json", last, folder));
    }

    @Test
    void schedulesThatDoNotExistAreRefused() throws Exception {
        assertContains("schedule.shape is 'ZIGZAG', which is no schedule", changed("configuration.json",
            bytes -> new String(bytes, StandardCharsets.UTF_8).replace("ONE_CYCLE", "ZIGZAG").getBytes(StandardCharsets.UTF_8), folder));
    }

    @Test
    void everyScheduleIsKnown() {
        assertEquals(Arrays.stream(Schedule.values()).map(Schedule::name).collect(Collectors.toSet()), TrainingRecord.SCHEDULES);
    }

    @Test
    void jsonThatTakesLongToReadIsRefused() throws Exception {
        assertContains("nested", changed("configuration.json", bytes -> "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8), folder));
        assertContains("digits", changed("description.json", bytes -> ("{\"shape\":" + "9".repeat(1_000_000) + "}").getBytes(StandardCharsets.UTF_8), folder));
        assertContains("may have", changed("description.json", bytes -> new byte[9 << 20], folder));
        assertContains("UTF-8", changed("description.json", bytes -> new byte[]{'"', (byte)0xff, '"'}, folder));
        assertContains("description.json", changed("description.json", bytes -> new byte[0], folder));
        assertContains("description.json", changed("description.json", bytes -> "{} {}".getBytes(StandardCharsets.UTF_8), folder));
    }

    @Test
    void zipFilesThatHoldAnythingElseAreRefused() throws Exception {
        final byte[] whole = bytes(RESNET);
        assertContains("cut off, or something was added", refused(Arrays.copyOf(whole, whole.length + 1), folder));
        assertContains("cut off, or something was added", refused(Arrays.copyOf(whole, whole.length - 1), folder));
        assertContains("no zip file", refused(Arrays.copyOf(new byte[]{'x'}, whole.length), folder));
        assertContains("no zip file", refused(new byte[0], folder));
        final Map<String, byte[]> more = entries();
        more.put("../evil", new byte[1]);
        assertContains("it has 4 entries", refused(zip(more), folder));
        final Map<String, byte[]> other = entries();
        other.put("../evil", other.remove("description.json"));
        assertContains("an entry '../evil'", refused(zip(other), folder));
        final Map<String, byte[]> twice = entries();
        twice.put("configuration.jsox", twice.remove("description.json"));
        final byte[] doubled = zip(twice);
        for (int at = 0; at < doubled.length - 18; at++) {
            if (new String(doubled, at, 18, StandardCharsets.US_ASCII).equals("configuration.jsox")) {
                doubled[at + 17] = 'n';
            }
        }
        assertContains("twice", refused(doubled, folder));
        final byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        refused(flipped, folder);
        assertContains("no file", assertThrows(IOException.class, () -> TrainedNetwork.load(folder)).getMessage());
        assertContains("no such file", assertThrows(IOException.class, () -> TrainedNetwork.load(folder.resolve("none.zip"))).getMessage());
    }
}
