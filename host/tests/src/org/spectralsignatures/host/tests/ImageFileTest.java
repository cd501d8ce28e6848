package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.knime.core.data.image.png.PNGImageCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.spectralsignatures.host.images.ImageFile;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/** The images of large tables lie in a file. */
class ImageFileTest {

    private static final ImageShape SHAPE = new ImageShape(3, 8, 8);

    private static byte[] png(final int seed) {
        final var pixels = new byte[SHAPE.size()];
        new Random(seed).nextBytes(pixels);
        return ImageCodec.encodePng(pixels, SHAPE);
    }

    private static PNGImageCell cell(final int seed) {
        return (PNGImageCell)new PNGImageContent(png(seed)).toImageCell();
    }

    /** What lies in a file is read anew each time. */
    private static boolean isOnHeap(final PNGImageCell cell) {
        final byte[] first = cell.getImageContent().getByteArrayReference();
        return first == cell.getImageContent().getByteArrayReference(); // from a file it is another one each time
    }

    @Test
    void imagesBeyondTheLimitAreReadFromAFileAndStayTheSame() {
        final var file = new ImageFile(3L * png(0).length);
        final var cells = new ArrayList<PNGImageCell>();
        for (int i = 0; i < 50; i++) {
            cells.add(cell(i));
            cells.get(i).getImageContent().keepIn(file);
        }
        assertEquals(3, cells.stream().filter(ImageFileTest::isOnHeap).count());
        assertTrue(IntStream.range(0, 3).allMatch(i -> isOnHeap(cells.get(i))));
        for (int i = 49; i >= 0; i--) {
            assertArrayEquals(png(i), cells.get(i).getImageContent().getByteArrayReference());
            assertArrayEquals(png(i), cells.get(i).getImageContent().getByteArray());
            assertEquals(cell(i), cells.get(i));
            assertEquals(cell(i).hashCode(), cells.get(i).hashCode());
            assertEquals(cell(i).toString(), cells.get(i).toString());
        }
    }

    /** Nodes hand the same cells on. */
    @Test
    void tablesShareTheirImages() {
        final PNGImageCell inFile = cell(1);
        final PNGImageCell onHeap = cell(2);
        inFile.getImageContent().keepIn(new ImageFile(0));
        final var second = new ImageFile(1L << 20);
        inFile.getImageContent().keepIn(second);
        onHeap.getImageContent().keepIn(second);
        assertNotSame(inFile.getImageContent().getByteArrayReference(), inFile.getImageContent().getByteArrayReference());
        assertSame(onHeap.getImageContent().getByteArrayReference(), onHeap.getImageContent().getByteArrayReference());
        assertArrayEquals(png(1), inFile.getImageContent().getByteArray());
    }

    @Test
    void aFolderWithoutRoomIsNamed() {
        final String usual = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", "/no such folder");
        try {
            final String message = assertThrows(UncheckedIOException.class, () -> cell(1).getImageContent().keepIn(new ImageFile(0))).getMessage();
            assertTrue(message.contains("'/no such folder'") && message.contains("TMPDIR"), message);
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }
}
