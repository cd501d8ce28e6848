package org.spectralsignatures.engine.cuda.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sources of all kernels, as one program. */
public final class KernelSource {

    private static final List<String> FILES = List.of("common.cu", "images.cu", "normalisation.cu", "shortcut.cu", "pooling.cu", "head.cu",
        "convolution.cu", "rows.cu");

    private KernelSource() {
    }

    /** @return CUDA C; errors in it are told by file and line */
    public static String text() {
        final var text = new StringBuilder();
        for (String file : FILES) {
            text.append("#line 1 \"").append(file).append("\"\n").append(read(file)).append('\n');
        }
        return text.toString();
    }

    private static String read(final String file) {
        try (InputStream in = KernelSource.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The engine on the GPU is not whole: its kernels '%s' are missing. Install the extension again.".formatted(file));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
