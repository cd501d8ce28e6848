package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;

/** Folders as people have them, and what is said of each file in them. */
class FolderLayoutTest {

    private static final ImageShape SHAPE = new ImageShape(3, 4, 5);

    @TempDir
    Path folder;

    private ImageFit fit;

    private final List<String> read = new ArrayList<>();

    private void image(final String... paths) throws IOException {
        for (String path : paths) {
            final byte[] pixels = new byte[SHAPE.size()];
            Arrays.fill(pixels, (byte)path.hashCode());
            file(path, ImageCodec.encodePng(pixels, SHAPE));
        }
    }

    private void file(final String path, final byte[] content) throws IOException {
        final Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] encoded(final String format, final int width, final int height) throws IOException {
        final var out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), format, out));
        return out.toByteArray();
    }

    private ReadReport read(final Split split, final ClassLevel level, final boolean skip, final String... classes) throws Exception {
        read.clear();
        return LabelledImageReader.read(new ReaderOptions(folder, ImageSetFormat.GUESS, split, List.of(classes), 0, List.of(), 1, skip, level, fit, LabelOptions.NONE),
            image -> {
                assertTrue(fit == null || image.shape().height() == fit.height() && image.shape().width() == fit.width(), image.key());
                read.add(image.label() + " < " + image.key());
            }, TaskMonitor.none());
    }

    private String failure(final Split split) {
        return assertThrows(IOException.class, () -> read(split, ClassLevel.FIRST, false)).getMessage();
    }

    private static List<String> lines(final ReadReport report) {
        return report.lines().stream().map(line -> "%s|%s|%s|%d|%s".formatted(line.label(), line.ending(), line.outcome(), line.count(), line.smallest())).toList();
    }

    @Test
    void foldersAreReadAtAnyDepth() throws Exception {
        image("cat/1.png", "cat/tabby/2.png", "cat/tabby/kitten/3.png", "dog/1.png");
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
        assertEquals(List.of("cat < cat/1.png", "cat < cat/tabby/2.png", "cat < cat/tabby/kitten/3.png", "dog < dog/1.png"), read);
        assertEquals("", report.warning());
        read(Split.TRAINING, ClassLevel.LAST, false);
        assertEquals(List.of("cat < cat/1.png", "tabby < cat/tabby/2.png", "kitten < cat/tabby/kitten/3.png", "dog < dog/1.png"), read);
    }

    @ParameterizedTest
    @CsvSource({"train, val, test", "Train, Valid, Test", "TRAINING, Validation, TESTING", "training, dev, test"})
    void partsHaveManyNames(final String training, final String validation, final String test) throws Exception {
        image(training + "/cat/1.png", validation + "/cat/2.png", test + "/cat/3.png");
        assertEquals("", read(Split.TRAINING, ClassLevel.FIRST, false).warning());
        assertEquals(List.of("cat < cat/1.png"), read);
        read(Split.VALIDATION, ClassLevel.FIRST, false);
        assertEquals(List.of("cat < cat/2.png"), read);
        read(Split.TEST, ClassLevel.FIRST, false);
        assertEquals(List.of("cat < cat/3.png"), read);
        read(Split.ALL, ClassLevel.FIRST, false);
        assertEquals(List.of("cat < %s/cat/1.png".formatted(training), "cat < %s/cat/2.png".formatted(validation), "cat < %s/cat/3.png".formatted(test)), read);
    }

    @Test
    void validationStandsInForTheTestAndSaysSo() throws Exception {
        image("train/cat/1.png", "valid/cat/2.png");
        assertEquals("There is no folder 'test': the images of 'valid' are read.", read(Split.TEST, ClassLevel.FIRST, false).warning());
        assertEquals(List.of("cat < cat/2.png"), read);
    }

    /** Nobody is warned of what was asked for, but an image that was not read is told. */
    @Test
    void partsThatAreLeftOutAreCounted() throws Exception {
        image("train/cat/1.png", "valid/cat/2.png", "test/cat/3.png", "test/4.png");
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
        assertEquals("", report.warning());
        assertEquals(List.of("cat|png|read|1|3x4x5", "null|png|in a part that 'Split' leaves out|3|null"), lines(report));
        assertEquals(List.of("cat|png|read|1|3x4x5", "null|png|in a part that 'Split' leaves out|3|null"), lines(read(Split.VALIDATION, ClassLevel.FIRST, false)));
        assertTrue(lines(read(Split.ALL, ClassLevel.FIRST, false)).stream().noneMatch(line -> line.contains("leaves out")));
    }

    @Test
    void missingPartsAreNamed() throws Exception {
        image("val/cat/1.png");
        assertEquals("'%s' has no folder 'train'. It has 'val'.".formatted(folder), failure(Split.TRAINING));
        image("Val/cat/1.png".replace("Val", "valid"));
        assertEquals("'%s' has two folders for one part, 'val' and 'valid'. Keep one of them, or choose it as the path.".formatted(folder), failure(Split.TEST));
    }

    /** GTSRB as it comes: Train, Test and Meta, the test images flat. */
    @Test
    void foldersBesideThePartsAreCounted() throws Exception {
        image("Train/0/a.png", "Train/10/b.png", "Train/2/c.png", "Test/1.png", "Test/2.png", "Meta/0.png", "Meta/1.png", "Meta/2.png");
        file("Train.csv", new byte[0]);
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
        assertEquals(List.of("0 < 0/a.png", "10 < 10/b.png", "2 < 2/c.png"), read);
        assertEquals("3 files were passed over, in another part of the set (3 .png), the first: 'Meta/0.png' of '%s'.".formatted(folder), report.warning());
        assertEquals(List.of("0|png|read|1|3x4x5", "2|png|read|1|3x4x5", "10|png|read|1|3x4x5", "null|csv|a document|1|null",
            "null|png|in a part that 'Split' leaves out|2|null", "null|png|in another part of the set|3|null"), lines(report));
        assertTrue(failure(Split.TEST).contains("' holds 2 images, but none of them lies in a folder of a class."), failure(Split.TEST));
    }

    @Test
    void aPathThatIsOneFolderOffIsDoubted() throws Exception {
        image("seg_train/seg_train/sea/1.png", "seg_test/seg_test/sea/1.png", "other/1.png");
        assertEquals("seg_test, seg_train look like parts of a set, but are read as classes. Choose the folder that holds the folders of the classes.",
            read(Split.TRAINING, ClassLevel.FIRST, false).warning());
        assertEquals("", read(Split.TRAINING, ClassLevel.LAST, false).warning());
    }

    @Test
    void oneClassOfFoldersIsDoubted() throws Exception {
        image("PetImages/cat/1.png", "PetImages/dog/1.png");
        assertTrue(read(Split.TRAINING, ClassLevel.FIRST, false).warning().startsWith("All images are of one class, 'PetImages'."));
        image("PetImages/1.png");
        assertEquals("", read(Split.TRAINING, ClassLevel.FIRST, false).warning());
    }

    @Test
    void setsThatWereWrittenIntoTheSetAreCounted() throws Exception {
        image("cat/1.png", "dog/1.png", "written/train/cat/1.png");
        file("written/.spectralsignatures-written", new byte[0]);
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
        assertEquals(List.of("cat < cat/1.png", "dog < dog/1.png"), read);
        assertTrue(report.warning().contains("written into the set by a Labelled Image Writer"), report.warning());
    }

    @Test
    void linksThatLeadIntoEachOtherEnd() throws Exception {
        image("a/1.png", "b/1.png");
        for (String link : List.of("x", "y", "z")) {
            Files.createSymbolicLink(folder.resolve("a").resolve(link), folder.resolve("b"));
            Files.createSymbolicLink(folder.resolve("b").resolve(link), folder.resolve("a"));
        }
        read(Split.TRAINING, ClassLevel.FIRST, false);
        assertEquals(8, read.size(), "each image by itself, and once behind each link: " + read);
    }

    @Test
    void imagesBesideTheClassesAreCounted() throws Exception {
        image("cat/1.png", "2.png", "3.png");
        assertEquals("2 files were passed over, in no folder of a class (2 .png), the first: '2.png' of '%s'.".formatted(folder),
            read(Split.TRAINING, ClassLevel.FIRST, false).warning());
    }

    @Test
    void leftoversOfSystemsAreNoClasses() throws Exception {
        image("@eaDir/thumb.png", "__MACOSX/cat/1.png", ".cache/x.png", "cat/1.png", "cat/@eaDir/1.png", "cat/._1.png", "#recycle/z.png");
        for (String name : List.of(".DS_Store", "cat/Thumbs.db", "cat/desktop.ini", "LICENSE.txt", "cat/README.md")) {
            file(name, "BM text".getBytes(StandardCharsets.UTF_8));
        }
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
        assertEquals(List.of("cat < cat/1.png"), read);
        assertEquals("", report.warning());
        assertEquals(List.of("cat|png|read|1|3x4x5", "null|md|a document|1|null", "null|txt|a document|1|null"),
            lines(report).stream().filter(line -> !line.contains("left by a system")).toList());
        assertEquals(9, report.lines().stream().filter(line -> line.outcome().equals("left by a system")).mapToInt(ReportLine::count).sum());
    }

    @Test
    void kindsAreToldByContentWhereTheEndingIsUnknown() throws Exception {
        image("cat/1.png", "cat/2.image", "cat/noending");
        file("cat/3.gif", encoded("gif", 5, 4));
        file("cat/4.bmp", encoded("bmp", 5, 4));
        file("cat/5.png", encoded("jpg", 5, 4));
        file("cat/6.jpg", "P3 5 4 255 ".concat("7 ".repeat(60)).getBytes(StandardCharsets.UTF_8));
        file("cat/notes.bin", "BM is how this text begins".getBytes(StandardCharsets.UTF_8));
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
        assertEquals(7, read.size(), read.toString());
        assertEquals("1 file was passed over, no image (1 .bin), the first: 'cat/notes.bin' of '%s'.".formatted(folder), report.warning());
    }

    /** An image that was not read is an image that was not checked. */
    @Test
    void imagesOfAKindThatIsNotReadStopTheNodeOrAreCounted() throws Exception {
        image("cat/1.png", "dog/1.png");
        file("cat/2.heic", new byte[100]);
        file("cat/3.heic", new byte[100]);
        final String message = failure(Split.TRAINING);
        assertTrue(message.contains("Image 'cat/2.heic'") && message.contains("no " + ImageCodec.KINDS + " image"), message);
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, true);
        assertTrue(report.warning().startsWith("2 of 4 images were skipped: 2 of a kind that is not read. The first: Image 'cat/2.heic'"), report.warning());
        assertEquals(List.of("cat|png|read|1|3x4x5", "cat|heic|of a kind that is not read|2|null", "dog|png|read|1|3x4x5"), lines(report));
    }

    @Test
    void sizesAndWhatWasNotChosenAreInTheReport() throws Exception {
        image("cat/1.png", "dog/1.png", "emu/1.png", "emu/2.png");
        file("cat/2.png", encoded("png", 50, 40));
        file("cat/3.png", encoded("png", 6, 4));
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, true, "cat", "dog");
        assertEquals(List.of("cat|png|read|1|3x4x5", "cat|png|of another size|2|3x4x6", "dog|png|read|1|3x4x5", "emu|png|not chosen|2|null"), lines(report));
        assertEquals(new ImageShape(3, 40, 50), report.lines().get(1).largest());
        assertEquals("cat/2.png", report.lines().get(1).first());
    }

    @Test
    void imagesOfAnySizeAreBroughtToOne() throws Exception {
        image("cat/1.png");
        file("cat/2.jpg", encoded("jpg", 500, 400));
        file("dog/1.png", encoded("png", 3, 700));
        for (ImageFit.Way way : ImageFit.Way.values()) {
            fit = new ImageFit(way, 16, 24);
            final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
            assertEquals(3, read.size());
            assertEquals(List.of("cat|jpg|read|1|3x400x500", "cat|png|read|1|3x4x5", "dog|png|read|1|3x700x3"), lines(report));
            assertEquals(new ImageShape(3, 16, 24), LabelledImageReader.inspect(
                new ReaderOptions(folder, ImageSetFormat.GUESS, Split.ALL, List.of(), 0, List.of(), 1, false, ClassLevel.FIRST, fit, LabelOptions.NONE)).shape());
        }
    }

    @Test
    void formsOfUnicodeAreOneClass() throws Exception {
        image("caf\u00e9/1.png", "cafe\u0301/2.png", "dog/3.png");
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false, "cafe\u0301");
        assertEquals(2, read.size(), "the file system must keep both: " + read);
        assertTrue(read.stream().allMatch(image -> image.startsWith("caf\u00e9 < ")), read.toString());
        assertEquals("Folders 'caf\u00e9' in several forms of Unicode are read as one class.", report.warning());
    }

    @Test
    void linksThatLeadBackAreCounted() throws Exception {
        image("cat/1.png");
        Files.createSymbolicLink(folder.resolve("cat/back"), folder.resolve("cat"));
        Files.createSymbolicLink(folder.resolve("cat/root"), folder);
        Files.createSymbolicLink(folder.resolve("dog"), folder.resolve("cat"));
        final ReadReport report = read(Split.TRAINING, ClassLevel.FIRST, false);
        assertTrue(read.contains("cat < cat/1.png") && read.contains("dog < dog/1.png"), read.toString());
        assertTrue(report.warning().contains("behind a link that leads back"), report.warning());
    }

    /** A folder of images named like a part, beside others, is a class; where parts hold the classes it is a part. */
    @Test
    void classesMayBeNamedLikeParts() throws Exception {
        image("test/1.png", "exam/2.png", "Train/3.png");
        for (Split split : List.of(Split.ALL, Split.TRAINING)) {
            assertEquals("'Train', 'test': read as a class, not as a part of the set, since it holds no folders and lies beside others.",
                read(split, ClassLevel.FIRST, false).warning());
            assertEquals(List.of("Train < Train/3.png", "exam < exam/2.png", "test < test/1.png"), read);
        }
        assertTrue(failure(Split.TEST).contains("Choose the split 'All'"));
        image("Train/cat/4.png");
        assertEquals(1, read(Split.TRAINING, ClassLevel.FIRST, false).images());
        assertEquals(List.of("cat < cat/4.png"), read);
    }

    @Test
    void classesThatDifferInCaseOnlyAreSaid() throws Exception {
        image("Cat/1.png", "dog/1.png", "cat/2.png");
        final String doubt = read(Split.ALL, ClassLevel.FIRST, false).doubt();
        assertTrue(doubt.endsWith("The names of the classes Cat, cat look the same. If they are one, set 'Classes to merge'."), doubt);
        assertFalse(read(Split.ALL, ClassLevel.FIRST, false, "Cat", "dog").doubt().contains("look the same"));
    }

    /** Only a shell can make such names here. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void namesThatReadTheSameAreRefused() throws Exception {
        image("cat/1.png", "cat/caf\u00e9.png");
        assertEquals(0, new ProcessBuilder("sh", "-c", "cp 1.png \"$(printf 'caf\\351.png')\"").directory(folder.resolve("cat").toFile()).start().waitFor());
        assertTrue(failure(Split.ALL).contains("holds two files whose names are both read as 'caf\u00e9.png'"), failure(Split.ALL));
        Files.delete(folder.resolve("cat/caf\u00e9.png"));
        read(Split.ALL, ClassLevel.FIRST, false);
        assertEquals(List.of("cat < cat/1.png", "cat < cat/caf\u00e9.png"), read);
    }
}
