package org.spectralsignatures.spark.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.spark.LocalSpark;
import org.spectralsignatures.spark.Refusal;

/** What is too large is refused before anything is packed. */
class PackedSetTest {

    private static final List<String> NAMES = List.of("a", "b");

    private static final int RECORD = 3 * 32 * 32;

    private static String refusal(final long a, final long b, final int record, final int tasks, final long memory) {
        return assertThrows(Refusal.class, () -> PackedSet.requireBounds(new long[]{a, b}, NAMES, record, tasks, memory)).getMessage();
    }

    @Test
    void aClassHasAMillionImagesAtMost() {
        assertDoesNotThrow(() -> PackedSet.requireBounds(new long[]{1_000_000, 1_000_000}, NAMES, RECORD, 2, 4L << 30));
        assertTrue(refusal(5, 1_000_001, RECORD, 2, 4L << 30)
            .startsWith("The class 'b' has 1,000,001 images, but a class is searched by one task, which takes at most 1,000,000."));
    }

    /** 64 bytes an image, 16 more in each task, and four for each value of the middle of a class, in 30% of the heap. */
    @Test
    void theDriverHasRoomForAllImages() {
        final long bytes = 300_000L * (64 + 2 * 16) + 2L * 4 * RECORD;
        final long memory = (long)Math.ceil(bytes / .3) + 1;
        assertDoesNotThrow(() -> PackedSet.requireBounds(new long[]{100_000, 200_000}, NAMES, RECORD, 2, memory));
        assertTrue(refusal(100_000, 200_001, RECORD, 2, memory).startsWith("There are 300,001 images in 2 classes, which take up to 27 MB of the driver, 2 task(s) included, and"
            + " of each executor; 27 MB are there for them (30% of the driver's heap)"));
        assertTrue(refusal(100_000, 200_000, RECORD, 3, memory).startsWith("There are 300,000 images in 2 classes, which take up to 32 MB"));
        assertTrue(refusal(100_000, 200_000, RECORD + 100, 2, memory).startsWith("There are 300,000 images"));
        assertTrue(refusal(1L << 30, 1L << 30, RECORD, 1, Long.MAX_VALUE).contains("at most 2,147 million images can be audited"));
    }

    @Test
    void classesThatTheNetworkDoesNotKnowAreNotAllShown() {
        final List<String> known = IntStream.range(0, 10).mapToObj(i -> i % 2 == 0 ? "a" : "b").toList();
        assertArrayEquals(new long[]{5, 5}, PackedSet.sizes(LocalSpark.get(), LocalSpark.get().createDataset(known, Encoders.STRING()).toDF("label"), NAMES, RECORD));
        final List<String> labels = IntStream.range(0, 500).mapToObj(i -> "id" + i).toList();
        final var images = LocalSpark.get().createDataset(labels, Encoders.STRING()).toDF("label");
        final String message = assertThrows(Refusal.class, () -> PackedSet.sizes(LocalSpark.get(), images, NAMES, RECORD)).getMessage();
        assertTrue(message.contains(" and more of the images. Its classes are a, b."), message);
        assertEquals(20, message.substring(0, message.indexOf(" and more")).split(", ").length);
    }

    @Test
    void emptyRunsHoldNothing() {
        final int[] starts = {0, 0, 2, 2, 2, 5, 5};
        assertArrayEquals(new int[]{1, 1, 4, 4, 4}, IntStream.range(0, 5).map(i -> Starts.run(starts, i)).toArray());
    }
}
