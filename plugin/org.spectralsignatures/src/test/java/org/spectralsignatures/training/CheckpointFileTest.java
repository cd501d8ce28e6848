package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.file.CheckpointZip;
import org.spectralsignatures.network.file.JsonText;
import org.spectralsignatures.network.file.NetworkFormatException;
import org.spectralsignatures.network.file.NewerFormatException;
import org.spectralsignatures.network.file.StrictJson;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/** Files of checkpoints: what is written is read again, and what others wrote is not believed. */
class CheckpointFileTest {

    private static final NetworkPlan PLAN = plan(2);

    private static final Fingerprint FINGERPRINT = new Fingerprint(Map.of("seed", "1", "epochs", "9", "training images", "3, SHA-256 0123456789abcdef"));

    @TempDir
    Path folder;

    private static NetworkPlan plan(final int filters) {
        return new ResNetOptions(new ImageShape(3, 16, 16), 2, 1, filters, 2e-4, 1).plan();
    }

    private static Checkpoint checkpoint(final int number) {
        return new Checkpoint(number, Instant.parse("2026-11-30T18:12:05Z"), FINGERPRINT, new Surroundings("1.0.0", "Linux \"x\"", "17"), new Position(3, 2, .1 + .2, 4, 3, 1e-9),
            List.of(new EpochResult(1, .1, 1.5, .25, Double.NaN, Double.NaN, 12.5), new EpochResult(2, 1e-10, 1. / 3, 1, 2. / 3, .5, 1e10)),
            List.of(new Resumption(1, 4, Instant.parse("2026-11-30T17:00:00Z")), new Resumption(2, 0, Instant.parse("2026-11-30T18:00:00Z"))));
    }

    private static FloatBuffer values(final double scale) {
        final var values = new float[(int)PLAN.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float)(scale * (i % 17 + 1)));
        return FloatBuffer.wrap(values);
    }

    private CheckpointFolder open() throws IOException {
        return CheckpointFolder.open(new CheckpointOptions(folder, "a job: 5", 1, 0, CheckpointOptions.Others.REFUSE), FINGERPRINT, PLAN);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".checkpoint")).sorted().toList();
        }
    }

    private static float[] floats(final FloatBuffer buffer) {
        final var values = new float[buffer.capacity()];
        buffer.get(0, values);
        return values;
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        try (var opened = open()) {
            assertNull(opened.newest());
            for (int number = 1; number <= 5; number++) {
                opened.write(checkpoint(number), values(number), values(-number));
            }
            final CheckpointFolder.Saved saved = opened.newest();
            assertEquals(checkpoint(5), saved.checkpoint());
            assertTrue(Arrays.equals(floats(values(5)), floats(saved.parameters())));
            assertTrue(Arrays.equals(floats(values(-5)), floats(saved.velocity())));
            assertEquals("", saved.problem());
            assertEquals(2, files().size(), "the last two");
            assertTrue(files().get(0).getFileName().toString().matches("a-job-5-[0-9a-f]{16}\\.1\\.checkpoint"), files().toString());
            Files.writeString(folder.resolve(files().get(0).getFileName().toString().replace(".1.checkpoint", ".part")), "left by a kill");
            opened.clear();
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void anythingElseInTheTextIsRefused() throws Exception {
        final String whole = JsonText.brief(CheckpointJson.tree(checkpoint(1)));
        assertEquals(checkpoint(1), parse(whole));
        final Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("\"number\":1,", "");
        wrong.put("\"number\":1", "\"number\":0");
        wrong.put("\"number\":1,", "\"number\":1,\"more\":2,");
        wrong.put("\"2026-11-30T18:12:05Z\"", "\"yesterday\"");
        wrong.put("\"seed\":\"1\"", "\"seed\":1");
        wrong.put("\"epoch\":3", "\"epoch\":4");
        wrong.put("\"step\":2", "\"step\":-1");
        wrong.put("\"step\":2,", "\"step\":5,");
        wrong.put("\"correct\":3", "\"correct\":5");
        wrong.put("\"correct\":3", "\"correct\":-1");
        wrong.put("\"images\":4", "\"images\":99999999999999999999999");
        wrong.put("\"loss\":0.30000000000000004", "\"loss\":\"NaN\"");
        wrong.put("\"loss\":0.30000000000000004", "\"loss\":1e999");
        wrong.put("\"seconds\":1.0E-9", "\"seconds\":-1");
        wrong.put("[2,1.0E-10", "[1,1.0E-10");
        wrong.put("[2,1.0E-10,", "[2,");
        wrong.put("[1,0.1,1.5,0.25,null,null,12.5]", "null");
        wrong.put("\"resumptions\":[", "\"resumptions\":[1,");
        wrong.put("\"java\":\"17\"", "\"java\":17");
        wrong.put("\"spectral-signatures-checkpoint\"", "\"spectral-signatures-network\"");
        int tried = 0;
        for (Map.Entry<String, String> change : wrong.entrySet()) {
            assertTrue(whole.contains(change.getKey()), change.getKey() + " is not in " + whole);
            final String changed = whole.replace(change.getKey(), change.getValue());
            assertTrue(assertThrows(NetworkFormatException.class, () -> parse(changed), change.toString()).getMessage().contains("checkpoint.json"), changed);
            tried++;
        }
        assertTrue(tried >= 14);
        final String newer = whole.replace("\"version\":1", "\"version\":2");
        assertEquals("it was written by a later version of Spectral Signatures (format 2; this one reads up to 1): update the extension",
            assertThrows(NewerFormatException.class, () -> parse(newer)).getMessage());
    }

    private static Checkpoint parse(final String text) throws IOException {
        return CheckpointJson.parse(StrictJson.parse(CheckpointZip.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Under the name of this training's. */
    private void put(final int number, final Checkpoint checkpoint, final NetworkPlan plan, final FloatBuffer parameters) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("a-job-5-%s.%d.checkpoint".formatted(FINGERPRINT.id(), number)))) {
            CheckpointZip.write(CheckpointJson.tree(checkpoint), plan, parameters, FloatBuffer.allocate((int)plan.size()), out);
        }
    }

    private String refusal() throws IOException {
        try (var opened = open()) {
            return assertThrows(IOException.class, opened::newest).getMessage();
        }
    }

    @Test
    void filesOfOtherTrainingsUnderThisNameAreRefused() throws Exception {
        final var other = new Checkpoint(1, Instant.EPOCH, new Fingerprint(Map.of("seed", "2", "epochs", "9", "training images", "3, SHA-256 0123456789abcdef")),
            new Surroundings("", "", ""), Position.before(1), List.of(), List.of());
        put(1, other, PLAN, values(1));
        assertTrue(refusal().contains("it belongs to another training, which differs in seed (2 there, 1 here)"), refusal());
        put(1, checkpoint(1), plan(4), FloatBuffer.allocate((int)plan(4).size()));
        assertTrue(refusal().contains("parameters.safetensors has "), refusal());
        final FloatBuffer infinite = values(1);
        infinite.put(3, Float.POSITIVE_INFINITY);
        put(1, checkpoint(1), PLAN, infinite);
        assertTrue(refusal().contains("parameter 4 of %d in parameters.safetensors is Infinity".formatted(PLAN.size())), refusal());
        put(1, checkpoint(1), PLAN, values(-1));
        assertTrue(refusal().contains("the parameters hold a negative variance"), refusal());
        put(2, checkpoint(2), PLAN, values(1));
        try (var opened = open()) {
            assertEquals(2, opened.newest().checkpoint().number());
            assertTrue(opened.newest().problem().contains(".1.checkpoint' cannot be read: the parameters hold"), opened.newest().problem());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noDamageIsBelieved(final long seed) throws Exception {
        put(1, checkpoint(1), PLAN, values(1));
        final Path file = files().get(0);
        final byte[] whole = Files.readAllBytes(file);
        final var random = new Random(seed);
        int refused = 0;
        for (int k = 0; k < 400; k++) {
            final byte[] damaged = Arrays.copyOf(whole, random.nextInt(3) == 0 ? random.nextInt(whole.length + 50) : whole.length);
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte)random.nextInt();
            }
            Files.write(file, damaged);
            try (var opened = open()) {
                final CheckpointFolder.Saved saved = opened.newest();
                assertEquals(checkpoint(1), saved.checkpoint());
                assertTrue(Arrays.equals(floats(values(1)), floats(saved.parameters())), "other values");
            } catch (IOException e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 350, "only %d of 400 were refused".formatted(refused));
    }

    @Test
    void aLockIsHeldOnceAndGoesWithItsFile() throws Exception {
        final Path file = folder.resolve("some.lock");
        assertFalse(TrainingLock.isHeld(file));
        try (var lock = TrainingLock.take(file)) {
            assertNotNull(lock);
            assertNull(TrainingLock.take(file));
            assertNull(TrainingLock.take(folder.resolve("..").resolve(folder.getFileName()).resolve("some.lock")), "the same file by another path");
            assertTrue(TrainingLock.isHeld(file));
        }
        assertFalse(Files.exists(file));
        Files.writeString(file, "left by a process that died");
        assertFalse(TrainingLock.isHeld(file));
        TrainingLock.take(file).close();
        assertFalse(Files.exists(file));
    }

    @Test
    void lookingAtALockAndTakingItDoNotDisturbEachOther() throws Exception {
        final Path file = folder.resolve("some.lock");
        final var problems = new CopyOnWriteArrayList<Throwable>();
        final var ended = new AtomicBoolean();
        final var looking = new Thread(() -> {
            while (!ended.get() && problems.isEmpty()) {
                try {
                    TrainingLock.isHeld(file);
                } catch (Exception e) {
                    problems.add(e);
                }
            }
        });
        looking.start();
        try {
            for (int turn = 0; turn < 3000; turn++) {
                try (var lock = TrainingLock.take(file)) {
                    assertNotNull(lock, "turn " + turn);
                }
            }
        } finally {
            ended.set(true);
            looking.join();
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void othersThatAreAtWorkAreNotDeleted() throws Exception {
        final var other = new Fingerprint(Map.of("seed", "2", "epochs", "9", "training images", "3, SHA-256 0123456789abcdef"));
        final Path file = folder.resolve("a-job-5-%s.1.checkpoint".formatted(other.id()));
        Files.writeString(file, "nonsense");
        try (var opened = open()) {
            try (var held = TrainingLock.take(folder.resolve("a-job-5-%s.lock".formatted(other.id())))) {
                assertNotNull(held);
                assertEquals(List.of(), opened.others());
                assertEquals(List.of(), opened.deleteOthers());
                assertTrue(Files.exists(file));
            }
            assertEquals(List.of("'%s' (it cannot be read: it is no zip file)".formatted(file)), opened.others());
            assertEquals(List.of("'%s' (it cannot be read: it is no zip file)".formatted(file)), opened.deleteOthers());
            assertFalse(Files.exists(file));
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList(), "no lock either");
        }
    }

    /** @return a plan of about so many parameters */
    private static NetworkPlan large(final long parameters) {
        final int filters = 50_000;
        return new NetworkPlan(new ImageShape(1, 1, 1), List.of(new Step.Convolution("a", filters, 1, 1, Step.Start.FAN_OUT),
            new Step.Convolution("b", (int)(parameters / filters), 1, 1, Step.Start.FAN_OUT), new Step.GlobalAveragePooling("c"), new Step.Softmax("d", 2)));
    }

    /** Half of what is free: three of it are too many, one is not. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a file that is only made longer takes the space there")
    void filesThatLieThereNeedNoSpace() throws Exception {
        final long free = Files.getFileStore(folder).getUsableSpace();
        final NetworkPlan plan = large(free / 2 / 8);
        final Path own = folder.resolve("own");
        final var options = new CheckpointOptions(own, "x", 1, 0, CheckpointOptions.Others.REFUSE);
        final String message = assertThrows(IOException.class, () -> CheckpointFolder.open(options, FINGERPRINT, plan)).getMessage();
        assertTrue(message.startsWith("There is not enough space for '" + own), message);
        assertFalse(Files.exists(own), "made, and not left behind");
        Files.createDirectory(own);
        for (int number = 1; number <= 2; number++) {
            try (var file = new RandomAccessFile(own.resolve("x-%s.%d.checkpoint".formatted(FINGERPRINT.id(), number)).toFile(), "rw")) {
                file.setLength(8 * plan.size()); // a hole
            }
        }
        CheckpointFolder.open(options, FINGERPRINT, plan).close();
    }

    /** Gives the same values all the time, late the first time. */
    private static TrainingSession slowAtFirst() {
        final var asked = new AtomicInteger();
        return (TrainingSession)Proxy.newProxyInstance(CheckpointFileTest.class.getClassLoader(), new Class<?>[] {TrainingSession.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("velocity") && asked.incrementAndGet() == 1) {
                Thread.sleep(600);
            }
            return values(1);
        });
    }

    @Test
    void oneSlowWriteDoesNotCostASmallTrainingItsLastCheckpoint() throws Exception {
        final var remarks = new ArrayList<String>();
        final var listener = new TrainingListener() {
            @Override
            public void epochDone(final EpochResult result) {
                remarks.add("epoch " + result.epoch());
            }

            @Override
            public void remark(final String sentence) {
                remarks.add(sentence);
            }
        };
        final TrainingSession session = slowAtFirst();
        final var options = new CheckpointOptions(folder, "a job: 5", 1, 0, CheckpointOptions.Others.REFUSE);
        final List<EpochResult> history = checkpoint(1).history();
        try (var checkpoints = Checkpoints.open(options, FINGERPRINT, PLAN, listener)) {
            checkpoints.reached(new Position(3, 0, 0, 0, 0, 0), history, session);
            checkpoints.cancelled(new Position(3, 1, 1, 2, 1, 1), history, session);
        }
        assertEquals(List.of(), remarks);
        try (var opened = open()) {
            assertEquals(1, opened.newest().checkpoint().position().step());
        }
    }

    @Test
    void differencesAreTold() {
        final var other = new Fingerprint(Map.of("seed", "1", "epochs", "20", "training images", "3, SHA-256 ffffffffffffffff", "engine", "cpu"));
        assertEquals(List.of("engine (none there, cpu here)", "epochs (9 there, 20 here)", "training images (3, SHA-256 01234567 there, 3, SHA-256 ffffffff here)"),
            FINGERPRINT.differences(other));
        assertEquals(List.of(), FINGERPRINT.differences(new Fingerprint(new LinkedHashMap<>(FINGERPRINT.facts()))));
        assertEquals(FINGERPRINT.id(), new Fingerprint(new LinkedHashMap<>(FINGERPRINT.facts())).id());
        assertFalse(FINGERPRINT.id().equals(other.id()));
        final var here = new Surroundings("1", "a", "17");
        assertEquals("", here.difference(new Surroundings("1", "a", "17")));
        assertEquals("The checkpoint was written elsewhere (version 1, here 2; Java 17, here 21): the network may differ in its last digits from one that was trained without"
            + " interruption.", here.difference(new Surroundings("2", "a", "21")));
        assertTrue(Surroundings.here().machine().startsWith(System.getProperty("os.name")), Surroundings.here().toString());
    }

    @Test
    void optionsThatNeverWriteAreRefused() {
        final var messages = new ArrayList<String>();
        for (int[] wrong : new int[][] {{0, 0}, {-1, 1}, {1, -1}}) {
            messages.add(assertThrows(IllegalArgumentException.class, () -> new CheckpointOptions(folder, "x", wrong[0], wrong[1], CheckpointOptions.Others.REFUSE)).getMessage());
        }
        assertTrue(messages.stream().allMatch(m -> m.startsWith("Checkpoints are written every so many epochs or minutes: one of the two must be at least 1")),
            messages.toString());
        assertThrows(IllegalArgumentException.class, () -> new CheckpointOptions(folder, "../..", 1, 0, CheckpointOptions.Others.REFUSE));
        assertEquals("a-b", new CheckpointOptions(folder, "../a/../b", 1, 0, CheckpointOptions.Others.REFUSE).job());
    }
}
