package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.reader.ImageSetFormat;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReadReport;
import org.spectralsignatures.reader.ReaderOptions;
import org.spectralsignatures.reader.Split;

/** Sets that tests write, and what lies in folders. */
final class WrittenSet {

    static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    private WrittenSet() {
    }

    static WriterOptions options(final Path folder) {
        return new WriterOptions(folder, WrittenContent.IMAGES, null, SetLayout.CLASS_FOLDERS, true, false);
    }

    static WriterOptions of(final Path folder, final WrittenContent content, final Path originals) {
        return new WriterOptions(folder, content, originals, SetLayout.CLASS_FOLDERS, true, false);
    }

    static WriterOptions of(final Path folder, final SetLayout layout) {
        return new WriterOptions(folder, WrittenContent.IMAGES, null, layout, true, false);
    }

    static WriterOptions replacing(final Path folder) {
        return new WriterOptions(folder, WrittenContent.IMAGES, null, SetLayout.CLASS_FOLDERS, true, true);
    }

    /** Pixels that are those of no other number. */
    static byte[] pixels(final int number) {
        final var pixels = new byte[SHAPE.size()];
        new Random(number).nextBytes(pixels);
        return pixels;
    }

    static byte[] png(final int number) {
        return ImageCodec.encodePng(pixels(number), SHAPE);
    }

    static SetImage kept(final String key, final String label, final int number) {
        return SetImage.kept(key, label, png(number));
    }

    static SetImage removed(final String key, final String label, final int number, final Double score, final Integer rank) {
        return new SetImage(key, label, true, png(number), score, rank);
    }

    static WriteReport write(final WriterOptions options, final SetImage... images) throws IOException, TaskCancelledException {
        return write(options, TaskMonitor.none(), images);
    }

    static WriteReport write(final WriterOptions options, final TaskMonitor monitor, final SetImage... images) throws IOException, TaskCancelledException {
        final List<SetImage> kept = Arrays.stream(images).filter(image -> !image.removed()).toList();
        final long removed = images.length - kept.size();
        final var contents = new SetContents(kept.stream().map(SetImage::label).distinct().toList(), kept.size(), removed == 0 ? -1 : removed);
        try (var writer = new ImageSetWriter(options, contents, monitor)) {
            for (SetImage image : images) {
                writer.add(image);
            }
            return writer.finish();
        }
    }

    /** @return the content of all files below a folder, by their paths with slashes */
    static Map<String, byte[]> files(final Path folder) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** @return names of all that lies in a folder, in their order */
    static List<String> names(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What a reader makes of a set: for each image its class, its key and a number for its pixels. */
    record Read(List<String> images, ReadReport report) {
    }

    static Read read(final Path folder, final Split split) throws IOException, TaskCancelledException {
        final List<String> images = new ArrayList<>();
        final ReadReport report = LabelledImageReader.read(new ReaderOptions(folder, ImageSetFormat.GUESS, split, List.of(), 0, List.of(), 1, false),
            image -> images.add("%s %s %d".formatted(image.label(), image.key(), Arrays.hashCode(image.pixels()))), TaskMonitor.none());
        return new Read(images, report);
    }

    /** As it stands in {@link Read}. */
    static String read(final String label, final String key, final byte[] pixels) {
        return "%s %s %d".formatted(label, key, Arrays.hashCode(pixels));
    }
}
