package org.spectralsignatures.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that h5py wrote ({@code make.py}), and the same damaged. */
class Hdf5FileTest {

    private static final float[] VALUES = {-.5f, -.25f, 0, .25f, .5f, .75f};

    @TempDir
    Path folder;

    private Path file(final String name) throws IOException {
        try (InputStream in = Hdf5FileTest.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private static Map<String, Hdf5Array> arrays(final Hdf5Group group) throws IOException {
        final Map<String, Hdf5Array> arrays = new TreeMap<>();
        for (Hdf5Array array : group.arrays()) {
            arrays.put(array.name(), array);
        }
        return arrays;
    }

    private static float[] values(final Hdf5Array array) throws IOException {
        final FloatBuffer values = array.values();
        final var result = new float[values.remaining()];
        values.get(result);
        return result;
    }

    @Test
    void groupsArraysAndTextsAreRead() throws IOException {
        try (var file = Hdf5File.open(file("old.h5"))) {
            final Hdf5Group root = file.root();
            assertEquals(Set.of("groups", "many", "outside"), root.names()); // links to elsewhere are no members
            assertEquals(Set.of(), root.group("outside").names());
            assertEquals("fixed", root.text("short"));
            assertEquals("\u00e9".repeat(3_000), root.text("long"));
            assertNull(root.text("number"));
            assertNull(root.text("texts"));
            assertNull(root.text("none"));
            final Hdf5Group inner = root.group("groups").group("inner");
            assertEquals("inner", inner.text("name"));
            assertNull(root.group("none"));
            assertNull(inner.group("single"));
            final Map<String, Hdf5Array> arrays = arrays(inner);
            for (String kind : List.of("<f2", "<f4", "<f8", ">f4")) {
                assertEquals(List.of(2L, 3L), arrays.get("/groups/inner/" + kind).shape());
                assertArrayEquals(VALUES, values(arrays.get("/groups/inner/" + kind)), kind);
            }
            assertArrayEquals(new float[]{1.5f}, values(arrays.get("/groups/inner/single")));
            assertEquals(List.of(), arrays.get("/groups/inner/single").shape());
            assertEquals(0, values(arrays.get("/groups/inner/empty")).length);
            final IOException e = assertThrows(Hdf5Exception.class, () -> arrays.get("/groups/inner/whole").values());
            assertTrue(e.getMessage().contains("'/groups/inner/whole' has elements of a type that is not read"), e.getMessage());
            final Map<String, Hdf5Array> many = arrays(root.group("many"));
            for (int i = 0; i < 60; i++) {
                assertArrayEquals(new float[]{i}, values(many.get("/many/array " + i)));
            }
        }
    }

    @Test
    void newerHeadersAreRead() throws IOException {
        try (var file = Hdf5File.open(file("new.h5"))) {
            final Hdf5Group inner = file.root().group("groups").group("inner");
            assertEquals("inner", inner.text("name"));
            for (Hdf5Array array : inner.arrays()) {
                assertArrayEquals(VALUES, values(array), array.name());
            }
            assertEquals(2, inner.arrays().size());
        }
    }

    private static void refused(final Path path, final String part) {
        final IOException e = assertThrows(IOException.class, () -> {
            try (var file = Hdf5File.open(path)) {
                file.root().arrays();
            }
        });
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void whatIsNotReadIsRefusedByName() throws IOException {
        refused(file("chunks.h5"), "the array '/packed' is stored in chunks");
        refused(file("dense.h5"), "a newer form (a fractal heap)");
        refused(Files.write(folder.resolve("text"), new byte[100]), "it is no HDF5 file");
        refused(Files.write(folder.resolve("short"), new byte[10]), "it is cut off or damaged");
        refused(folder, "no regular file");
    }

    /** No text, tree or header leads around for ever, and no length is believed. */
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        final Path path = folder.resolve("damaged");
        final var random = new Random(4);
        int refused = 0;
        for (String name : List.of("old.h5", "new.h5", "chunks.h5", "dense.h5")) {
            final byte[] whole = Files.readAllBytes(file(name));
            for (int i = 0; i < 500; i++) {
                final byte[] damaged = i % 10 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int k = 0; k <= i % 8 && damaged.length > 0; k++) {
                    final int at = random.nextInt(Math.min(damaged.length, 12_000));
                    damaged[at] = (byte)(random.nextBoolean() ? random.nextInt(256) : 0xff);
                }
                Files.write(path, damaged);
                try (var file = Hdf5File.open(path)) {
                    file.root().text("long");
                    for (Hdf5Array array : file.root().arrays()) {
                        assertTrue(array.values().remaining() <= whole.length);
                    }
                } catch (Hdf5Exception e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 200, Integer.toString(refused));
    }
}
