package org.spectralsignatures.spark.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that several attempts of a task write, and files that hold something else. */
class StepFilesTest {

    @TempDir
    private Path folder;

    private org.apache.hadoop.fs.Path place(final String name) {
        return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
    }

    private static FileSystem files() throws IOException {
        return FileSystem.getLocal(new Configuration()).getRaw();
    }

    private List<String> names() throws IOException {
        try (var found = Files.list(folder)) {
            return found.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theFirstCompleteAttemptStays() throws Exception {
        final org.apache.hadoop.fs.Path first = WholeFile.half(place("class-1"), 7);
        final org.apache.hadoop.fs.Path second = WholeFile.half(place("class-1"), 8);
        Files.writeString(Path.of(first.toUri()), "first");
        Files.writeString(Path.of(second.toUri()), "second");
        WholeFile.complete(files(), first, place("class-1"));
        WholeFile.complete(files(), second, place("class-1"));
        assertEquals("first", Files.readString(folder.resolve("class-1")));
        assertEquals(List.of("class-1"), names());
        assertThrows(IOException.class, () -> WholeFile.complete(files(), first, place("class-2")));
    }

    @Test
    void halvesOfAttemptsThatWereEndedAreRemoved() throws Exception {
        Files.writeString(Path.of(WholeFile.half(place("part-00001.pixels"), 3).toUri()), "half");
        Files.writeString(folder.resolve("part-00001.pixels"), "whole");
        WholeFile.removeHalves(files(), place("."));
        assertEquals(List.of("part-00001.pixels"), names());
    }

    private static byte[] serialized(final Object value) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /** A class that is none of an audit's is not even loaded. */
    @Test
    void whatIsNoResultOfAStepIsSaid() throws Exception {
        final var step = new StepFiles(new SerializableConfiguration(new Configuration()), folder.toUri().toString());
        Files.write(folder.resolve("class-0"), serialized(List.of(1., 2.)));
        assertEquals(List.of(1., 2.), step.read(0));
        final byte[] good = Files.readAllBytes(folder.resolve("class-0"));
        for (byte[] content : List.of("no object at all".getBytes(StandardCharsets.UTF_8), new byte[0], Arrays.copyOf(good, good.length - 9),
            serialized(new java.io.File("x")))) {
            Files.write(folder.resolve("class-1"), content);
            final String message = assertThrows(IOException.class, () -> step.read(1)).getMessage();
            assertTrue(message.contains("class-1' holds something else than the result of a step: remove its folder '"), message);
        }
    }
}
