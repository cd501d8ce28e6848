package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.ServiceConfigurationError;

import org.junit.jupiter.api.Test;

/** Which runtime is taken, and what is said where none is. */
class TensorRuntimesTest {

    /** Runs nothing. */
    private static final class Idle implements TensorRuntime {
        @Override
        public String describe(final Device wish) {
            return "idle";
        }

        @Override
        public TensorModel open(final ByteBuffer model, final Device wish) throws IOException {
            throw new IOException("It runs nothing.");
        }
    }

    @Test
    void theFirstIsTaken() throws IOException {
        final var first = new Idle();
        assertSame(first, TensorRuntimes.first(List.of(first, new Idle())));
    }

    @Test
    void whereNoneIsItSaysWhatToInstall() {
        assertEquals("Networks in the ONNX format need ONNX Runtime, which is not installed. Install 'Spectral Signatures for KNIME, ONNX' from the update site of"
            + " this extension, and start again.", assertThrows(IOException.class, () -> TensorRuntimes.first(List.of())).getMessage());
        final String broken = assertThrows(IOException.class, () -> TensorRuntimes.first(() -> {
            throw new ServiceConfigurationError("no class");
        })).getMessage();
        assertTrue(broken.contains("no class") && broken.contains("again"), broken);
    }
}
