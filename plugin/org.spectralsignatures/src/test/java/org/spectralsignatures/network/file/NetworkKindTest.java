package org.spectralsignatures.network.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First bytes as the programs write them, in files without an ending; and lists of classes. */
class NetworkKindTest {

    @TempDir
    Path folder;

    private Path file(final byte... bytes) throws IOException {
        return Files.write(folder.resolve("network"), bytes);
    }

    private Path zip(final String... entries) throws IOException {
        final Path file = folder.resolve("network");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(1);
                zip.closeEntry();
            }
        }
        return file;
    }

    private static void refused(final Path file, final String part) {
        final IOException e = assertThrows(IOException.class, () -> NetworkKind.of(file));
        assertTrue(e.getMessage().startsWith("'" + file + "'") && e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void theContentTells() throws IOException {
        assertEquals(NetworkKind.SAVED, NetworkKind.of(zip("network.json", "parameters.safetensors")));
        assertEquals(NetworkKind.SAVED, NetworkKind.of(zip("configuration.json", "coefficients.bin", "description.json")));
        assertEquals(NetworkKind.DL4J, NetworkKind.of(zip("configuration.json", "coefficients.bin", "updaterState.bin")));
        assertEquals(NetworkKind.SAVED, NetworkKind.of(zip("holiday.jpg"))); // whose reader says what it should have
        assertEquals(NetworkKind.ONNX, NetworkKind.of(file((byte)8, (byte)7, (byte)18)));
        assertEquals(NetworkKind.ONNX, NetworkKind.of(file()));
        assertEquals(NetworkKind.KERAS_HDF5, NetworkKind.of(file((byte)0x89, (byte)'H', (byte)'D', (byte)'F')));
        assertEquals(NetworkKind.KERAS_ARCHIVE, NetworkKind.of(zip("metadata.json", "config.json", "model.weights.h5")));
    }

    @Test
    void filesOfOtherProgramsAreRefusedWithWhatToDo() throws IOException {
        refused(zip("network/data.pkl"), "torch.onnx.export");
        refused(file((byte)0x80, (byte)2, (byte)0x8a), "torch.onnx.export");
        refused(file("\u001c\0\0\0TFL3....".getBytes(StandardCharsets.ISO_8859_1)), "TensorFlow Lite");
        refused(zip("arr_0.npy"), "is a file of NumPy");
        refused(file("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1)), "is a file of NumPy");
        refused(file("PAR1....".getBytes(StandardCharsets.ISO_8859_1)), "is a Parquet file");
        refused(file((byte)0x1f, (byte)0x8b, (byte)8), "unpack it first");
        refused(file("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1)), "is an image");
        refused(file("\u00ff\u00d8\u00ff\u00e0".getBytes(StandardCharsets.ISO_8859_1)), "is an image");
        refused(file("\u0040\0\0\0\0\0\0\0{\"w\":".getBytes(StandardCharsets.ISO_8859_1)), "safetensors");
        refused(file("{\"class_name\": \"Model\"}".getBytes(StandardCharsets.US_ASCII)), "is a text");
        refused(Files.write(folder.resolve("saved_model.pb"), new byte[]{8, 1, 18}), "--saved-model");
        refused(folder, "SavedModel of TensorFlow");
        refused(Files.createDirectory(folder.resolve("empty")), "is a folder");
        refused(folder.resolve("none"), "cannot be read");
    }

    @Test
    void eachLineOfAListIsAClass() throws IOException {
        assertEquals(List.of("cat", "salt, pepper", "\u00e9"), ClassList.read(file("\ufeffcat\r\n salt, pepper \n\u00e9\n\n".getBytes(StandardCharsets.UTF_8))));
        assertTrue(assertThrows(IOException.class, () -> ClassList.read(file("a\n\nb".getBytes(StandardCharsets.UTF_8)))).getMessage().startsWith("Line 2 of"));
        assertTrue(assertThrows(IOException.class, () -> ClassList.read(file())).getMessage().endsWith("is empty."));
        assertTrue(assertThrows(IOException.class, () -> ClassList.read(file((byte)0xff))).getMessage().contains("UTF-8"));
        assertThrows(IOException.class, () -> ClassList.read(folder));
    }
}
