package org.spectralsignatures.network.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.VggOptions;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;
import org.spectralsignatures.training.Schedule;

class NetworkFileTest {

    private static final String JSON = "network.json";

    private static final String TENSORS = "parameters.safetensors";

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private static final TrainingRecord RECORD = new TrainingRecord(Long.MIN_VALUE, 1e-9, .9, "STEP", .1, 12, 9);

    @TempDir
    Path folder;

    private Path file;

    /** The file of a network with some of every kind. */
    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("net.zip");
        final List<Step> steps = List.of(new Step.Convolution("stem", 2, Step.Start.FAN_OUT), //
            new Step.ResidualUnit("unit", 4, 2, true, new Normalisation(.9, 1e-3, .1)), new Step.MaxPooling("pool"), //
            new Step.NormActivation("activation", new Normalisation(.8, 1e-5, 0)), new Step.GlobalAveragePooling("average"), new Step.Softmax("softmax", 3));
        try (var network = network(new NetworkPlan(SHAPE, steps), "pool", new TrainingFacts(.5, false, 3, 40))) {
            NetworkFile.save(network, file);
        }
    }

    static TrainedNetwork network(final NetworkPlan plan, final String layer, final TrainingFacts facts) {
        final List<String> classes = IntStream.range(0, plan.classes()).mapToObj(c -> "class \"" + c + "\" gnü").toList();
        final var layers = new ArrayList<>(List.of(new LayerInfo("images", plan.input().channels(), plan.input().height(), plan.input().width())));
        for (Step step : plan.representations()) {
            final ImageShape shape = plan.behind(step.name());
            layers.add(new LayerInfo(step.name(), shape.channels(), shape.height(), shape.width()));
        }
        final Engine engine = Engines.get();
        return new TrainedNetwork(new NetworkDescription(plan.input(), classes, layers, layer, Map.of("made", "by a test\n"), facts), plan, RECORD,
            engine.open(plan, engine.initial(plan, 1)));
    }

    private static float[] parameters(final TrainedNetwork network) {
        final var values = new float[(int)network.parameters()];
        network.session().parameters().get(0, values);
        return values;
    }

    private Map<String, byte[]> entries() throws IOException {
        return entries(file);
    }

    private static Map<String, byte[]> entries(final Path file) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private String changed(final String name, final UnaryOperator<byte[]> change) throws IOException {
        final Map<String, byte[]> entries = entries();
        entries.computeIfPresent(name, (key, value) -> change.apply(value));
        final var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        final Path hostile = Files.write(folder.resolve("hostile.zip"), bytes.toByteArray());
        final String message = assertThrows(IOException.class, () -> NetworkFile.load(hostile).close()).getMessage();
        assertTrue(message.contains(hostile.toString()), message);
        return message;
    }

    private static void assertContains(final String part, final String message) {
        assertTrue(message.contains(part), message);
    }

    /** Our architectures, and chains of steps at random. */
    static List<NetworkPlan> plans() {
        final var plans = new ArrayList<NetworkPlan>();
        for (int side : new int[]{16, 28, 36}) {
            final var shape = new ImageShape(3, side, side);
            for (NetworkOptions options : List.of(new ResNetOptions(shape, 2, 1, 4, 0, 1), new ResNetOptions(shape, 11, 3, 2, .5, 1),
                new VggOptions(shape, 2, 11, 2, 0, -1), new VggOptions(shape, 3, 19, 2, 1e-9, 1))) {
                plans.add(options.plan());
            }
        }
        final var random = new Random(5);
        for (int i = 0; i < 20; i++) {
            plans.add(plan(random));
        }
        plans.addAll(laterPlans());
        return plans;
    }

    /** Networks that version 1 did not know. */
    private static List<NetworkPlan> laterPlans() {
        final var norm = new Normalisation(.9, 1e-5, 0);
        final List<Step> steps = List.of(new Step.Convolution("stem", 4, 7, 2, Step.Start.FAN_OUT), new Step.PaddedMaxPooling("pool", 3),
            new Step.ResidualUnit("plain", 6, 2, false, norm), new Step.ResidualUnit("projected", 5, 2, true, true, norm),
            new Step.ResidualUnit("beside", 8, 1, true, true, norm), new Step.Convolution("beside-more", 4, 1, 1, Step.Start.FAN_IN),
            new Step.PaddedMaxPooling("half", 2), new Step.GlobalAveragePooling("average"), new Step.Softmax("softmax", 2));
        return List.of(new NetworkPlan(new ImageShape(1, 61, 90), steps), new NetworkPlan(new ImageShape(3, 64, 64), steps));
    }

    /** Any chain of steps that is possible. */
    private static NetworkPlan plan(final Random random) {
        final var steps = new ArrayList<Step>();
        ImageShape shape = SHAPE;
        for (int i = random.nextInt(6); i >= 0; i--) {
            final var norm = new Normalisation(random.nextDouble(), 1e-5, random.nextInt(2) * .1);
            final int more = shape.channels() + 2 * random.nextInt(3);
            final boolean halves = shape.height() % 2 == 0;
            final List<Step> possible = List.of(new Step.Convolution("step " + i, 1 + random.nextInt(5), Step.Start.values()[random.nextInt(2)]),
                new Step.NormActivation("step " + i, norm), new Step.ResidualUnit("step " + i, more, halves ? 1 + random.nextInt(2) : 1, random.nextBoolean(), norm),
                halves ? new Step.MaxPooling("step " + i) : new Step.GlobalAveragePooling("step " + i));
            steps.add(possible.get(random.nextInt(4)));
            shape = steps.get(steps.size() - 1).output(shape);
        }
        steps.add(new Step.GlobalAveragePooling("average"));
        steps.add(new Step.Softmax("softmax", 2 + random.nextInt(3)));
        return new NetworkPlan(SHAPE, steps);
    }

    @Test
    void everyNetworkLoadsAgain() throws Exception {
        for (NetworkPlan plan : plans()) {
            final TrainingFacts facts = plan.input().equals(SHAPE) ? null : new TrainingFacts(1. / 3, true, 1, Integer.MAX_VALUE);
            try (var network = network(plan, plan.steps().get(plan.steps().size() - 2).name(), facts)) {
                NetworkFile.save(network, file);
                try (var loaded = NetworkFile.load(file)) {
                    assertEquals(network.description(), loaded.description());
                    assertEquals(plan, loaded.plan());
                    assertEquals(RECORD, loaded.record());
                    assertArrayEquals(parameters(network), parameters(loaded), 0);
                    try (Batch batch = loaded.session().batch(2)) {
                        batch.image(0, new byte[plan.input().size()]);
                        batch.image(1, new byte[plan.input().size()]);
                        final var probabilities = new float[2 * plan.classes()];
                        loaded.session().probabilities(batch, 2, probabilities, 0);
                        assertEquals(2, IntStream.range(0, probabilities.length).mapToDouble(k -> probabilities[k]).sum(), 1e-5);
                    }
                }
            }
        }
    }

    @Test
    void theSameNetworkGivesTheSameBytes() throws Exception {
        final byte[] first = Files.readAllBytes(file);
        Files.delete(file);
        Thread.sleep(2100); // more than the two seconds that times in zip files tell apart
        save();
        assertArrayEquals(first, Files.readAllBytes(file));
        assertFalse(Files.exists(folder.resolve("net.zip.part")));
    }

    /** The version is the earliest that reads the network, so that an older build says by its name what it cannot read. */
    @Test
    void theVersionIsThatOfTheStepsAndTheImages() throws Exception {
        assertTrue(new String(entries().get(JSON), StandardCharsets.UTF_8).contains("\"version\" : 1,"));
        final List<Step> old = List.of(new Step.Convolution("stem", 2, Step.Start.FAN_OUT), new Step.GlobalAveragePooling("average"), new Step.Softmax("softmax", 2));
        final List<NetworkPlan> later = new ArrayList<>(laterPlans());
        for (ImageShape shape : List.of(new ImageShape(1, 16, 16), new ImageShape(3, 16, 20), new ImageShape(3, 18, 18), new ImageShape(3, 68, 68))) {
            later.add(new NetworkPlan(shape, old));
        }
        for (NetworkPlan plan : later) {
            try (var network = network(plan, "average", null)) {
                NetworkFile.save(network, file);
                assertTrue(new String(entries().get(JSON), StandardCharsets.UTF_8).contains("\"version\" : 2,"), plan.input().toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "\"side\" : 7 | \"side\" : 9 | steps[0].side may be 7, but is 9",
        "\"side\" : 7 | \"side\" : 4 | steps[0].side must be odd, but is 4",
        "\"side\" : 3 | \"side\" : 4 | steps[1].side may be 3, but is 4",
        "\"step\" : \"projectedUnit\" | \"step\" : \"residualUnit\" | steps[3] has the fields",
        "\"step\" : \"stridedConvolution\" | \"step\" : \"convolution\" | steps[0] has the fields"})
    void laterStepsThatAreNoneAreRefused(final String from, final String to, final String message) throws Exception {
        try (var network = network(laterPlans().get(0), "average", null)) {
            NetworkFile.save(network, file);
        }
        networksThatAreNoneAreRefused(from, to, message);
    }

    /** {@code version1.zip} is the file of {@link #save()} as the first revision with this format wrote it. */
    @Test
    void filesOfTheFirstVersionAreReadAndWrittenAsTheyWere() throws Exception {
        final Path first = folder.resolve("version1.zip");
        try (var in = NetworkFileTest.class.getResourceAsStream("version1.zip")) {
            Files.copy(in, first);
        }
        try (var network = NetworkFile.load(first)) {
            assertEquals(RECORD, network.record());
            final Path again = folder.resolve("again.zip");
            NetworkFile.save(network, again);
            final Map<String, byte[]> entries = entries(again);
            assertEquals(List.of(JSON, TENSORS), List.copyOf(entries.keySet()));
            for (var entry : entries(first).entrySet()) {
                assertArrayEquals(entry.getValue(), entries.get(entry.getKey()), entry.getKey());
            }
        }
    }

    /** As the format's page says: length, header, arrays; read here without any class of ours. */
    @Test
    void parametersAreSafetensors() throws Exception {
        final ByteBuffer bytes = ByteBuffer.wrap(entries().get(TENSORS)).order(ByteOrder.LITTLE_ENDIAN);
        final var header = new byte[(int)bytes.getLong()];
        assertEquals(0, header.length % 8);
        bytes.get(header);
        final String text = new String(header, StandardCharsets.UTF_8);
        assertTrue(text.startsWith("{\"stem_W\":{\"dtype\":\"F32\",\"shape\":[2,3,3,3],\"data_offsets\":[0,216]},"
            + "\"unit_gamma1\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[216,224]},"), text);
        final FloatBuffer values = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        try (var network = NetworkFile.load(file)) {
            final var found = new float[values.remaining()];
            values.get(found);
            assertArrayEquals(parameters(network), found, 0);
        }
    }

    @Test
    void aFullDiskOrAMissingFolderIsSaid() throws Exception {
        try (var network = NetworkFile.load(file)) {
            final Path nowhere = folder.resolve("none").resolve("net.zip");
            assertContains("cannot be written to '" + nowhere + "'", assertThrows(IOException.class, () -> NetworkFile.save(network, nowhere)).getMessage());
        }
    }

    @Test
    void laterVersionsAreNamed() throws Exception {
        final String message = changed(JSON, bytes -> "{\"format\": \"spectral-signatures-network\", \"version\": 3, \"news\": 1}".getBytes(StandardCharsets.UTF_8));
        assertContains("was saved by a later version of Spectral Signatures (format 3; this one reads up to 2): update the extension.", message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "\"version\" : 1 | \"version\" : 0 | version must be a whole number of at least 1, but is 0",
        "\"version\" : 1 | \"version\" : \"1\" | version must be a whole number",
        "\"format\" : \"spectral-signatures-network\" | \"format\" : null | format must be 'spectral-signatures-network', but is null",
        "\"steps\" : [ | \"more\" : 1, \"steps\" : [ | has the fields",
        "\"step\" : \"maxPooling\" | \"step\" : \"java.lang.Runtime\" | steps[2].step is \"java.lang.Runtime\", which this version does not know",
        "\"step\" : \"maxPooling\" | \"step\" : null | steps[2].step must be a text",
        "\"step\" : \"maxPooling\" | \"step\" : \"convolution\" | steps[2] has the fields [name, step], but must have [filters, name, start, step]",
        "\"name\" : \"pool\" | \"name\" : \" \" | steps[2].name must have 1 to 100 characters",
        "\"name\" : \"pool\" | \"name\" : \"unit\" | Two steps of the network are named 'unit'",
        "\"filters\" : 2 | \"filters\" : 0 | steps[0].filters must be a whole number of at least 1, but is 0",
        "\"filters\" : 2 | \"filters\" : 4097 | steps[0].filters may be 4096, but is 4097",
        "\"filters\" : 4 | \"filters\" : 5 | A unit with 5 filters cannot take 2 channels",
        "\"filters\" : 4 | \"filters\" : 1 | A unit with 1 filters cannot take 2 channels",
        "\"filters\" : 2 | \"filters\" : 2.0 | steps[0].filters must be a whole number",
        "\"start\" : \"FAN_OUT\" | \"start\" : \"fan\" | start must be one of [FAN_OUT, FAN_IN], but is \"fan\"",
        "\"stride\" : 2 | \"stride\" : 3 | steps[1].stride may be 2, but is 3",
        "\"activatedShortcut\" : true | \"activatedShortcut\" : 1 | activatedShortcut must be true or false",
        "\"leak\" : 0.1 | \"leak\" : 1e300 | steps[1].norm.leak must be from 0 to 1",
        "\"leak\" : 0.1 | \"leak\" : -0.1 | steps[1].norm.leak must be from 0 to 1",
        "\"eps\" : 0.001 | \"eps\" : 0 | steps[1].norm.eps must be above 0",
        "\"decay\" : 0.9 | \"decay\" : \"NaN\" | steps[1].norm.decay must be a number",
        "\"classes\" : 3 | \"classes\" : 4 | it has 3 classes, but its last step tells 4 apart",
        "\"classes\" : 3 | \"classes\" : 1 | steps[5].classes must be a whole number of at least 2",
        "\"defaultLayer\" : \"pool\" | \"defaultLayer\" : \"pond\" | the default layer 'pond' is none of its layers",
        "\"seed\" : -9223372036854775808 | \"seed\" : -9223372036854775809 | recipe.seed must be a whole number",
        "\"schedule\" : \"STEP\" | \"schedule\" : \"ZIGZAG\" | recipe.schedule is \"ZIGZAG\", which is no schedule",
        "\"accuracy\" : 0.5 | \"accuracy\" : 1.5 | description.training.accuracy must be from 0 to 1",
        "\"done\" : 9 | \"done\" : -1 | recipe.done must be a whole number of at least 0"})
    void networksThatAreNoneAreRefused(final String from, final String to, final String message) throws Exception {
        assertContains(message, changed(JSON, bytes -> {
            final String text = new String(bytes, StandardCharsets.UTF_8);
            assertTrue(text.contains(from), from + " in " + text);
            return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)).getBytes(StandardCharsets.UTF_8);
        }));
    }

    @Test
    void shapesThatNoNetworkTakesAreRefused() throws Exception {
        for (String shape : List.of("\"channels\" : 1, \"height\" : 16, \"width\" : 16", "\"channels\" : 3, \"height\" : 16, \"width\" : 20",
            "\"channels\" : 3, \"height\" : 16384, \"width\" : 16384", "\"channels\" : 3, \"height\" : 2000000000, \"width\" : 2000000000")) {
            assertContains(JSON, changed(JSON, bytes -> new String(bytes, StandardCharsets.UTF_8)
                .replaceFirst("(?s)\"shape\" : \\{.*?\\}", "\"shape\" : {" + shape + "}").getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void stepsThatNeedTooMuchAreRefused() throws Exception {
        final UnaryOperator<byte[]> many = bytes -> new String(bytes, StandardCharsets.UTF_8)
            .replace("\"steps\" : [ ", "\"steps\" : [ " + "{\"step\": \"maxPooling\", \"name\": \"x\"}, ".repeat(1000)).getBytes(StandardCharsets.UTF_8);
        assertContains("steps has 1006 entries, but may have 1000", changed(JSON, many));
        final UnaryOperator<byte[]> wide = bytes -> new String(bytes, StandardCharsets.UTF_8).replaceAll("\"(height|width)\" : 16\\b", "\"$1\" : 128")
            .replaceFirst("\"filters\" : 2", "\"filters\" : 2048").getBytes(StandardCharsets.UTF_8);
        assertContains("'stem' gives 33554432 values an image, but may give 16777216", changed(JSON, bytes -> new String(wide.apply(bytes), StandardCharsets.UTF_8)
            .replaceFirst("(?s)\\{\\s*\"step\" : \"residualUnit\".*?\\}\\s*\\}, ", "").replaceAll("(?s)\"layers\" : \\[.*?\\]", layers(128, 2048))
            .getBytes(StandardCharsets.UTF_8)));
    }

    /** The layers of the file's network without its unit, on larger images and with more filters. */
    private static String layers(final int side, final int filters) {
        final String layer = "{\"name\": \"%s\", \"channels\": %d, \"height\": %d, \"width\": %d}";
        return "\"layers\" : [" + String.join(", ", layer.formatted("images", 3, side, side), layer.formatted("stem", filters, side, side),
            layer.formatted("pool", filters, side / 2, side / 2), layer.formatted("activation", filters, side / 2, side / 2),
            layer.formatted("average", filters, 1, 1), layer.formatted("softmax", 3, 1, 1)) + "]";
    }

    @Test
    void everyLieInTheHeaderOfTheParametersIsFound() throws Exception {
        final byte[] tensors = entries().get(TENSORS);
        final int end = 8 + (int)ByteBuffer.wrap(tensors).order(ByteOrder.LITTLE_ENDIAN).getLong();
        for (int at = 0; at < end; at += at < 64 ? 1 : 7) {
            final int position = at;
            if (tensors[at] != ' ') {
                changed(TENSORS, bytes -> {
                    bytes[position] ^= 1;
                    return bytes;
                });
            }
        }
    }

    @Test
    void parametersOfAnotherNetworkAreRefused() throws Exception {
        assertContains("stem_W.shape[0] is 3, but must be 2", changed(TENSORS, bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("[2,3,3,3]", "[3,3,3,3]").getBytes(StandardCharsets.ISO_8859_1)));
        assertContains("dtype is \"F16\", but must be \"F32\"", changed(TENSORS, bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
            .replaceFirst("F32", "F16").getBytes(StandardCharsets.ISO_8859_1)));
        assertContains("stem_W is missing, but must be", changed(TENSORS, bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
            .replaceFirst("stem_W", "stem_X").getBytes(StandardCharsets.ISO_8859_1)));
        for (int more : new int[]{-4, 4, -1000}) {
            assertContains("but the network that is described beside it needs", changed(TENSORS, bytes -> Arrays.copyOf(bytes, bytes.length + more)));
        }
        assertContains("needs", changed(TENSORS, bytes -> new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({"7f800000, Infinity", "ff800000, -Infinity", "7fc00000, NaN"})
    void parametersThatAreNotFiniteAreRefused(final String bits, final String shown) throws Exception {
        assertContains("parameters.safetensors is " + shown, changed(TENSORS, bytes -> {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, Integer.parseUnsignedInt(bits, 16));
            return bytes;
        }));
    }

    @Test
    void negativeVariancesAreRefused() throws Exception {
        assertContains("negative variance: unit_var1", changed(TENSORS, bytes -> {
            final ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 8 + (int)values.getLong(0); at < bytes.length; at += 4) {
                values.putFloat(at, -1);
            }
            return bytes;
        }));
    }

    @Test
    void everyScheduleIsKnown() {
        assertEquals(Arrays.stream(Schedule.values()).map(Schedule::name).collect(Collectors.toSet()), TrainingRecord.SCHEDULES);
    }
}
