package org.spectralsignatures.engine.cuda.device;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.engine.cuda.kernels.KernelSource;

/** The kernels, compiled for the processor by g++ and called by JNI. */
public final class Emulator {

    private static String missing;

    private Emulator() {
    }

    /** Builds it once; without a compiler of C++ or the JDK's headers the calling test is skipped. */
    static synchronized void require() {
        if (missing == null) {
            missing = build();
        }
        assumeTrue(missing.isEmpty(), missing);
    }

    private static String build() {
        final Path headers = Path.of(System.getProperty("java.home"), "include");
        if (!Files.exists(headers.resolve("jni.h"))) {
            return "The kernels are not tried: the JDK has no jni.h in " + headers;
        }
        try {
            final Path folder = Files.createTempDirectory("spectral-emulator");
            final String text = build(folder, headers);
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file); // a loaded library stays
                }
            }
            Files.delete(folder);
            return text;
        } catch (IOException e) {
            return "The kernels are not tried: " + e;
        }
    }

    private static String build(final Path folder, final Path headers) throws IOException {
        Files.writeString(folder.resolve("kernels.cu"), KernelSource.text());
        Files.writeString(folder.resolve("emulator.cpp"), definitions() + source());
        final Path library = folder.resolve("libemulator.so");
        final List<String> command = List.of("g++", "-std=c++17", "-O2", "-shared", "-fPIC", "-fno-strict-aliasing", "-ffp-contract=off", "-w",
            "-I", headers.toString(), "-I", headers.resolve("linux").toString(), "-o", library.toString(), "emulator.cpp");
        final Process compiler;
        try {
            compiler = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            return "The kernels are not tried: there is no g++ (" + e.getMessage() + ")";
        }
        final String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!compiler.waitFor(5, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
                throw new IllegalStateException("The kernels do not compile:\n" + said); // no reason to skip
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        System.load(library.toString());
        return "";
    }

    /** @return definitions of KERNELS, which lists all of them, and COUNTED, which gives the number of arguments of each, as emulator.cpp wants them */
    public static String definitions() {
        final var counted = new ArrayList<String>();
        for (Kernel kernel : Kernel.values()) {
            for (int width : kernel.comesWide() ? new int[]{1, Kernel.WIDE} : new int[]{1}) {
                counted.add("{\"%s\", %d}".formatted(kernel.function(width), kernel.signature().length()));
            }
        }
        return "#define KERNELS " + entries() + "\n#define COUNTED " + String.join(", ", counted) + "\n";
    }

    private static String entries() {
        final var entries = new ArrayList<String>();
        for (Kernel kernel : Kernel.values()) {
            for (int width : kernel.comesWide() ? new int[]{1, Kernel.WIDE} : new int[]{1}) {
                entries.add("{\"%1$s\", [](const std::int64_t *slots) { call(&%1$s, slots); }}".formatted(kernel.function(width)));
            }
        }
        return String.join(", ", entries);
    }

    private static String source() throws IOException {
        try (InputStream in = Emulator.class.getResourceAsStream("emulator.cpp")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static native long allocate(long bytes);

    static native boolean intact(long address, long bytes);

    static native void free(long address);

    static native ByteBuffer buffer(long address, long bytes);

    static native String launch(String function, int blocks, int columns, long[] slots);

    static native void convolve(int direction, long x, long w, long y, int[] sizes);
}
