package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.NumpyFiles;
import org.spectralsignatures.numpy.RecordedArrays;
import org.spectralsignatures.reader.ArrayOptions.Axes;
import org.spectralsignatures.reader.ArrayOptions.Range;

/** Sets of images in NumPy's files. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NumpySetTest {

    private static final ArrayOptions NONE = ArrayOptions.NONE;

    @TempDir
    Path folder;

    private final List<LabelledImage> images = new ArrayList<>();

    private ReadReport read(final Path path, final Split split, final boolean skip, final ArrayOptions arrays) throws Exception {
        images.clear();
        final var options = new ReaderOptions(path, ImageSetFormat.GUESS, split, List.of(), 0, List.of(), 1, skip, ClassLevel.FIRST, null, LabelOptions.NONE, arrays);
        assertEquals(ImageSetFormat.NUMPY, LabelledImageReader.inspect(options).format());
        return LabelledImageReader.read(options, images::add, TaskMonitor.none());
    }

    private ReadReport read(final Path path, final Split split) throws Exception {
        return read(path, split, false, NONE);
    }

    private String refused(final Path path, final ArrayOptions arrays) {
        final String message = assertThrows(IOException.class, () -> read(path, Split.TRAINING, false, arrays)).getMessage();
        assertTrue(message.contains(path.toString()), message);
        return message;
    }

    private Path write(final String name, final byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private Path npz(final Object... namesAndFiles) throws IOException {
        return write("set.npz", NumpyFiles.npz(true, namesAndFiles));
    }

    private List<String> keys() {
        return images.stream().map(image -> image.key() + " " + image.label()).toList();
    }

    private static byte[] counted(final int length) {
        final byte[] values = new byte[length];
        for (int i = 0; i < length; i++) {
            values[i] = (byte)i;
        }
        return values;
    }

    private static int[] pixels(final LabelledImage image) {
        final int[] pixels = new int[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = image.pixels()[i] & 0xff;
        }
        return pixels;
    }

    private static int[] recorded(final int image) {
        final int[] plane = Arrays.stream(RecordedArrays.IMAGES[image]).flatMapToInt(Arrays::stream).toArray();
        final int[] planes = Arrays.copyOf(plane, 24);
        System.arraycopy(plane, 0, planes, 8, 8);
        System.arraycopy(plane, 0, planes, 16, 8);
        return planes;
    }

    @Test
    void partsAreThoseOfTheNames() throws Exception {
        final Path file = write("mnist.npz", RecordedArrays.compressed());
        final ReadReport report = read(file, Split.TRAINING);
        assertEquals(List.of("mnist.npz/x_train[0] 2", "mnist.npz/x_train[1] 0", "mnist.npz/x_train[2] 2"), keys());
        assertArrayEquals(recorded(1), pixels(images.get(1)));
        assertEquals("", report.warning());
        assertTrue(report.lines().stream().anyMatch(l -> l.outcome().equals("array (3, 2, 4) of uint8, gray, 0 to 255") && l.first().equals("mnist.npz/x_train")),
            report.lines().toString());
        assertTrue(report.lines().stream().anyMatch(l -> l.outcome().equals("in another part of the set") && l.first().equals("mnist.npz/x_test")));
        read(file, Split.TEST);
        assertEquals(List.of("mnist.npz/x_test[0] 1"), keys());
        read(file, Split.ALL);
        assertEquals(4, images.size());
        final String message = assertThrows(IOException.class, () -> read(file, Split.VALIDATION)).getMessage();
        assertTrue(message.contains("has no array of validation images, such as 'x_val'"), message);
    }

    /** Fortran order, big endian, float32 from 0 to 1, and labels of texts, as NumPy wrote them. */
    @Test
    void floatsBecomeTheBytesThatTheyWereMadeOf() throws Exception {
        final ReadReport report = read(write("a.npz", RecordedArrays.stored()), Split.TRAINING);
        assertEquals(List.of("a.npz/images[0] cat", "a.npz/images[1] d\u00f6g", "a.npz/images[2] cat"), keys());
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(recorded(i), pixels(images.get(i)));
        }
        assertTrue(report.lines().stream().anyMatch(l -> l.outcome().equals("array (3, 2, 4) of float32, gray, 0.07451 to 0.9804, times 255")), report.lines().toString());
    }

    @ParameterizedTest
    @CsvSource({"images.npy, labels.npy", "x_train.npy, y_train.npy", "X.npy, y.npy", "trainX.npy, trainY.npy", "train_data.npy, train_labels.npy",
        "cifar10.1_v6_data.npy, cifar10.1_v6_labels.npy", "gaussian_noise.npy, labels.npy"})
    void pairsOfFilesAreFound(final String imagesFile, final String labelsFile) throws Exception {
        final Path file = write(imagesFile, NumpyFiles.bytes(counted(2 * 12), 2, 2, 2, 3));
        write(labelsFile, NumpyFiles.longs(10, 9));
        write("README.txt", new byte[]{'a'});
        read(file, Split.TRAINING);
        assertEquals(List.of(imagesFile + "[0] 10", imagesFile + "[1] 9"), keys());
        assertArrayEquals(new int[]{12, 15, 18, 21, 13, 16, 19, 22, 14, 17, 20, 23}, pixels(images.get(1)));
        read(folder, Split.TRAINING);
        assertEquals(2, images.size());
    }

    @Test
    void archivesOfPartsInAFolderAreOneSet() throws Exception {
        write("train.npz", NumpyFiles.npz(false, "x.npy", NumpyFiles.bytes(counted(8), 2, 2, 2), "y.npy", NumpyFiles.longs(0, 1)));
        write("test.npz", NumpyFiles.npz(false, "x.npy", NumpyFiles.bytes(counted(4), 1, 2, 2), "y.npy", NumpyFiles.longs(1)));
        read(folder, Split.ALL);
        assertEquals(List.of("train.npz/x[0] 0", "train.npz/x[1] 1", "test.npz/x[0] 1"), keys());
        read(folder, Split.TEST);
        assertEquals(1, images.size());
    }

    @Test
    void axesAreToldByTheirLengths() throws Exception {
        final int[] planes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        final byte[] labels = NumpyFiles.longs(1);
        read(npz("x.npy", NumpyFiles.bytes(counted(12), 1, 3, 2, 2), "y.npy", labels), Split.TRAINING);
        assertArrayEquals(planes, pixels(images.get(0)));
        read(npz("x.npy", NumpyFiles.bytes(counted(16), 1, 2, 2, 4), "y.npy", labels), Split.TRAINING);
        assertArrayEquals(new int[]{0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14}, pixels(images.get(0)));
        final Path both = npz("x.npy", NumpyFiles.bytes(counted(18), 1, 3, 2, 3), "y.npy", labels);
        assertTrue(refused(both, NONE).contains("Set 'Axes'"));
        read(both, Split.TRAINING, false, new ArrayOptions("", "", "", Axes.CHANNELS_FIRST, Range.GUESS));
        assertEquals(new ImageShape(3, 2, 3), images.get(0).shape());
        assertEquals(6, pixels(images.get(0))[6]);
        read(both, Split.TRAINING, false, new ArrayOptions("", "", "", Axes.CHANNELS_LAST, Range.GUESS));
        assertEquals(new ImageShape(3, 3, 2), images.get(0).shape());
        assertEquals(1, pixels(images.get(0))[6]);
        assertTrue(refused(npz("x.npy", NumpyFiles.bytes(counted(8), 1, 2, 2, 2), "y.npy", labels), NONE).contains("1, 3 or 4 channels"));
        assertTrue(refused(npz("x.npy", NumpyFiles.bytes(counted(8), 2, 4), "y.npy", NumpyFiles.longs(1, 2)), NONE).contains("reshape"));
    }

    private Path floats(final float... values) throws IOException {
        return npz("x.npy", NumpyFiles.floats(values, 1, 1, values.length), "y.npy", NumpyFiles.longs(1));
    }

    @Test
    void rangeOfFloatsIsToldByAllOfThem() throws Exception {
        read(floats(0, .5f, 1), Split.TRAINING);
        assertArrayEquals(new int[]{0, 128, 255}, Arrays.copyOf(pixels(images.get(0)), 3));
        final ReadReport bytes = read(floats(0, 1, 254.6f), Split.TRAINING);
        assertArrayEquals(new int[]{0, 1, 255}, Arrays.copyOf(pixels(images.get(0)), 3));
        assertTrue(bytes.lines().stream().anyMatch(l -> l.outcome().endsWith("0 to 254.6, rounded")), bytes.lines().toString());
        assertTrue(refused(floats(0, 1, 20), NONE).contains("Set 'Value range'"));
        read(floats(0, 1, 20), Split.TRAINING, false, new ArrayOptions("", "", "", Axes.GUESS, Range.BYTE));
        assertArrayEquals(new int[]{0, 1, 20}, Arrays.copyOf(pixels(images.get(0)), 3));
        assertTrue(refused(floats(0, 1, 20), new ArrayOptions("", "", "", Axes.GUESS, Range.UNIT)).contains("between 0 and 20, but those of pixels between 0 and 1"));
        assertTrue(refused(floats(-1, 1), NONE).contains("between -1 and 1"));
        assertTrue(refused(floats(0, 300), NONE).contains("a * std + mean"));
        assertTrue(refused(floats(0, Float.NaN, 1), NONE).contains("NaN, which is no pixel"));
        assertTrue(refused(floats(Float.NaN, Float.NaN), NONE).contains("none of its values is a number"));
    }

    @Test
    void imagesThatHoldNoNumberAreSkippedAndCounted() throws Exception {
        final ReadReport report = read(npz("x.npy", NumpyFiles.floats(new float[]{0, 1, 0, Float.NaN}, 2, 1, 2), "y.npy", NumpyFiles.longs(1, 2)), Split.TRAINING, true, NONE);
        assertEquals(1, report.images());
        assertTrue(report.warning().contains("1 of 2 images were skipped: 1 damaged"), report.warning());
    }

    @Test
    void wholeNumbersAreBytesWhateverTheirWidth() throws Exception {
        final byte[] wide = NumpyFiles.npy(1, NumpyFiles.header("<i2", false, 1, 1, 2), new byte[]{3, 0, (byte)200, 0});
        read(npz("x.npy", wide, "y.npy", NumpyFiles.longs(1)), Split.TRAINING);
        assertArrayEquals(new int[]{3, 200}, Arrays.copyOf(pixels(images.get(0)), 2));
        final byte[] beyond = NumpyFiles.npy(1, NumpyFiles.header("<i2", false, 1, 1, 2), new byte[]{3, 0, 0, 1});
        assertTrue(refused(npz("x.npy", beyond, "y.npy", NumpyFiles.longs(1)), NONE).contains("between 3 and 256"));
        final byte[] truths = NumpyFiles.npy(1, NumpyFiles.header("|b1", false, 1, 1, 2), new byte[]{0, 1});
        read(npz("x.npy", truths, "y.npy", NumpyFiles.longs(1)), Split.TRAINING);
        assertArrayEquals(new int[]{0, 255}, Arrays.copyOf(pixels(images.get(0)), 2));
        final ReadReport dark = read(npz("x.npy", NumpyFiles.bytes(new byte[]{0, 1}, 1, 1, 2), "y.npy", NumpyFiles.longs(1)), Split.TRAINING);
        assertTrue(dark.warning().contains("no pixel is brighter than 1 of 255"), dark.warning());
        read(npz("x.npy", NumpyFiles.bytes(new byte[]{0, 1}, 1, 1, 2), "y.npy", NumpyFiles.longs(1)), Split.TRAINING, false, new ArrayOptions("", "", "", Axes.GUESS, Range.UNIT));
        assertArrayEquals(new int[]{0, 255}, Arrays.copyOf(pixels(images.get(0)), 2));
    }

    @Test
    void classesAreNamedByAnArray() throws Exception {
        final byte[] x = NumpyFiles.bytes(counted(12), 3, 2, 2);
        read(npz("x.npy", x, "y.npy", NumpyFiles.longs(2, 0, 2), "class_names.npy", NumpyFiles.texts("cat", "dog", "ship")), Split.TRAINING);
        assertEquals(List.of("set.npz/x[0] ship", "set.npz/x[1] cat", "set.npz/x[2] ship"), keys());
        final Path few = npz("x.npy", x, "y.npy", NumpyFiles.longs(2, 0, 2), "class_names.npy", NumpyFiles.texts("cat", "dog"));
        assertTrue(refused(few, NONE).contains("names the classes 0 to 1"));
        final ReadReport report = read(npz("x.npy", x, "y.npy", NumpyFiles.longs(2, 0, 2), "names.npy", NumpyFiles.texts("a.png", "b.png", "c.png")), Split.TRAINING);
        assertEquals("2", images.get(0).label());
        assertTrue(report.warning().contains("a name for each image"), report.warning());
        read(npz("x.npy", x, "y.npy", NumpyFiles.texts("b", "a", "b"), "classes.npy", NumpyFiles.texts("b", "a", "c")), Split.TRAINING);
        assertEquals(List.of("b", "a", "b"), images.stream().map(LabelledImage::label).toList());
    }

    @Test
    void arraysAreToldWhereNamesAndShapesDoNot() throws Exception {
        final byte[] x = NumpyFiles.bytes(counted(8), 2, 2, 2);
        read(npz("arr_0.npy", x, "arr_1.npy", NumpyFiles.longs(3, 4)), Split.TRAINING);
        assertEquals(List.of("set.npz/arr_0[0] 3", "set.npz/arr_0[1] 4"), keys());
        final Path four = npz("arr_0.npy", x, "arr_1.npy", NumpyFiles.longs(3, 4), "arr_2.npy", x, "arr_3.npy", NumpyFiles.longs(5, 6));
        assertTrue(refused(four, NONE).contains("arr_0 (2, 2, 2), arr_1 (2,), arr_2 (2, 2, 2), arr_3 (2,). Set 'Images array' and 'Labels array'."));
        read(four, Split.TEST, false, new ArrayOptions("arr_2", "arr_3.npy", "", Axes.GUESS, Range.GUESS));
        assertEquals(List.of("set.npz/arr_2[0] 5", "set.npz/arr_2[1] 6"), keys());
        assertTrue(refused(four, new ArrayOptions("arr_9", "", "", Axes.GUESS, Range.GUESS)).contains("has no array 'arr_9', which 'Images array' names"));
        assertTrue(refused(npz("x.npy", x), NONE).contains("no labels for them"));
        assertTrue(refused(npz("x.npy", x, "images.npy", x, "y.npy", NumpyFiles.longs(1, 2)), NONE).contains("Set 'Images array'"));
        assertTrue(refused(npz("x.npy", x, "y.npy", NumpyFiles.longs(1)), NONE).contains("holds 2 images, but"));
        assertTrue(refused(npz("x.npy", x, "y.npy", NumpyFiles.npy(1, NumpyFiles.header("|O", false, 2), new byte[40])), NONE).contains("Python objects"));
    }

    /** What was a folder of classes before such files were read stays one. */
    @Test
    void foldersBesideFilesAreStillClasses() throws Exception {
        write("x.npy", NumpyFiles.bytes(counted(8), 2, 2, 2));
        Files.createDirectories(folder.resolve("cat"));
        final var options = new ReaderOptions(folder, ImageSetFormat.GUESS, Split.TRAINING, List.of(), 0, List.of(), 1, false);
        final String message = assertThrows(IOException.class, () -> LabelledImageReader.inspect(options)).getMessage();
        assertTrue(message.contains("folder"), message);
    }
}
