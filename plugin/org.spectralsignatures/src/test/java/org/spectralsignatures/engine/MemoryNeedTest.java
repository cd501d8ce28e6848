package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;

import org.junit.jupiter.api.Test;

class MemoryNeedTest {

    @Test
    void bytesReadTheSameInAllLanguages() {
        final Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("1.5 GB", MemoryNeed.text(3L << 29));
            assertEquals("512 MB", MemoryNeed.text(512L << 20));
            assertEquals("2 KB", MemoryNeed.text(1025));
            assertEquals("0 KB", MemoryNeed.text(-1));
        } finally {
            Locale.setDefault(before);
        }
    }
}
