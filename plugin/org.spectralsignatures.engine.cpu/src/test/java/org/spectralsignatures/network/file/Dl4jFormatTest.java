package org.spectralsignatures.network.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.TrainingRecord;

/**
 * Networks of earlier versions. {@code resnet-e9b0507.zip} and {@code vgg-e9b0507.zip} were saved by the revision of that name, when files
 * were read as they were; {@code resnet-1f01218.zip} by the last one that wrote this format, with what it knew of the training.
 */
class Dl4jFormatTest {

    private static final String RESNET = "resnet-e9b0507.zip";

    /** Where the number of values stands behind texts and shape. */
    private static final int LENGTH = 2 + 16 + 8 + 2 + 4 + 48 + 2 + 16;

    @TempDir
    Path folder;

    private static byte[] bytes(final String name) throws IOException {
        try (var in = Dl4jFormatTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static Map<String, byte[]> entries() throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(Dl4jFormatTest.class.getResourceAsStream(RESNET))) {
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
        final String message = assertThrows(IOException.class, () -> NetworkFile.load(file).close()).getMessage();
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
    @CsvSource({"resnet-e9b0507.zip, 1353, -1307070070", "vgg-e9b0507.zip, 9449, 1673902470", "resnet-1f01218.zip, 1353, -584917833"})
    void networksSavedBeforeKeepTheirBits(final String name, final int count, final int hash) throws Exception {
        final Path file = Files.write(folder.resolve(name), bytes(name));
        try (var network = NetworkFile.load(file)) {
            final float[] parameters = parameters(network);
            assertEquals(count, parameters.length);
            assertEquals(hash, Arrays.hashCode(parameters));
            assertEquals(List.of("cat", "dog", "gnü"), network.description().classes());
            assertEquals(name.contains("1f01218") ? new TrainingFacts(.975, false, 3, 40) : null, network.description().training());
            final Path again = folder.resolve("again.zip");
            NetworkFile.save(network, again);
            try (var loaded = NetworkFile.load(again)) {
                assertEquals(network.description(), loaded.description());
                assertEquals(network.plan(), loaded.plan());
                assertEquals(network.record(), loaded.record());
                assertArrayEquals(parameters, parameters(loaded), 0);
            }
        }
    }

    @Test
    void numbersOfTheTrainingAreRead() throws Exception {
        try (var network = NetworkFile.load(Files.write(folder.resolve("net.zip"), bytes("resnet-1f01218.zip")))) {
            assertEquals(new TrainingRecord(7, 2e-4, .9, "ONE_CYCLE", .1, 12, 9), network.record());
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
        assertContains("coefficients.bin has 5521 bytes, but the network that is described beside it needs 5525",
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
        try (var network = NetworkFile.load(Files.write(folder.resolve("trained.zip"), zip(entries)))) {
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
        assertContains("it has the entries ../evil, coefficients.bin, configuration.json, description.json, but a saved network has", refused(zip(more), folder));
        final Map<String, byte[]> other = entries();
        other.put("../evil", other.remove("description.json"));
        assertContains("it has the entries ../evil, coefficients.bin, configuration.json, but a saved network has", refused(zip(other), folder));
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
        assertContains("no file", assertThrows(IOException.class, () -> NetworkFile.load(folder)).getMessage());
        assertContains("no such file", assertThrows(IOException.class, () -> NetworkFile.load(folder.resolve("none.zip"))).getMessage());
    }
}
