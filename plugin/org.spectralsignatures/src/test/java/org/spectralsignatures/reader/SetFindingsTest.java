package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.monitor.TaskMonitor;

/** What is said of the images of a set beside what became of each file. */
class SetFindingsTest {

    @TempDir
    Path root;

    /** A picture of a few large areas, unlike those of other numbers. */
    private static BufferedImage picture(final int number, final int width, final int height, final int type) {
        final var random = new SplittableRandom(number);
        final var colours = random.ints(25, 0, 1 << 24).toArray();
        final var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xff000000 | colours[5 * (5 * y / height) + 5 * x / width]);
            }
        }
        return image;
    }

    private void write(final String file, final int number, final int width, final int height, final int type) throws IOException {
        final Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        ImageIO.write(picture(number, width, height, type), file.substring(file.lastIndexOf('.') + 1), path.toFile());
    }

    private void write(final String file, final int number) throws IOException {
        write(file, number, 20, 20, BufferedImage.TYPE_INT_RGB);
    }

    private ReadReport read(final Split split) throws Exception {
        return read(split, ImageFit.Way.STRETCH);
    }

    private ReadReport read(final Split split, final ImageFit.Way way) throws Exception {
        return LabelledImageReader.read(new ReaderOptions(root, ImageSetFormat.GUESS, split, List.of(), 0, List.of(), 1, true, ClassLevel.FIRST,
            new ImageFit(way, 16, 16), LabelOptions.NONE), image -> { }, TaskMonitor.none());
    }

    private static List<String> text(final ReadReport report) {
        return report.findings().stream().map(f -> "%s|%s|%d|%s|%s".formatted(f.kind(), f.label(), f.count(), f.first(), f.details())).toList();
    }

    private static List<String> text(final ReadReport report, final String kind) {
        return text(report).stream().filter(line -> line.startsWith(kind)).toList();
    }

    @Test
    void sizesAndModesAreThoseOfTheFiles() throws Exception {
        write("cat/1.png", 1, 40, 20, BufferedImage.TYPE_INT_RGB);
        write("cat/2.png", 2, 20, 20, BufferedImage.TYPE_BYTE_GRAY);
        write("dog/3.jpg", 3, 20, 20, BufferedImage.TYPE_INT_RGB);
        write("dog/4.png", 4, 10, 40, BufferedImage.TYPE_INT_ARGB);
        final ReadReport report = read(Split.TRAINING);
        assertEquals(List.of("sizes|null|3|dog/4.png|median 20 x 20, width / height 0.25 to 2.00, most often 20 x 20 (2), 10 x 40 (1), 40 x 20 (1)",
            "mode RGB|null|2|cat/1.png|null", "mode RGB, transparent|null|1|dog/4.png|null", "mode gray|null|1|cat/2.png|null",
            "made smaller|null|4|cat/1.png|up to 2.5 pixels of an edge became one"), text(report).subList(0, 5));
        assertEquals("", report.doubt());
        assertEquals("10 x 40 to 40 x 20", "%d x %d to %d x %d".formatted(report.findings().get(0).smallest().width(), report.findings().get(0).smallest().height(),
            report.findings().get(0).largest().width(), report.findings().get(0).largest().height()));
    }

    /** Three of the four images have other proportions; of the one that is cut most a quarter of the area is left. */
    @Test
    void edgesThatAreCutOffAreCountedAndSaid() throws Exception {
        write("cat/1.png", 1, 20, 20, BufferedImage.TYPE_INT_RGB);
        write("cat/2.png", 2, 40, 20, BufferedImage.TYPE_INT_RGB);
        write("dog/3.png", 3, 10, 40, BufferedImage.TYPE_INT_RGB);
        write("dog/4.png", 4, 8, 9, BufferedImage.TYPE_INT_RGB);
        final ReadReport report = read(Split.TRAINING, ImageFit.Way.CROP);
        assertEquals(List.of("edges cut off|null|3|cat/2.png|up to 75% of an image"), text(report, "edges"));
        assertEquals(List.of("made smaller|null|2|cat/1.png|up to 1.3 pixels of an edge became one"), text(report, "made"));
        assertTrue(report.doubt().startsWith("3 images lost edges to get 16 x 16 pixels (up to 75% of an image): a mark there is lost, too, and is not looked for."
            + " Padding or stretching keeps the edges."), report.doubt());
        assertEquals(List.of(), text(read(Split.TRAINING, ImageFit.Way.PAD), "edges"));
    }

    @Test
    void imagesWithTwoLabelsAndThoseInTrainingAndTestAreNamed() throws Exception {
        for (String part : List.of("train", "test")) {
            for (int i = 0; i < 8; i++) {
                write(part + "/cat/" + i + ".png", i + (part.equals("train") ? 0 : 100));
                write(part + "/dog/" + i + ".png", i + (part.equals("train") ? 200 : 300));
            }
        }
        write("train/dog/same.png", 3);
        write("train/dog/nearly.png", 5, 40, 40, BufferedImage.TYPE_INT_RGB);
        write("test/cat/leak.png", 7);
        final ReadReport report = read(Split.ALL);
        assertEquals(List.of("part training|cat|8|train/cat/0.png|null", "part training|dog|10|train/dog/0.png|null", "part test|cat|9|test/cat/0.png|null",
            "part test|dog|8|test/dog/0.png|null", "made smaller|null|35|train/cat/0.png|up to 2.5 pixels of an edge became one",
            "same pixels, another class|cat|1|train/cat/3.png|train/cat/3.png = train/dog/same.png",
            "same pixels, another class|dog|1|train/cat/3.png|train/cat/3.png = train/dog/same.png",
            "nearly the same, another class|cat|1|train/cat/5.png|train/cat/5.png = train/dog/nearly.png",
            "nearly the same, another class|dog|1|train/cat/5.png|train/cat/5.png = train/dog/nearly.png",
            "same pixels, another part|cat|2|train/cat/7.png|train/cat/7.png = test/cat/leak.png"), text(report).subList(2, 12));
        assertEquals("2 images (same pixels) and 2 images (nearly) are in another class, too. 2 images (same pixels) are in another part of the set, too:"
            + " what is measured on the test images is partly known from the training. The Report names them.", report.doubt());
        assertEquals("", read(Split.TEST).doubt());
    }

    @Test
    void smallAndEmptyClassesAndNamesThatLookTheSameAreSaid() throws Exception {
        for (int i = 0; i < 50; i++) {
            write("cat/" + i + ".png", i);
        }
        write("Cat/1.png", 60);
        write("dog_small/1.png", 61);
        write("dog small/1.png", 62);
        Files.createDirectories(root.resolve("bird"));
        Files.createDirectories(root.resolve("fish"));
        Files.writeString(root.resolve("fish/1.png"), "no image");
        final ReadReport report = read(Split.TRAINING);
        final String limits = "fewer than the 50 of the Backdoor Auditor and the 30 of a cut-off by scores";
        assertEquals(List.of("few images|Cat|1|Cat/1.png|" + limits, "few images|dog small|1|dog small/1.png|" + limits, "few images|dog_small|1|dog_small/1.png|" + limits),
            text(report, "few"));
        assertEquals(List.of("no images|fish|0|null|null"), text(report, "no images"));
        assertEquals(List.of("names alike|Cat|2|Cat/1.png|Cat, cat", "names alike|dog small|2|dog small/1.png|dog small, dog_small"), text(report, "names"));
        assertEquals("3 of 5 classes have fewer than 50 images, too few for a verdict: Cat, dog small, dog_small. No image was read of fish."
            + " The names of the classes Cat, cat look the same. If they are one, set 'Classes to merge'."
            + " The names of the classes dog small, dog_small look the same. If they are one, set 'Classes to merge'.", report.doubt());
        assertEquals("1 folder of '%s' is empty, the first: 'bird'.".formatted(root), report.notes().get(0));
        assertEquals(1, report.lines().stream().filter(line -> line.outcome().equals("an empty folder")).mapToInt(ReportLine::count).sum());
    }

    @Test
    void moreThanAFewAreCounted() throws Exception {
        write("cat/1.png", 1);
        for (int i = 0; i < 12; i++) {
            write("dog/" + i + ".png", 50);
            Files.writeString(root.resolve("cat/notes" + i + ".doc"), "no image");
        }
        final ReadReport report = read(Split.TRAINING);
        assertEquals(List.of("same pixels, same class|dog|12|dog/0.png|dog/0.png = dog/1.png, dog/0.png = dog/10.png, dog/0.png = dog/11.png, dog/0.png = dog/2.png,"
            + " dog/0.png = dog/3.png and 6 more"), text(report, "same"));
        assertEquals("cat/notes0.doc, cat/notes1.doc, cat/notes10.doc, cat/notes11.doc, cat/notes2.doc and 7 more",
            report.lines().stream().filter(line -> line.count() == 12 && line.label() == null).findFirst().orElseThrow().details());
    }

    /** CIFAR's and MNIST's files tell the part, too. */
    @Test
    void leaksBetweenFilesOfRecordsAreFound() throws Exception {
        final var random = new SplittableRandom(4);
        final var one = new byte[3073];
        random.nextBytes(one);
        final var other = new byte[3073];
        random.nextBytes(other);
        one[0] = 3;
        other[0] = 4;
        Files.write(root.resolve("data_batch_1.bin"), ByteBuffer.allocate(2 * 3073).put(other).put(one).array());
        Files.write(root.resolve("test_batch.bin"), one);
        final ReadReport report = read(Split.ALL);
        assertEquals(List.of("part training|cat|1|data_batch_1#1|null", "part training|deer|1|data_batch_1#0|null", "part test|cat|1|test_batch#0|null"),
            text(report, "part"));
        assertEquals(List.of("same pixels, another part|cat|2|data_batch_1#1|data_batch_1#1 = test_batch#0"), text(report, "same pixels"));
    }

    @Test
    void leaksBetweenMnistsFilesAreFound() throws Exception {
        final var pixels = new byte[3 * 784];
        new SplittableRandom(4).nextBytes(pixels);
        idx("train", 2, pixels);
        idx("t10k", 1, pixels, 784);
        assertEquals(List.of("same pixels, another part|0|1|train#1|train#1 = t10k#0", "same pixels, another part|1|1|train#1|train#1 = t10k#0"),
            text(read(Split.ALL), "same pixels, another part"));
    }

    private void idx(final String part, final int count, final byte[] pixels) throws IOException {
        idx(part, count, pixels, 0);
    }

    private void idx(final String part, final int count, final byte[] pixels, final int from) throws IOException {
        zip(part + "-images-idx3-ubyte.gz", ByteBuffer.allocate(16 + 784 * count).putInt(0x803).putInt(count).putInt(28).putInt(28).put(pixels, from, 784 * count));
        final ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            labels.put((byte)i);
        }
        zip(part + "-labels-idx1-ubyte.gz", labels);
    }

    private void zip(final String name, final ByteBuffer content) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(content.array());
        }
        Files.write(root.resolve(name), bytes.toByteArray());
    }

    /** However many threads decode, the same is found. */
    @Test
    void findingsDoNotDependOnThreads() throws Exception {
        for (int i = 0; i < 40; i++) {
            write((i % 2 == 0 ? "cat/" : "dog/") + i + ".png", i / 3);
        }
        final var first = text(read(Split.TRAINING));
        final var runs = new ArrayList<List<String>>();
        for (int i = 0; i < 5; i++) {
            runs.add(text(read(Split.TRAINING)));
        }
        runs.forEach(run -> assertEquals(first, run));
    }
}
