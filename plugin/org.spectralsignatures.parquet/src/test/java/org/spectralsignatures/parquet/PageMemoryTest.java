package org.spectralsignatures.parquet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class PageMemoryTest {

    private static final long HEAP = Runtime.getRuntime().maxMemory();

    @Test
    void onePageGetsAQuarterOfTheMemory() {
        assertDoesNotThrow(() -> PageMemory.require(Math.max(1 << 24, HEAP / 4), "x"));
        final String message = assertThrows(IOException.class, () -> PageMemory.require(Math.max(1 << 24, HEAP / 4) + 1, "x")).getMessage();
        assertTrue(message.startsWith("Its column 'x' has a page of"), message);
    }

    @Test
    void allPagesGetHalfOfIt() throws IOException {
        final var memory = new PageMemory();
        final long page = Math.max(1 << 23, HEAP / 4);
        memory.replace(0, page);
        memory.replace(0, page - 1);
        for (int i = 0; i < 10; i++) {
            memory.replace(page, page); // one in the place of another
        }
        final String message = assertThrows(IOException.class, () -> memory.replace(0, 100)).getMessage();
        assertTrue(message.startsWith("The pages of its columns, which are read side by side, take more than"), message);
    }
}
