package org.spectralsignatures.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NumpyArraysTest {

    @TempDir
    Path folder;

    private Path write(final String name, final byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private NumpyArray array(final byte[] npy) throws IOException {
        return NumpyArrays.open(write("a.npy", npy)).array("a");
    }

    private static List<Double> numbers(final NumpyArray array) throws Exception {
        final List<Double> numbers = new ArrayList<>();
        try (NumpyItems items = array.open(TaskMonitor.none())) {
            for (long i = 0; i < array.items(); i++) {
                final ByteBuffer item = items.next();
                for (int at = 0; at < item.capacity(); at += array.type().bytes()) {
                    numbers.add(array.type().number(item, at));
                }
            }
        }
        return numbers;
    }

    private static List<String> texts(final NumpyArray array) throws Exception {
        final List<String> texts = new ArrayList<>();
        try (NumpyItems items = array.open(TaskMonitor.none())) {
            for (long i = 0; i < array.items(); i++) {
                texts.add(array.type().text(items.next(), 0));
            }
        }
        return texts;
    }

    private static List<Double> recorded() {
        return Arrays.stream(RecordedArrays.IMAGES).flatMap(Arrays::stream).flatMapToInt(Arrays::stream).mapToObj(v -> (double)v).toList();
    }

    @Test
    void compressedArchivesOfNumPyAreRead() throws Exception {
        final NumpyArrays arrays = NumpyArrays.open(write("mnist.npz", RecordedArrays.compressed()));
        assertEquals(List.of("x_train", "y_train", "x_test", "y_test"), List.copyOf(arrays.names()));
        assertEquals(List.of(3L, 2L, 4L), arrays.array("x_train").shape());
        assertEquals(recorded(), numbers(arrays.array("x_train")));
        assertEquals(List.of("2", "0", "2"), texts(arrays.array("y_train")));
    }

    @Test
    void storedArchivesOfNumPyInFortranOrderAndBigEndianAreRead() throws Exception {
        final NumpyArrays arrays = NumpyArrays.open(write("a.npz", RecordedArrays.stored()));
        final List<Double> numbers = numbers(arrays.array("images"));
        assertEquals(recorded(), numbers.stream().map(v -> (double)Math.round(v * 255)).toList());
        assertEquals((float)recorded().get(1).doubleValue() / 255f, numbers.get(1).floatValue());
        assertEquals(List.of("cat", "d\u00f6g", "cat"), texts(arrays.array("labels")));
        final String message = assertThrows(IOException.class, () -> arrays.array("bad")).getMessage();
        assertTrue(message.contains("a.npz!bad' cannot be read: its values are Python objects") && message.contains("astype"), message);
    }

    @ParameterizedTest
    @CsvSource({"|b1, 1, 1", "|i1, -2, 1", "<i2, -2, 2", ">i2, -2, 2", "<i4, -70000, 4", ">i8, -70000, 8", "|u1, 200, 1", "<u2, 65535, 2", ">u4, 4294967295, 4",
        "<u8, 70000, 8", "<f4, 0.5, 4", ">f4, -0.5, 4", "<f8, 0.1, 8", ">f8, 1e300, 8"})
    void everyTypeOfNumberIsRead(final String type, final double value, final int bytes) throws Exception {
        final var buffer = ByteBuffer.allocate(2 * bytes).order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            if (type.charAt(1) == 'f') {
                if (bytes == 4) {
                    buffer.putFloat((float)value);
                } else {
                    buffer.putDouble(value);
                }
            } else if (bytes == 1) {
                buffer.put((byte)value);
            } else if (bytes == 2) {
                buffer.putShort((short)(int)value);
            } else if (bytes == 4) {
                buffer.putInt((int)(long)value);
            } else {
                buffer.putLong((long)value);
            }
        }
        for (int version = 1; version <= 3; version++) {
            assertEquals(List.of(value, value), numbers(array(NumpyFiles.npy(version, NumpyFiles.header(type, false, 2), buffer.array()))));
        }
    }

    /** Pinned with NumPy: {@code a.view(np.uint16)} and {@code float(v)}. */
    @Test
    void halfPrecisionIsThatOfNumPy() throws Exception {
        final int[] bits = {0x0, 0x3c00, 0xc000, 0x7bff, 0x1, 0x2e66, 0x7c00, 0x7e00, 0x3ff};
        final var values = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(bits).forEach(b -> values.putShort((short)b));
        assertEquals(List.of(0.0, 1.0, -2.0, 65504.0, 5.960464477539063e-08, 0.0999755859375, Double.POSITIVE_INFINITY, Double.NaN, 6.097555160522461e-05),
            numbers(array(NumpyFiles.npy(1, NumpyFiles.header("<f2", false, bits.length), values.array()))));
    }

    @Test
    void unsignedNumbersOf64BitsAndTextsOfBytesAreWritten() throws Exception {
        assertEquals(List.of("18446744073709551615"), texts(array(NumpyFiles.npy(1, NumpyFiles.header("<u8", false, 1), new byte[]{-1, -1, -1, -1, -1, -1, -1, -1}))));
        assertEquals(List.of("ab", "c"), texts(array(NumpyFiles.npy(1, NumpyFiles.header("|S2", false, 2), new byte[]{'a', 'b', 'c', 0}))));
    }

    /** Values that say where they are, in an order of the axes that is not its own reverse. */
    private static byte[] fortran(final int n, final int h, final int w) {
        final byte[] values = new byte[n * h * w];
        for (int i = 0; i < n; i++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    values[i + n * (y + h * x)] = (byte)(i * h * w + y * w + x);
                }
            }
        }
        return NumpyFiles.npy(1, NumpyFiles.header("|u1", true, n, h, w), values);
    }

    @Test
    void fortranOrderIsReadInBlocksFromFilesAndArchives() throws Exception {
        final List<Double> counted = new ArrayList<>();
        for (int i = 0; i < 5 * 2 * 3; i++) {
            counted.add((double)i);
        }
        final byte[] npy = fortran(5, 2, 3);
        assertEquals(counted, numbers(array(npy)));
        for (boolean isCompressed : new boolean[]{false, true}) {
            assertEquals(counted, numbers(NumpyArrays.open(write("f.npz", NumpyFiles.npz(isCompressed, "a.npy", npy))).array("a")));
        }
        try (var items = new FortranItems(array(npy), TaskMonitor.none(), 2 * 6)) { // two items at a time, the last alone
            for (int i = 0; i < 5; i++) {
                if (i == 1 || i == 2) {
                    items.skip();
                } else {
                    final int first = 6 * i;
                    assertEquals(IntStream.range(first, first + 6).boxed().toList(), numbers(items.next().array()));
                }
            }
        }
    }

    private static List<Integer> numbers(final byte[] bytes) {
        return IntStream.range(0, bytes.length).mapToObj(i -> (int)bytes[i]).toList();
    }

    @Test
    void readingIsCancelled() throws Exception {
        final TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                throw new TaskCancelledException();
            }
        };
        final NumpyArray packed = NumpyArrays.open(write("f.npz", NumpyFiles.npz(true, "a.npy", fortran(5, 2, 3)))).array("a");
        assertThrows(TaskCancelledException.class, () -> packed.open(cancelled));
        assertThrows(TaskCancelledException.class, () -> ValueRange.of(packed, cancelled));
    }

    private String refused(final byte[] npy) {
        final String message = assertThrows(IOException.class, () -> numbers(array(npy))).getMessage();
        assertTrue(message.contains("a.npy"), message);
        return message;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "'O' | False | (2, 3) | Python objects", "'<f4' | False | (2, 9) | is cut off", "'<f4' | False | (2, 2) | goes on behind its values",
        "'<f4' | False | (4611686018427387904, 4) | its shape is", "'<f4' | False | (400000000000000000, 400000000000000000) | more values than any file",
        "'<f8' | True | (999999999999999999, 9) | is cut off", "'<c8' | False | (2, 3) | of the type", "'<M8[ns]' | False | (2, 3) | of the type",
        "'<f16' | False | (2, 3) | of the type", "[('a', '<f4')] | False | (2, 3) | of the type", "'<U999999999' | False | (2, 3) | of the type",
        "'<f4' | False | (,) | its shape is", "'<f4' | False | (0, 999999999999999999, 999999999999999999) | goes on behind"})
    void headersThatLieAreRefused(final String type, final String order, final String shape, final String message) {
        final String refused = refused(NumpyFiles.npy(1, "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n".formatted(type, order, shape), new byte[24]));
        assertTrue(refused.contains(message), refused);
    }

    private String refusedArchive(final byte[] npz) throws IOException {
        final Path file = write("hostile.npz", npz);
        final String message = assertThrows(IOException.class, () -> {
            final NumpyArrays arrays = NumpyArrays.open(file);
            for (String name : Set.copyOf(arrays.names())) {
                numbers(arrays.array(name));
            }
        }).getMessage();
        assertTrue(message.contains("hostile.npz"), message);
        return message;
    }

    private static byte[] noise() {
        final byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);
        return noise;
    }

    @Test
    void damagedArchivesAreRefused() throws Exception {
        final byte[] npy = NumpyFiles.bytes(noise(), 10, 100);
        for (boolean isCompressed : new boolean[]{false, true}) {
            final byte[] whole = NumpyFiles.npz(isCompressed, "a.npy", npy);
            assertTrue(refusedArchive(Arrays.copyOf(whole, whole.length - 30)).contains("damaged or cut off"));
            final byte[] wrong = whole.clone();
            wrong[900] ^= 1;
            final String message = refusedArchive(wrong);
            assertTrue(message.contains("damaged") || message.contains("cut off"), message);
        }
        assertTrue(refusedArchive("PK\3\4 and no more".getBytes()).contains("no directory"));
    }

    @Test
    void namesThatLeadElsewhereAreRefused() throws Exception {
        final byte[] npy = NumpyFiles.longs(1);
        for (String name : List.of("../a.npy", "/a.npy", "b/../../a.npy", "C:\\a.npy", "a\n.npy")) {
            assertTrue(refusedArchive(NumpyFiles.npz(true, name, npy)).contains("has a name that no array has"), name);
        }
    }

    @Test
    void archivesThatUnpackToFarMoreAreRefused() throws Exception {
        final Path file = write("bomb.npz", NumpyFiles.npz(true, "a.npy", NumpyFiles.bytes(new byte[1 << 27], 1 << 27)));
        final String message = assertThrows(IOException.class, () -> NumpyArrays.open(file).array("a")).getMessage();
        assertTrue(message.contains("bomb.npz!a' cannot be read: it unpacks from"), message);
    }

    /** The sizes of the directory say one thing and the bytes another. */
    @Test
    void sizesThatLieAreRefused() throws Exception {
        final byte[] whole = NumpyFiles.npz(true, "a.npy", NumpyFiles.bytes(noise(), 10, 100));
        final int directory = indexOf(whole, 0x02014b50);
        for (int field : new int[]{20, 24, 42}) {
            for (int value : new int[]{0, 1, 500, 1 << 20, -1}) {
                final byte[] lying = whole.clone();
                ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + field, value);
                if (!Arrays.equals(lying, whole)) {
                    refusedArchive(lying);
                }
            }
        }
    }

    private static int indexOf(final byte[] file, final int signature) {
        final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != signature) {
            at++;
        }
        return at;
    }

    /** As Python writes it for entries beyond 4 GiB: all sizes in the field for long ones, and the long form of the directory's end. */
    @Test
    void longFormOfTheDirectoryIsRead() throws Exception {
        final byte[] whole = NumpyFiles.npz(true, "a.npy", NumpyFiles.longs(7));
        final int directory = indexOf(whole, 0x02014b50);
        final int end = indexOf(whole, 0x06054b50);
        final ByteBuffer old = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        final var file = ByteBuffer.allocate(whole.length + 28 + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        file.put(whole, 0, directory + 46 + 5);
        file.putShort((short)1).putShort((short)24).putLong(old.getInt(directory + 24)).putLong(old.getInt(directory + 20)).putLong(old.getInt(directory + 42));
        file.putInt(directory + 20, -1).putInt(directory + 24, -1).putInt(directory + 42, -1).putShort(directory + 30, (short)28);
        final int longEnd = file.position();
        file.putInt(0x06064b50).putLong(44).putShort((short)45).putShort((short)45).putInt(0).putInt(0).putLong(1).putLong(1).putLong(longEnd - directory).putLong(directory);
        file.putInt(0x07064b50).putInt(0).putLong(longEnd).putInt(1);
        file.put(whole, end, whole.length - end);
        final int at = file.position() - 22;
        file.putShort(at + 8, (short)-1).putShort(at + 10, (short)-1).putInt(at + 12, -1).putInt(at + 16, -1);
        assertEquals(List.of(7.0), numbers(NumpyArrays.open(write("long.npz", file.array())).array("a")));
    }

    @Test
    void labelsAreNumbersTextsOrRowsWithAOne() throws Exception {
        final ArrayLabels numbers = ArrayLabels.read(array(NumpyFiles.longs(5, -1, 5)), TaskMonitor.none());
        assertEquals(List.of("5", "-1"), numbers.values());
        assertArrayEquals(new int[]{0, 1, 0}, numbers.indices());
        assertEquals(List.of("2", "0"), ArrayLabels.read(array(NumpyFiles.floats(new float[]{0, 0, 1, 1, 0, 0}, 2, 3)), TaskMonitor.none()).values());
        assertEquals(List.of("3", "4"), ArrayLabels.read(array(NumpyFiles.floats(new float[]{3, 4}, 2, 1)), TaskMonitor.none()).values());
        assertEquals(List.of("a b"), ArrayLabels.read(array(NumpyFiles.texts("a b")), TaskMonitor.none()).values());
        for (byte[] wrong : List.of(NumpyFiles.floats(new float[]{.5f}, 1), NumpyFiles.floats(new float[]{1, 1}, 1, 2), NumpyFiles.floats(new float[]{0, 0}, 1, 2),
            NumpyFiles.texts("", "a"), NumpyFiles.bytes(new byte[8], 2, 2, 2))) {
            final String message = assertThrows(IOException.class, () -> ArrayLabels.read(array(wrong), TaskMonitor.none())).getMessage();
            assertTrue(message.contains("a.npy"), message);
        }
    }
}
