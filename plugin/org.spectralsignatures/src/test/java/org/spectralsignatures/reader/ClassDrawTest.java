package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Draws of some images of each class, where some of them are broken. */
class ClassDrawTest {

    private static final ImageShape SHAPE = new ImageShape(3, 4, 4);

    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void imagesOfWhichTwoThirdsAreBroken() throws IOException {
        for (int i = 0; i < 60; i++) {
            write("cat/%02d.png".formatted(i), i % 3 == 0);
            write("dog/%02d.png".formatted(i), true);
        }
    }

    private void write(final String name, final boolean whole) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), whole ? ImageCodec.encodePng(new byte[SHAPE.size()], SHAPE) : "broken".getBytes(StandardCharsets.UTF_8));
    }

    private ReadReport read(final int count, final long seed, final boolean skip) throws Exception {
        read.clear();
        return LabelledImageReader.read(new ReaderOptions(folder, ImageSetFormat.CLASS_FOLDERS, Split.ALL, List.of(), count, List.of(), seed, skip),
            image -> read.add(image.key()), TaskMonitor.none());
    }

    private long of(final String label) {
        return read.stream().filter(key -> key.startsWith(label)).count();
    }

    @Test
    void othersStandInForBrokenOnes() throws Exception {
        final ReadReport report = read(12, 5, true);
        assertEquals(12, of("cat/"));
        assertEquals(12, of("dog/"));
        assertEquals(24, new HashSet<>(read).size());
        assertTrue(report.skipped().count() > 0);
        final int counted = report.lines().stream().mapToInt(ReportLine::count).sum();
        assertEquals(120, counted);
        final List<String> first = List.copyOf(read);
        read(12, 5, true);
        assertEquals(first, read);
        read(12, 6, true);
        assertFalse(first.equals(read));
    }

    @Test
    void aClassWithTooFewIsReadWhole() throws Exception {
        final ReadReport report = read(30, 1, true);
        assertEquals(20, of("cat/"));
        assertEquals(30, of("dog/"));
        assertEquals(40, report.skipped().count());
    }

    /** Where nothing is broken the draw is that of earlier versions. */
    @Test
    void wholeImagesAreDrawnAsBefore() throws Exception {
        read(3, 1, true);
        final List<String> dogs = read.stream().filter(key -> key.startsWith("dog/")).toList();
        for (int i = 0; i < 60; i++) {
            write("cat/%02d.png".formatted(i), true);
        }
        read(3, 1, false);
        assertEquals(dogs, read.stream().filter(key -> key.startsWith("dog/")).toList());
        assertEquals(dogs.stream().sorted().toList(), dogs);
    }

    @Test
    void brokenOnesStopTheReaderUnlessTheyAreSkipped() {
        assertThrows(IOException.class, () -> read(12, 5, false));
    }

    /** A folder of a million files takes long, though one image is read: who cancels is heard while it is looked through. */
    @Test
    void cancellationIsHeardWhileFoldersAreLookedThrough() {
        final var checks = new AtomicInteger();
        final var options = new ReaderOptions(folder, ImageSetFormat.CLASS_FOLDERS, Split.ALL, List.of(), 1, List.of(), 1, true);
        final TaskMonitor monitor = new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                if (checks.incrementAndGet() == 100) {
                    throw new TaskCancelledException();
                }
            }
        };
        assertThrows(TaskCancelledException.class, () -> LabelledImageReader.inspect(options, monitor));
        checks.set(0);
        assertThrows(TaskCancelledException.class, () -> LabelledImageReader.read(options, image -> read.add(image.key()), monitor));
        assertEquals(List.of(), read);
    }
}
