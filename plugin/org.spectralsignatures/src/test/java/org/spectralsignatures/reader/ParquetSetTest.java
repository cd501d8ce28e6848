package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Sets in Parquet files, as Hugging Face's datasets and PyArrow wrote them ({@code record.py}): image i has the gray value 10 i. */
class ParquetSetTest {

    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();

    private static Path recorded(final String name) {
        try {
            return Path.of(ParquetSetTest.class.getResource("parquet").toURI()).resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ReaderOptions options(final Path path, final Split split, final boolean skip) {
        return new ReaderOptions(path, ImageSetFormat.GUESS, split, List.of(), 0, List.of(), 1, skip);
    }

    private static ReaderOptions columns(final String file, final String image, final String label) {
        return new ReaderOptions(recorded(file), ImageSetFormat.PARQUET, Split.ALL, List.of(), 0, List.of(), 1, false, ClassLevel.FIRST, null,
            new LabelOptions("", null, "", label, false, image));
    }

    private ReadReport read(final ReaderOptions options) throws IOException, TaskCancelledException {
        read.clear();
        return LabelledImageReader.read(options, image -> read.add("%s < %s %dx%d %d".formatted(image.label(), image.key(), image.shape().width(),
            image.shape().height(), image.pixels()[0] & 0xff)), TaskMonitor.none());
    }

    private String failure(final ReaderOptions options) {
        return assertThrows(IOException.class, () -> read(options)).getMessage().replace(options.path() + "'", "PATH'").replace(options.path().toString(), "PATH");
    }

    private Path copy(final String from, final String to) throws IOException {
        final Path target = folder.resolve(to);
        Files.createDirectories(target.getParent());
        return Files.copy(recorded(from), target);
    }

    @Test
    void imagesOfSeveralFilesKeepFileRowAndName() throws Exception {
        final ReadReport report = read(options(recorded("hub"), Split.TRAINING, false));
        assertEquals(List.of("dog < data/train-00000-of-00002#0/0000.png 4x3 0", "cat < data/train-00000-of-00002#1/0001.png 4x3 10",
            "schöner Ürsus < data/train-00000-of-00002#2/0002.png 4x3 20", "cat < data/train-00000-of-00002#3/0003.png 4x3 30",
            "dog < data/train-00001-of-00002#0/0004.png 4x3 40", "dog < data/train-00001-of-00002#1/0005.png 4x3 50"), read);
        assertEquals("1 of 4 classes has no images: ship. 1 of 7 images were skipped: 1 with an unknown label. The first: Image 'data/train-00001-of-00002#2' of '"
            + recorded("hub") + "' cannot be used: Its label is none of the set's.", report.warning());
        assertEquals(List.of("cat png read 2 data/train-00000-of-00002#1/0001.png", "dog png read 3 data/train-00000-of-00002#0/0000.png",
            "schöner Ürsus png read 1 data/train-00000-of-00002#2/0002.png", "null parquet in another part of the set 2 data/test-00000-of-00001.parquet"),
            report.lines().stream().filter(line -> !line.outcome().contains("unknown"))
                .map(line -> "%s %s %s %d %s".formatted(line.label(), line.ending(), line.outcome(), line.count(), line.first())).toList());
        final ImageSetSummary summary = LabelledImageReader.inspect(options(recorded("hub"), Split.TRAINING, false));
        assertEquals(ImageSetFormat.PARQUET, summary.format());
        assertEquals(List.of("cat", "dog", "schöner Ürsus"), summary.classes());
        assertEquals(new ImageShape(3, 3, 4), summary.shape());
    }

    @Test
    void partsAreToldByNames() throws Exception {
        read(options(recorded("hub"), Split.TEST, false));
        assertEquals(List.of("schöner Ürsus < data/test-00000-of-00001#0/0009.png 4x3 90"), read);
        assertEquals(1, read(options(recorded("hub"), Split.TEST, false)).skipped().count(ImageFault.UNKNOWN_LABEL), "-1 is no label");
        read(options(recorded("hub"), Split.ALL, true));
        assertEquals(8, read.size());
        copy("text.parquet", "set/test/0000.parquet");
        copy("text.parquet", "set/train/0000.parquet");
        read(options(folder.resolve("set"), Split.TEST, false));
        assertEquals("Bär < test/0000#0 4x3 0", read.get(0));
        assertEquals("'PATH' has no file of the part 'val', such as 'val-00000-of-00001.parquet'. It has train, test.",
            failure(options(folder.resolve("set"), Split.VALIDATION, false)));
        assertEquals("'PATH' has no file that is named as one of the part 'test'. Choose the split 'All' to read all.",
            failure(options(recorded("text.parquet"), Split.TEST, false)));
    }

    @Test
    void validationImagesStandInForTestImages() throws Exception {
        copy("text.parquet", "valid.parquet");
        assertEquals(List.of("No file is of the part 'test': those of the part 'val' are read."), read(options(folder, Split.TEST, false)).notes());
    }

    @Test
    void whatIsWrongWithAnImageIsOneLineAndNoFileIsOpenedByItsPath() throws Exception {
        final ReaderOptions broken = options(recorded("hub"), Split.VALIDATION, false);
        assertTrue(failure(broken).startsWith("Image 'data/validation-00000-of-00001#1/8.png' of 'PATH' cannot be used: "), failure(broken));
        final ReadReport report = read(options(recorded("hub"), Split.VALIDATION, true));
        assertEquals(List.of("cat < data/validation-00000-of-00001#0/0007.png 4x3 70"), read);
        assertEquals(2, report.skipped().count(ImageFault.NOT_READABLE));
        assertEquals(3, report.skipped().count());
        assertEquals(List.of("dog  not readable 2"), report.lines().stream().filter(line -> "dog".equals(line.label()))
            .map(line -> "%s %s %s %d".formatted(line.label(), line.ending(), line.outcome(), line.count())).toList());
    }

    @Test
    void rowsWithoutImageSayWhatToDo() {
        final var dogs = new ReaderOptions(recorded("hub"), ImageSetFormat.GUESS, Split.VALIDATION, List.of("dog"), 0, List.of(), 1, false);
        assertEquals("Image 'data/validation-00000-of-00001#2' of 'PATH' cannot be used: Row 2 holds no image. Remove it, or switch on 'Skip unreadable images'.",
            failure(dogs));
        final var paths = new ReaderOptions(recorded("hub"), ImageSetFormat.GUESS, Split.VALIDATION, List.of("dog"), 0, List.of(), 1, true);
        assertTrue(failure(paths).startsWith("No image of 'PATH' could be read. "), failure(paths));
    }

    @Test
    void classesMayBeTextOrNumbers() throws Exception {
        read(options(recorded("text.parquet"), Split.TRAINING, false));
        assertEquals(List.of("Bär < text#0 4x3 0", "10 < text#1 4x3 10", "2 < text#2 4x3 20"), read);
        assertEquals(List.of("2", "10", "Bär"), LabelledImageReader.inspect(options(recorded("text.parquet"), Split.TRAINING, false)).classes());
        assertEquals(List.of("2", "10"), LabelledImageReader.inspect(options(recorded("numbers.parquet"), Split.ALL, false)).classes());
        read(columns("text.parquet", "img", "caption"));
        assertEquals("two < text#1 4x3 10", read.get(1));
    }

    @Test
    void columnsThatAreNotClearAreAskedFor() throws Exception {
        assertEquals("'PATH' has several columns of classes. Set the format to 'Parquet' and 'Class column' to one of fine_label, coarse_label.",
            failure(options(recorded("two-labels.parquet"), Split.ALL, false)));
        read(columns("two-labels.parquet", "", "fine_label"));
        assertEquals(List.of("oak < two-labels#0/0001.png 4x3 10", "maple < two-labels#1/0002.png 4x3 20"), read);
        assertEquals(List.of("3 of 4 classes have no images: dog, schöner Ürsus, ship."), read(columns("two-images.parquet", "mask", "")).notes().stream()
            .filter(note -> !note.startsWith("Column")).toList());
        assertEquals("cat < two-images#0/0002.png 4x3 20", read.get(0));
        assertEquals("Column 'mask' holds images, too, which are not read.", read(options(recorded("two-images.parquet"), Split.ALL, false)).notes().get(0));
        assertEquals("cat < two-images#0/0001.png 4x3 10", read.get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "real.parquet | '' | '' | 'PATH' has no column that looks like that of the classes. No other could be one.",
        "real.parquet | '' | label | Column 'label' of 'PATH' holds fractions, which are no classes: these are text or whole numbers. No other could be one.",
        "unlabelled.parquet | '' | '' | 'PATH' has no column that looks like that of the classes. Set the format to 'Parquet' and 'Class column' to one of width.",
        "unlabelled.parquet | '' | y | 'PATH' has no column 'y'. Set the format to 'Parquet' and 'Class column' to one of width.",
        "text.parquet | x | '' | 'PATH' has no column 'x' of images. Set the format to 'Parquet' and 'Image column' to one of img.",
        "no-image.parquet | '' | '' | 'PATH' has no column of images, which are bytes or groups of 'bytes' and 'path'. Its columns are file (text), label (whole numbers).",
        "outside.parquet | '' | '' | 'PATH', row 1: 7 is no label, since there are 2 classes. Download the file again, or switch on 'Skip unreadable images'.",
        "none.parquet | '' | '' | 'PATH' has no rows."})
    void refusalsNameFileAndColumn(final String file, final String image, final String label, final String message) {
        assertEquals(message, failure(columns(file, image, label)));
    }

    @Test
    void aLabelOutsideOfTheClassesMayBeSkipped() throws Exception {
        assertEquals(1, read(options(recorded("outside.parquet"), Split.ALL, true)).skipped().count(ImageFault.UNKNOWN_LABEL));
        assertEquals(List.of("b < outside#0 4x3 10"), read);
    }

    @Test
    void damagedFilesAreNamed() throws Exception {
        final byte[] whole = Files.readAllBytes(recorded("text.parquet"));
        Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(failure(options(folder, Split.ALL, true)).contains("cut.parquet' cannot be read: It is damaged: It is cut off. Download or copy it again."));
        Files.write(folder.resolve("cut.parquet"), new byte[0]);
        assertTrue(failure(options(folder, Split.ALL, true)).endsWith("cut.parquet' cannot be read: It is empty."));
        Files.writeString(folder.resolve("cut.parquet"), "file,label");
        assertTrue(failure(options(folder, Split.ALL, true)).endsWith("cut.parquet' cannot be read: It is no Parquet file."));
    }

    @Test
    void whatIsMissingOrLiesBesideIsSaid() throws Exception {
        copy("hub/data/train-00001-of-00002.parquet", "data/train-00001-of-00002.parquet");
        Files.writeString(folder.resolve("README.md"), "a set");
        Files.writeString(folder.resolve("data/model.safetensors"), "x");
        final ReadReport report = read(options(folder, Split.TRAINING, false));
        assertEquals(List.of("1 of 2 files are missing, the first: 'data/train-00000-of-00002.parquet'.",
            "1 file lies beside the Parquet files, and not read, the first: 'data/model.safetensors'."), report.notes().subList(0, 2));
        assertTrue(report.lines().stream().anyMatch(line -> line.outcome().equals("a document") && line.first().equals("README.md")));
    }

    @Test
    void filesOfSeveralSetsAreNotOne() throws Exception {
        copy("text.parquet", "a/set.parquet");
        copy("text.parquet", "b/set.parquet");
        final var all = new ReaderOptions(folder, ImageSetFormat.PARQUET, Split.ALL, List.of(), 0, List.of(), 1, false);
        assertTrue(read(all).notes().get(0).startsWith("Folders 'a' and 'b' have files of one name"), read(all).notes().toString());
        copy("hub/data/train-00000-of-00002.parquet", "c/other.parquet");
        assertTrue(failure(all).contains("c/other.parquet' has other names of classes than '"), failure(all));
    }

    /** As before there were Parquet files. */
    @Test
    void imagesBesideParquetFilesAreStillClassFolders() throws Exception {
        copy("text.parquet", "index.parquet");
        Files.createDirectories(folder.resolve("cat"));
        Files.write(folder.resolve("cat/1.png"), ImageCodec.encodePng(new byte[48], new ImageShape(3, 4, 4)));
        final ReadReport report = read(options(folder, Split.TRAINING, false));
        assertEquals(List.of("cat < cat/1.png 4x4 0"), read);
        assertTrue(report.warning().contains("1 file was passed over, no image (1 .parquet), the first: 'index.parquet'"), report.warning());
    }

    @Test
    void imagesAreDrawnAndClassesKept() throws Exception {
        final var one = new ReaderOptions(recorded("hub"), ImageSetFormat.GUESS, Split.TRAINING, List.of("dog", "cat"), 1, List.of(), 5, false);
        final ReadReport report = read(one);
        assertEquals(2, read.size());
        assertEquals(4, report.lines().stream().filter(line -> line.outcome().equals(ReportLine.NOT_CHOSEN)).mapToInt(ReportLine::count).sum());
        final List<String> first = List.copyOf(read);
        read(one);
        assertEquals(first, read);
    }

    @Test
    void readingEndsWhenItIsCancelled() {
        assertThrows(TaskCancelledException.class, () -> LabelledImageReader.read(options(recorded("hub"), Split.ALL, true), image -> { }, new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // not looked at
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                throw new TaskCancelledException();
            }
        }));
    }
}
