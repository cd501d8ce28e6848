package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.MemoryNeed;

class MemoryCheckTest {

    private static final long MB = 1 << 20;

    private static String refusal(final MemoryNeed need, final long free, final int batchSize) {
        return assertThrows(IllegalArgumentException.class, () -> new MemoryCheck(need, free, "224 x 224 pixels").require(batchSize)).getMessage();
    }

    @Test
    void saysHowMuchIsNeededAndWhatFits() {
        final var need = new MemoryNeed(100 * MB, 50 * MB, 1000);
        assertDoesNotThrow(() -> new MemoryCheck(need, 1000 * MB, "224 x 224 pixels").require(18));
        assertEquals("To train this network with steps of 64 images of 224 x 224 pixels takes about 3.2 GB of memory, but only 1000 MB are free here."
            + " Set the batch size to 18 or less, or take fewer filters or smaller images.", refusal(need, 1000 * MB, 64));
        assertEquals(18, need.fitting(1000 * MB));
    }

    @Test
    void saysSoWhereNothingFits() {
        assertEquals("To train this network with steps of 64 images of 224 x 224 pixels takes about 3.2 GB of memory, but only 149 MB are free here."
            + " Even steps of 2 images would take about 200 MB: take fewer filters, smaller images or a smaller network, close other programs, or take a machine with"
            + " more memory.", refusal(new MemoryNeed(100 * MB, 50 * MB, 1000), 149 * MB, 64));
    }

    @Test
    void arraysHaveALimitToo() {
        assertEquals("Steps of 64 images of 224 x 224 pixels are too large for this network: set the batch size to 31 or less.",
            refusal(new MemoryNeed(0, MB, 31), Long.MAX_VALUE, 64));
    }

    @Test
    void anEngineThatDoesNotTellTakesAll() {
        assertDoesNotThrow(() -> new MemoryCheck(MemoryNeed.UNKNOWN, Long.MAX_VALUE, "").require(Integer.MAX_VALUE));
    }

    @Test
    void whatIsTakenBesideCounts() {
        final var need = new MemoryNeed(100 * MB, 10 * MB, 64);
        assertEquals(new MemoryNeed(130 * MB, 10 * MB, 64), need.and(30 * MB));
        assertEquals(3, need.and(30 * MB).fitting(160 * MB));
        assertEquals(MemoryNeed.UNKNOWN, MemoryNeed.UNKNOWN.and(30 * MB));
    }
}
