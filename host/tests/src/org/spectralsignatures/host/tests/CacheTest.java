package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.spectralsignatures.host.app.BatchApplication;
import org.spectralsignatures.host.app.ExitCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Runs with {@code -cache}: the same as without, only sooner, whatever became of the folder. */
class CacheTest {

    /** A generator, two injectors in a row, an applier: nothing is trained. */
    private static final Path INJECTORS = Run.WORKFLOWS.resolve("nodes/Backdoor Injector");

    private static final String GENERATOR = "Synthetic Image Generator (#1)";

    private static final String FIRST = "Backdoor Injector (#2)";

    private static final String SECOND = "Backdoor Injector (#3)";

    private static final String APPLIER = "Trigger Applier (#4)";

    @TempDir
    Path folder;

    private int m_runs;

    private Path cache() {
        return folder.resolve("cache");
    }

    private Run run(final Path workflow, final String... options) throws Exception {
        final var all = new ArrayList<>(List.of("-cache", cache().toString()));
        all.addAll(List.of(options));
        return plain(workflow, all.toArray(String[]::new));
    }

    private Run plain(final Path workflow, final String... options) throws Exception {
        final Run run = Run.of(workflow, folder.resolve("out" + m_runs++), options);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        return run;
    }

    private static List<String> lines(final Run run, final String start) {
        return run.text().lines().filter(l -> l.startsWith(start)).map(l -> l.substring(start.length()).strip()).sorted().toList();
    }

    private static void assertExecuted(final Run run, final String... nodes) {
        assertEquals(List.of(nodes), lines(run, "start  "), run.text());
    }

    private static void assertTaken(final Run run, final String... nodes) {
        assertEquals(List.of(nodes), lines(run, "cached "), run.text());
    }

    /** Tables byte for byte, the report but for its times. */
    private static void assertSameResults(final Run expected, final Run run) throws IOException {
        assertSame(content(expected.out()), content(run.out()));
    }

    /** Tables byte for byte, but for the seconds that an epoch took; two trainings never take the same time. */
    private static void assertSameTables(final Run expected, final Run run) throws IOException {
        assertSame(tables(expected.out()), tables(run.out()));
    }

    private static void assertSame(final TreeMap<String, String> expected, final TreeMap<String, String> content) {
        assertEquals(expected.keySet(), content.keySet());
        expected.forEach((file, text) -> {
            final int different = Arrays.mismatch(text.toCharArray(), content.get(file).toCharArray());
            assertEquals(-1, different, () -> file + " differs: " + around(text, different) + " | " + around(content.get(file), different));
        });
    }

    private static TreeMap<String, String> tables(final Path out) throws IOException {
        final TreeMap<String, String> tables = content(out);
        tables.remove("report.html");
        tables.computeIfPresent("ResNet Learner (#3)/Training history.csv", (file, text) -> text.replaceAll("(?m),[^,\n]*$", ""));
        return tables;
    }

    private static String around(final String text, final int place) {
        return text.substring(Math.max(0, place - 100), Math.min(text.length(), place + 50));
    }

    private static TreeMap<String, String> content(final Path out) throws IOException {
        final var content = new TreeMap<String, String>();
        try (var files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                final String text = Files.readString(file);
                content.put(out.relativize(file).toString(), file.endsWith("report.html") ? timeless(text) : text);
            }
        }
        return content;
    }

    private static String timeless(final String report) throws IOException {
        final String mark = "<script type=\"application/json\" id=\"data\">";
        final int start = report.indexOf(mark) + mark.length();
        final int end = report.indexOf("</script>", start);
        final var data = (ObjectNode)new ObjectMapper().readTree(report.substring(start, end));
        data.remove(List.of("date", "seconds"));
        for (JsonNode node : data.path("nodes")) {
            ((ObjectNode)node).remove(List.of("seconds", "taken"));
        }
        return data.toString();
    }

    private List<Path> entries() throws IOException {
        try (var entries = Files.list(cache().resolve("results"))) {
            return entries.sorted(Comparator.comparing(CacheTest::used)).toList();
        }
    }

    private static FileTime used(final Path entry) {
        try {
            return Files.getLastModifiedTime(entry.resolve("result"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long bytes(final Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
        }
    }

    @Test
    void aTrainedWorkflowGivesTheSameFromTheCache() throws Exception {
        final Path workflow = Run.WORKFLOWS.resolve("nodes/Top-k Remover");
        final Run without = plain(workflow);
        final Run first = run(workflow);
        final Run second = run(workflow);
        assertTaken(first);
        assertExecuted(second, "Labelled Image Reader (#1)");
        assertTaken(second, FIRST, "Layer Activation Extractor (#4)", "ResNet Learner (#3)", "Spectral Signature Scorer (#5)", "Top-k Remover (#6)", "Top-k Remover (#7)",
            "Top-k Remover (#8)");
        assertSameTables(without, first);
        assertSameResults(first, second);
        // files of a network that was taken serve a node that is executed
        final Run changed = run(workflow, "-option=4,layer,softmax,String");
        assertExecuted(changed, "Labelled Image Reader (#1)", "Layer Activation Extractor (#4)", "Spectral Signature Scorer (#5)", "Top-k Remover (#6)", "Top-k Remover (#7)",
            "Top-k Remover (#8)");
        assertSameTables(plain(workflow, "-option=4,layer,softmax,String"), changed);
    }

    @Test
    void warningsComeAgain() throws Exception {
        final Path workflow = Run.WORKFLOWS.resolve("nodes/Scorer direction not certain");
        final Run first = run(workflow);
        final Run second = run(workflow);
        assertTaken(second, "Layer Activation Extractor (#3)", "ResNet Learner (#2)", "Spectral Signature Scorer (#4)");
        assertFalse(lines(first, "WARN").isEmpty(), first.text());
        assertEquals(lines(first, "WARN").stream().map(l -> l + " (from the cache)").toList(), lines(second, "WARN"));
        assertSameResults(first, second);
    }

    @Test
    void aChangedSettingRunsOnlyWhatDependsOnIt() throws Exception {
        final Run first = run(INJECTORS);
        assertExecuted(first, FIRST, SECOND, GENERATOR, APPLIER);
        assertTrue(first.text().contains("cache  always executed: " + GENERATOR + ": it has no input"), first.text());
        final Run changed = run(INJECTORS, "-option=3,seed,8,long");
        assertExecuted(changed, SECOND, GENERATOR, APPLIER);
        assertTaken(changed, FIRST);
        assertSameResults(plain(INJECTORS, "-option=3,seed,8,long"), changed);
        // other images, but the same trigger for the applier
        final Run all = run(INJECTORS, "-option=2,epsilon,0.1,double");
        assertExecuted(all, FIRST, SECOND, GENERATOR);
        assertTaken(all, APPLIER);
        final Run again = run(INJECTORS);
        assertTaken(again, FIRST, SECOND, APPLIER);
        assertTrue(again.text().contains("cache  put: nothing"), again.text());
        // pixels know no alpha: the node runs, and gives what it gave before
        final Run same = run(INJECTORS, "-option=2,alpha,0.7,double");
        assertExecuted(same, FIRST, GENERATOR);
        assertTaken(same, SECOND, APPLIER);
    }

    @Test
    void changedFilesAreNoticedThoughSizeAndTimeAreTheSame() throws Exception {
        final Path workflow = Folders.copy(Run.WORKFLOWS.resolve("nodes/Labelled Image Reader"), folder.resolve("workflow"));
        final List<Path> images;
        try (var files = Files.walk(workflow.resolve("images/train"))) {
            images = files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
        }
        final Path picture = images.get(0);
        final Run first = run(workflow);
        assertExecuted(first, "Labelled Image Reader (#1)", "Labelled Image Reader (#2)", "Labelled Image Reader (#3)");
        final FileTime time = Files.getLastModifiedTime(picture);
        Files.write(picture, Files.readAllBytes(images.get(images.size() - 1)));
        Files.setLastModifiedTime(picture, time);
        final Run changed = run(workflow);
        assertSameResults(plain(workflow), changed);
        assertFalse(content(first.out()).equals(content(changed.out())));
    }

    @Test
    void aNodeBehindAnInputThatReadsAFileIsExecuted() throws Exception {
        final Path picture = folder.resolve("picture.png");
        final Path pictures = Run.WORKFLOWS.resolve("nodes/Labelled Image Reader/images/train");
        final List<Path> found;
        try (var files = Files.walk(pictures)) {
            found = files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
        }
        Files.copy(found.get(0), picture);
        final String[] options = {"-option=3,trigger,PATCH,String", "-option=3,random,false,boolean", "-option=3,picture," + picture + ",String",
            "-option=3,row,0,int", "-option=3,column,0,int"};
        run(INJECTORS, options);
        final Run again = run(INJECTORS, options);
        assertExecuted(again, SECOND, GENERATOR);
        assertTaken(again, FIRST, APPLIER);
        assertTrue(again.text().contains(SECOND + ": its setting 'picture' may name a file"), again.text());
        Files.write(picture, Files.readAllBytes(found.get(found.size() - 1)));
        final Run changed = run(INJECTORS, options);
        assertExecuted(changed, SECOND, GENERATOR, APPLIER);
        assertSameResults(plain(INJECTORS, options), changed);
    }

    private enum Damage {
        FLIPPED_BIT, CUT_OFF, EMPTIED, DELETED, LIST_FLIPPED, LIST_CUT_OFF, LIST_EMPTIED, LIST_DELETED;

        void apply(final Path entry) throws IOException {
            final Path list = entry.resolve("result");
            final Path file;
            try (var files = Files.list(entry)) {
                file = name().startsWith("LIST") ? list : files.filter(f -> !f.equals(list)).max(Comparator.comparing(f -> f.toFile().length())).orElseThrow();
            }
            final byte[] bytes = Files.readAllBytes(file);
            if (name().endsWith("DELETED")) {
                Files.delete(file);
            } else if (name().endsWith("EMPTIED")) {
                Files.write(file, new byte[0]);
            } else if (name().endsWith("CUT_OFF")) {
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            } else {
                bytes[bytes.length / 2] ^= 4;
                Files.write(file, bytes);
            }
        }
    }

    @Test
    void whatIsDamagedCountsAsAbsent() throws Exception {
        final Run first = run(INJECTORS);
        for (Damage damage : Damage.values()) {
            for (Path entry : entries()) {
                damage.apply(entry);
            }
            final Run run = run(INJECTORS);
            assertExecuted(run, FIRST, SECOND, GENERATOR, APPLIER);
            assertSameResults(first, run);
            assertEquals(3, lines(run, "NOTE   Cache: the result of ").stream().filter(l -> l.contains("is damaged")).count(), damage + run.text());
            assertTaken(run(INJECTORS), FIRST, SECOND, APPLIER);
        }
    }

    @Test
    void whatKilledRunsLeftIsClearedAndWhatLivingOnesWriteIsNot() throws Exception {
        run(INJECTORS);
        final long gone = new ProcessBuilder("true").start().onExit().get().pid();
        final Path dead = unfinished("spectralsignatures-dead", gone);
        final Path living = unfinished("spectralsignatures-living", ProcessHandle.current().pid());
        final Path foreign = Files.createDirectories(cache().resolve("unfinished/spectralsignatures-elsewhere"));
        Files.writeString(foreign.resolve("owner"), "host=elsewhere\nspace=pid:[1]\npid=1\n");
        final Path old = Files.createDirectories(cache().resolve("unfinished/spectralsignatures-old"));
        Files.writeString(old.resolve("owner"), "host=elsewhere\nspace=pid:[1]\npid=1\n");
        for (Path file : List.of(old.resolve("owner"), old)) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 2 * 86_400_000L));
        }
        final Path halfCleared = Files.createDirectories(cache().resolve("cleared/x"));
        Files.writeString(halfCleared.resolve("table"), "half");
        final Run run = run(INJECTORS);
        assertTaken(run, FIRST, SECOND, APPLIER);
        assertTrue(run.text().contains("cache  cleared: what 2 runs left unfinished"), run.text());
        assertFalse(Files.exists(dead) || Files.exists(old) || Files.exists(halfCleared));
        assertTrue(Files.exists(living) && Files.exists(foreign));
    }

    private Path unfinished(final String name, final long pid) throws IOException {
        final Path left = Files.createDirectories(cache().resolve("unfinished").resolve(name).resolve("entry")).getParent();
        Files.writeString(left.resolve("entry/output0"), "half a table");
        Files.writeString(left.resolve("owner"), "host=%s\nspace=%s\npid=%d\n".formatted(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
            Files.readSymbolicLink(Path.of("/proc/self/ns/pid")), pid));
        return left;
    }

    @Test
    void theFolderIsBoundedAndWhatWasNotUsedForLongestGoes() throws Exception {
        run(INJECTORS);
        final long one = bytes(cache().resolve("results"));
        run(INJECTORS, "-option=3,seed,8,long"); // one more injector and applier
        assertEquals(5, entries().size());
        final List<Path> before = entries();
        final Run again = run(INJECTORS);
        assertTaken(again, FIRST, SECOND, APPLIER);
        final List<Path> used = entries();
        assertEquals(before.stream().filter(e -> !used.subList(2, 5).contains(e)).toList(), used.subList(0, 2), "of seed 8");
        final Run bounded = run(INJECTORS, "-cacheSize", (one + 1000) / 1024 + 1 + "k");
        assertTaken(bounded, FIRST, SECOND, APPLIER);
        assertTrue(bounded.text().contains("cache  cleared, since they were not used for longest: 2 results, "), bounded.text());
        assertEquals(List.copyOf(new TreeSet<>(used.subList(2, 5))), entries().stream().sorted().toList());
        // another seed needs the room of what is there
        final Run other = run(INJECTORS, "-option=3,seed,9,long", "-cacheSize=" + (one + 1000) / 1024 + "K");
        assertTaken(other, FIRST);
        assertTrue(bytes(cache().resolve("results")) <= one + 1024, other.text());
        assertTrue(other.text().contains("cache  cleared, since "), other.text());
        final Run tiny = run(INJECTORS, "-cacheSize", "2k");
        assertEquals(3, lines(tiny, "NOTE   Cache: the result of ").stream().filter(l -> l.endsWith("it alone needs more than 2 kB.")).count(), tiny.text());
        assertSameResults(again, tiny);
        assertEquals(0, entries().size());
    }

    @Test
    void severalRunsAtOnceDoNotDisturbEachOther() throws Exception {
        final var expected = new ArrayList<Run>();
        for (int seed = 0; seed < 3; seed++) {
            expected.add(plain(INJECTORS, "-option=3,seed," + seed + ",long"));
        }
        run(INJECTORS, "-option=3,seed,0,long");
        final long one = bytes(cache().resolve("results"));
        final var threads = Executors.newFixedThreadPool(3);
        try {
            // room for one and a half: while one is read, another clears it
            final List<Callable<Run>> runs = IntStream.range(0, 12).<Callable<Run>>mapToObj(i -> () -> Run.of(INJECTORS, folder.resolve("together" + i), "-cache",
                cache().toString(), "-cacheSize", one * 3 / 2 / 1024 + "k", "-option=3,seed," + i % 3 + ",long")).toList();
            final var ended = threads.invokeAll(runs);
            for (int i = 0; i < ended.size(); i++) {
                final Run run = ended.get(i).get();
                assertEquals(ExitCode.SUCCESS, run.code(), run.text());
                assertFalse(run.text().contains("NOTE"), run.text());
                assertSameResults(expected.get(i % 3), run);
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(bytes(cache().resolve("results")) <= one * 3 / 2);
        try (var left = Files.list(cache().resolve("unfinished"))) {
            assertEquals(0, left.count());
        }
    }

    private byte[] bundle(final String content) throws IOException {
        final var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.spectralsignatures.changing");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0.qualifier");
        final var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            final var entry = new ZipEntry("Node.class");
            entry.setTime(0);
            jar.putNextEntry(entry);
            jar.write(content.getBytes());
        }
        return bytes.toByteArray();
    }

    @Test
    void changedCodeIsNoticedThoughItsVersionIsTheSame() throws Exception {
        final BundleContext context = FrameworkUtil.getBundle(BatchApplication.class).getBundleContext();
        final Path jar = Files.write(folder.resolve("changing.jar"), bundle("first"));
        final Bundle bundle = context.installBundle("reference:" + jar.toUri());
        try {
            run(INJECTORS);
            assertTaken(run(INJECTORS), FIRST, SECOND, APPLIER);
            Files.write(jar, bundle("other"));
            bundle.update();
            assertTaken(run(INJECTORS));
            assertTaken(run(INJECTORS), FIRST, SECOND, APPLIER);
        } finally {
            bundle.uninstall();
        }
    }

    @Test
    void anEngineThatIsChosenOtherwiseIsNoticed() throws Exception {
        run(INJECTORS);
        System.setProperty("org.spectralsignatures.onednn.test", "false");
        try {
            assertTaken(run(INJECTORS));
        } finally {
            System.clearProperty("org.spectralsignatures.onednn.test");
        }
        assertTaken(run(INJECTORS), FIRST, SECOND, APPLIER);
    }

    @Test
    void aRunGoesOnWhereTheCacheCannotBeWritten() throws Exception {
        final Run first = run(INJECTORS);
        for (Path entry : entries()) {
            Folders.delete(entry);
        }
        // whatever is written there fails, as on a disk that is full
        final Path results = cache().resolve("results");
        Folders.delete(results);
        Files.createSymbolicLink(results, Path.of("/proc/self"));
        final Run run = plain(INJECTORS, "-cache", cache().toString());
        assertSameResults(first, run);
        assertExecuted(run, FIRST, SECOND, GENERATOR, APPLIER);
        assertTrue(run.text().contains("NOTE   "), run.text());
    }

    @Test
    void theRunsOfAGridShareWhatTheyHaveInCommon() throws Exception {
        final Path grid = Files.writeString(folder.resolve("grid.csv"), "#note\na\nb\n");
        final Run run = run(INJECTORS, "-grid", grid.toString());
        assertTaken(run, FIRST, SECOND, APPLIER);
        final List<String> results = Files.readAllLines(run.out().resolve("results.csv"));
        assertEquals(21, results.size(), results.toString());
        assertSameResults(new Run(run.code(), "", run.out().resolve("run 1")), new Run(run.code(), "", run.out().resolve("run 2")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", value = { //
        "-cacheSize 2g -> -cacheSize says how much -cache DIR may hold", //
        "-cache -> -cache needs a folder.", //
        "-cache c -cacheSize -> -cacheSize needs a size, for example 20g.", //
        "-cache c -cacheSize much -> -cacheSize: 'much' is no size: write a number and k, m, g or t, for example 20g.", //
        "-cache c -cacheSize 0 -> -cacheSize: nothing fits into '0'.", //
        "-cache c -cacheSize -1 -> -cacheSize needs a size", //
        "-cash c -> Unknown option '-cash'; did you mean '-cache'?"})
    void optionsThatAreWrong(final String options, final String message) {
        final var arguments = new ArrayList<>(List.of(INJECTORS.toString()));
        arguments.addAll(List.of(options.split(" ")));
        final Run run = Run.of(arguments.toArray(String[]::new));
        assertEquals(ExitCode.USAGE, run.code(), run.text());
        assertTrue(run.errors().get(0).contains(message), run.text());
    }

    @Test
    void foldersOfOtherThingsAreRefused() throws Exception {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        final Run foreign = Run.of(INJECTORS.toString(), "-cache", folder.toString());
        assertEquals(ExitCode.USAGE, foreign.code());
        assertTrue(foreign.errors().get(0).contains("holds other files"), foreign.text());
        final Run file = Run.of(INJECTORS.toString(), "-cache", folder.resolve("mine.txt").toString());
        assertTrue(file.errors().get(0).contains("-cache names a file"), file.text());
        final Run inside = Run.of(INJECTORS.toString(), "-cache", folder.resolve("a/b").toString(), "-out", folder.resolve("a").toString());
        assertTrue(inside.errors().get(0).contains("choose places apart"), inside.text());
        assertFalse(Files.exists(folder.resolve("a")));
        final Run none = Run.of(INJECTORS.toString(), "-cache", folder.resolve("a").toString(), "-noexecute");
        assertTrue(none.text().contains("NOTE   -cache has no effect with -noexecute"), none.text());
        assertFalse(Files.exists(folder.resolve("a")));
    }
}
