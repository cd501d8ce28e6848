package org.spectralsignatures.engine.cuda.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.spectralsignatures.engine.cuda.kernels.KernelSource;

/** A program that compiles the kernels as the engine does, by NVRTC, for each kind of graphics processor; it needs none. {@code .ci/kernels} runs it. */
final class KernelCheck {

    /** Turing, Ampere (two kinds), Ada, Hopper, Blackwell (two kinds). */
    private static final int[] CAPABILITIES = {75, 80, 86, 89, 90, 100, 120};

    /** What NVRTC does not know yet. */
    private static final int FUTURE = 999;

    private KernelCheck() {
    }

    /** @param arguments the folder that NVRTC's libraries lie in */
    public static void main(final String[] arguments) throws IOException {
        for (String prefix : List.of("libnvrtc-builtins.so", "libnvrtc.so")) {
            System.load(find(Path.of(arguments[0]), prefix).toString());
        }
        final int[] all = Arrays.copyOf(CAPABILITIES, CAPABILITIES.length + 1);
        all[CAPABILITIES.length] = FUTURE;
        for (int capability : all) {
            final List<String> options = KernelCompiler.options(capability);
            final byte[] code = KernelCompiler.compile(KernelSource.text(), options, warnings -> {
                throw new IllegalStateException(warnings);
            });
            System.out.printf("NVRTC %s %s: %,d bytes%n", KernelCompiler.version(), options, code.length); // NOSONAR a program
        }
    }

    private static Path find(final Path folder, final String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(prefix)).findFirst()
                .orElseThrow(() -> new IOException("There is no %s in '%s'.".formatted(prefix, folder))).toAbsolutePath();
        }
    }
}
