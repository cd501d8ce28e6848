package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;

/** Sets whose classes are told by a file or by the names of the images. */
class ToldLabelsTest {

    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();

    private void image(final int width, final int height, final String... paths) throws IOException {
        for (String path : paths) {
            final Path file = folder.resolve("images").resolve(path);
            Files.createDirectories(file.getParent());
            final var shape = new ImageShape(3, height, width);
            final var pixels = new byte[shape.size()];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte)(i % width);
            }
            Files.write(file, ImageCodec.encodePng(pixels, shape));
        }
    }

    private ReadReport read(final ImageSetFormat format, final Split split, final LabelOptions labels, final boolean skip) throws Exception {
        read.clear();
        return LabelledImageReader.read(new ReaderOptions(folder.resolve("images"), format, split, List.of(), 0, List.of(), 1, skip, ClassLevel.FIRST, null, labels),
            image -> read.add("%s < %s %dx%d %d".formatted(image.label(), image.key(), image.shape().width(), image.shape().height(), image.pixels()[0])), TaskMonitor.none());
    }

    private LabelOptions file(final String name, final Charset charset, final String... lines) throws IOException {
        return new LabelOptions("", Files.write(folder.resolve(name), (String.join("\n", lines) + "\n").getBytes(charset)), "", "", false);
    }

    private ReadReport labels(final Split split, final String... lines) throws Exception {
        return read(ImageSetFormat.LABELS_FILE, split, file("labels.csv", StandardCharsets.UTF_8, lines), false);
    }

    private String failure(final String... lines) {
        return assertThrows(IOException.class, () -> labels(Split.ALL, lines)).getMessage().replace(folder.toString(), "FOLDER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename,label", "Label;File_Name", "image\tclass", "\ufeffid,target", "name, species"})
    void columnsAndSeparatorsAreFound(final String header) throws Exception {
        image(4, 4, "a.png", "b.png");
        final char separator = header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
        final boolean swapped = header.startsWith("Label");
        labels(Split.TRAINING, header, swapped ? "dog;b.png" : "b.png" + separator + "dog", swapped ? "cat;a.png" : "a.png" + separator + "\"cat\"");
        assertEquals(List.of("dog < b.png 4x4 0", "cat < a.png 4x4 0"), read);
    }

    /** Excel's first line, its line ends, and a quoted name with a separator in it. */
    @Test
    void excelsTablesAreRead() throws Exception {
        image(4, 4, "a;1.png", "b.png");
        labels(Split.ALL, "\ufeffsep=;\r", "file;label\r", "\"a;1.png\";cat, tabby\r", "b.png;\"the \"\"dog\"\"\"\r");
        assertEquals(List.of("cat, tabby < a;1.png 4x4 0", "the \"dog\" < b.png 4x4 0"), read);
    }

    @Test
    void columnsMayBeNamed() throws Exception {
        image(4, 4, "a.png");
        final Path file = file("l.csv", StandardCharsets.UTF_8, "what,where,label", "cat,a.png,9").file();
        read(ImageSetFormat.LABELS_FILE, Split.ALL, new LabelOptions("", file, "where", "what", false), false);
        assertEquals(List.of("cat < a.png 4x4 0"), read);
        final String message = assertThrows(IOException.class,
            () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, new LabelOptions("", file, "there", "what", false), false)).getMessage();
        assertTrue(message.contains("has no column 'there'. Set the file column to one of what, where, label."), message);
    }

    @Test
    void filesWithoutNamesOfColumnsAreRead() throws Exception {
        image(4, 4, "a.png", "b.png");
        labels(Split.ALL, "a.png,cat", "b.png,dog");
        assertEquals(List.of("cat < a.png 4x4 0", "dog < b.png 4x4 0"), read);
    }

    /** By path, Windows' path, name only, and name without ending. */
    @Test
    void imagesAreFoundByPathNameOrStem() throws Exception {
        image(4, 4, "x/a.png", "y/a.png", "x/b.png", "y/deep/c.png", "caf\u00e9.png");
        assertEquals("", labels(Split.ALL, "file,label", "x/a.png,1", "y\\a.png,2", "b.png,3", "c,4", "./cafe\u0301.png,5").warning());
        assertEquals(List.of("1 < x/a.png 4x4 0", "2 < y/a.png 4x4 0", "3 < x/b.png 4x4 0", "4 < y/deep/c.png 4x4 0", "5 < caf\u00e9.png 4x4 0"), read);
    }

    /** GTSRB: semicolons, and the sign within the image; columns count up from left to right in the image of the test. */
    @Test
    void regionsAreCutOut() throws Exception {
        image(50, 40, "00000.png", "00001.png");
        final LabelOptions labels = file("GT-final_test.csv", StandardCharsets.UTF_8, "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId",
            "00000.png;50;40;6;5;46;35;16", "00001.png;50;40;5;6;45;36;1");
        read(ImageSetFormat.LABELS_FILE, Split.ALL, labels, false);
        assertEquals(List.of("16 < 00000.png 50x40 0", "1 < 00001.png 50x40 0"), read);
        read(ImageSetFormat.LABELS_FILE, Split.ALL, new LabelOptions("", labels.file(), "", "", true), false);
        assertEquals(List.of("16 < 00000.png 40x30 6", "1 < 00001.png 40x30 5"), read);
        final var outside = new LabelOptions("", file("o.csv", StandardCharsets.UTF_8, "file,label,xmin,ymin,xmax,ymax", "00000.png,1,0,0,51,40").file(), "", "", true);
        final String message = assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, outside, false)).getMessage();
        assertTrue(message.contains("tells a region of 51 x 40 pixels at row 0, column 0, but the image has 50 x 40 pixels"), message);
        for (String region : List.of("9,0,8,40", "0.1,0.1,0.6,0.7", "NaN,0,8,40", ",,,")) {
            final String header = "file,label,xmin,ymin,xmax,ymax";
            final var wrong = new LabelOptions("", file("w.csv", StandardCharsets.UTF_8, header, "00000.png,1," + region).file(), "", "", true);
            assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, wrong, false)).getMessage().startsWith("The region in row 2 of '"));
            labels(Split.ALL, header, "00000.png,1," + region); // without regions nobody asks
        }
        final var twice = new LabelOptions("", file("t.csv", StandardCharsets.UTF_8, "file,label,x1,y1,x2,y2", "00000.png,1,0,0,5,5", "00000.png,1,9,9,15,15").file(), "", "",
            true);
        assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, twice, false)).getMessage().contains("has several regions, in rows 2 and 3"));
        final var none = new LabelOptions("", file("n.csv", StandardCharsets.UTF_8, "file,label", "00000.png,1").file(), "", "", true);
        assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, none, false)).getMessage().contains("has no columns of regions"));
    }

    /** A missing file must not be replaced by another one of that name. */
    @Test
    void anotherImageOfTheSameNameIsNotTaken() throws Exception {
        image(4, 4, "dog/7.png", "test/2.png", "m/0.png");
        for (String listed : List.of("cat/7.png", "train/2.png", "cat/7", "/other/disk/7.png")) {
            assertTrue(assertThrows(IOException.class, () -> labels(Split.ALL, "file,label", listed + ",x")).getMessage().contains("but there is no such file"), listed);
        }
        labels(Split.ALL, "file,label", "data/set/dog/7.png,a", "C:\\data\\test\\2.png,b", "0.png,c");
        assertEquals(List.of("a < dog/7.png 4x4 0", "b < test/2.png 4x4 0", "c < m/0.png 4x4 0"), read);
    }

    @Test
    void columnsThatLookLikeFilesAreTaken() throws Exception {
        image(4, 4, "0.png", "1.png");
        labels(Split.ALL, "id,name,label", "0,1.png,cat", "1,0.png,dog");
        assertEquals(List.of("cat < 1.png 4x4 0", "dog < 0.png 4x4 0"), read);
        labels(Split.ALL, "filename,x,y,species", "0.png,7,8,cat");
        assertEquals(List.of("cat < 0.png 4x4 0"), read);
        labels(Split.ALL, "", "file;label", "0.png\u00a0;\u200bcat\u00a0");
        assertEquals(List.of("cat < 0.png 4x4 0"), read);
    }

    @Test
    void manyClassesTakeNoLongTime() throws Exception {
        final var lines = new ArrayList<>(List.of("file,label"));
        image(4, 4, "a.png");
        lines.add("a.png,0");
        for (int i = 1; i < 100_000; i++) {
            lines.add(i + ".png,class " + i);
        }
        final LabelOptions labels = file("many.csv", StandardCharsets.UTF_8, lines.toArray(String[]::new));
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertEquals(1, read(ImageSetFormat.LABELS_FILE, Split.ALL, labels, true).images()));
    }

    @Test
    void aColumnOfPartsIsFollowed() throws Exception {
        image(4, 4, "a.png", "b.png", "c.png");
        final String[] lines = {"file,label,Split", "a.png,cat,train", "b.png,cat,TEST", "c.png,dog,Train"};
        assertEquals("", labels(Split.TRAINING, lines).warning());
        assertEquals(List.of("cat < a.png 4x4 0", "dog < c.png 4x4 0"), read);
        labels(Split.TEST, lines);
        assertEquals(List.of("cat < b.png 4x4 0"), read);
        final ReadReport report = labels(Split.TRAINING, "file,label,split", "a.png,cat,train", "b.png,cat,test", "c.png,dog,holdout");
        assertEquals(List.of("cat|read|1", "null|in another part of the set|2"), report.lines().stream()
            .map(l -> "%s|%s|%d".formatted(l.label(), l.outcome(), l.count())).toList());
        assertTrue(report.warning().startsWith("1 row is of '") && report.warning().endsWith("of the part 'holdout', which is none that is known, and not read."),
            report.warning());
        assertTrue(assertThrows(IOException.class, () -> labels(Split.VALIDATION, lines)).getMessage().contains("is of the split 'val': its column says train, TEST, Train"));
        assertTrue(assertThrows(IOException.class, () -> labels(Split.TEST, "file,label", "a.png,cat")).getMessage().contains("has no column 'split'"));
    }

    @Test
    void whatIsNotListedNotThereOrWithoutAClassIsCounted() throws Exception {
        image(4, 4, "a.png", "b.png", "c.png", "d.png");
        final LabelOptions labels = file("labels.csv", StandardCharsets.UTF_8, "file,label", "a.png,cat", "gone.png,cat", "b.png,", "c.png,dog");
        final ReadReport report = read(ImageSetFormat.LABELS_FILE, Split.ALL, labels, true);
        assertEquals(2, report.images());
        assertTrue(report.warning().startsWith("1 image is not listed in '" + labels.file() + "', the first: 'd.png'."), report.warning());
        assertTrue(report.warning().contains("2 of 4 images were skipped: 1 not readable, 1 with an unknown label"), report.warning());
        assertTrue(report.warning().contains("Row 3 of '%s' lists it, but there is no such file".formatted(labels.file())), report.warning());
        assertEquals(List.of("cat|read|1", "cat|not readable|1", "dog|read|1", "null|not listed|1", "null|with an unknown label|1"),
            report.lines().stream().map(l -> "%s|%s|%d".formatted(l.label(), l.outcome(), l.count())).toList());
        assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, labels, false)).getMessage().contains("'gone.png'"));
        final ReadReport first = labels(Split.ALL, "file,label", "c.png,dog", "b.png,");
        assertTrue(first.warning().endsWith("Image 'b.png' of '%s' cannot be used: Row 3 of '%s' names no class.".formatted(folder.resolve("images"), labels.file())),
            first.warning());
        assertEquals("b.png", first.lines().get(first.lines().size() - 1).first());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/me/set/e.png", "C:\\set\\e.png", "s3://bucket/e.png"})
    void pathsOfAnotherMachineAreExplained(final String listed) throws Exception {
        image(4, 4, "a.png");
        final String message = failure("file,label", listed + ",cat");
        assertTrue(message.contains("It is the path of another place: take away from the list what stands before the paths below 'FOLDER/images'."), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"file,label~a.png,cat~a.png,dog | 'a.png' is of class 'cat' in row 2 of 'FOLDER/labels.csv', but of class 'dog' in row 3.",
        "file,label | 'FOLDER/labels.csv' lists no images.", "file,colour~a.png,cat | 'FOLDER/labels.csv' has no column that looks like that of the classes",
        "file,label~a.png | Row 2 of 'FOLDER/labels.csv' has 1 of 2 cells.", "file,label~\"a.png,cat | is no table"})
    void tablesThatAreWrongAreNamed(final String lines, final String message) throws Exception {
        image(4, 4, "a.png");
        assertTrue(failure(lines.split("~")).contains(message), failure(lines.split("~")));
    }

    @Test
    void otherEncodingsAreNamed() throws Exception {
        image(4, 4, "a.png");
        final LabelOptions latin = file("l.csv", StandardCharsets.ISO_8859_1, "file,label", "a.png,caf\u00e9");
        assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, latin, false)).getMessage().contains("is not in UTF-8"));
        final LabelOptions wide = file("w.csv", StandardCharsets.UTF_16LE, "file,label", "a.png,cat");
        assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, wide, false)).getMessage().contains("zero bytes"));
        assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.LABELS_FILE, Split.ALL, LabelOptions.NONE, false)).getMessage().contains("No labels file is set"));
    }

    @Test
    void theSameClassTwiceIsOneImage() throws Exception {
        image(4, 4, "a.png");
        labels(Split.ALL, "file,label", "a.png,cat", "a,cat");
        assertEquals(List.of("cat < a.png 4x4 0"), read);
    }

    @ParameterizedTest
    @CsvSource({"{label}_*, cat_1.png;big_dog_2.png, cat;big", "*-{label}, 1-cat.png;2-big-dog.png, cat;dog", "{label}.*.jpg, cat.0.jpg;dog.1.jpg, cat;dog",
        "img_*_{label}_*, img_7_cat_x.png;img_8_dog_.png, cat;dog", "{label}.png, a+b.png;c(d).png, a+b;c(d)",
        "{label}_#, american_bulldog_1.png;american_pit_bull_12.png, american_bulldog;american_pit_bull"})
    void namesTellClasses(final String pattern, final String names, final String classes) throws Exception {
        image(4, 4, names.split(";"));
        read(ImageSetFormat.FILE_NAMES, Split.TRAINING, new LabelOptions(pattern, null, "", "", false), false);
        assertEquals(List.of(classes.split(";")).stream().sorted().toList(), read.stream().map(image -> image.substring(0, image.indexOf(" < "))).sorted().toList());
    }

    @Test
    void namesThatDoNotFitAreCounted() throws Exception {
        image(4, 4, "train/cat_1.png", "train/deep/dog_1.png", "train/bird.png", "test/cat_2.png");
        final ReadReport report = read(ImageSetFormat.FILE_NAMES, Split.TRAINING, LabelOptions.NONE, false);
        assertEquals(List.of("cat < cat_1.png 4x4 0", "dog < deep/dog_1.png 4x4 0"), read);
        assertEquals("1 file was passed over, with a name that tells no class (1 .png), the first: 'train/bird.png' of '%s'.".formatted(folder.resolve("images")),
            report.warning());
        final var other = new LabelOptions("{label}~*", null, "", "", false);
        assertTrue(assertThrows(IOException.class, () -> read(ImageSetFormat.FILE_NAMES, Split.TRAINING, other, false)).getMessage()
            .contains("holds 3 images, but no name fits the pattern, such as 'train/bird.png'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"*.png | must have {label} once", "{label}{label} | must have {label} once", "{label}* | nothing tells where the class ends",
        "*{label}.png | nothing tells where the class ends"})
    void patternsThatTellNothingAreRefused(final String pattern, final String message) {
        final String found = assertThrows(IllegalArgumentException.class, () -> LabelOptions.checkPattern(pattern)).getMessage();
        assertTrue(found.contains(message), found);
    }
}
