package org.spectralsignatures.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.monitor.TaskMonitor;

class ImageChannelsTest {

    private static final ImageShape RGB = new ImageShape(3, 1, 5);

    private static final ImageShape GRAY = new ImageShape(1, 1, 5);

    /** Red, green, blue, a mixture and white; the right values are those of Pillow 9.4: {@code Image.convert("L")}. */
    @Test
    void coloursBecomeThoseOfPillow() {
        final byte[] colours = {(byte)255, 0, 0, 10, (byte)255, 0, (byte)255, 0, (byte)200, (byte)255, 0, 0, (byte)255, 30, (byte)255};
        assertArrayEquals(new byte[]{76, (byte)150, 29, 124, (byte)255}, ImageChannels.convert(colours, RGB, GRAY));
        assertFalse(ImageChannels.gray(colours, RGB));
    }

    @Test
    void grayStaysAsItIsThereAndBack() {
        final byte[] gray = {0, 1, 127, (byte)128, (byte)255};
        final byte[] planes = ImageChannels.convert(gray, GRAY, RGB);
        assertArrayEquals(new byte[]{0, 1, 127, (byte)128, (byte)255, 0, 1, 127, (byte)128, (byte)255, 0, 1, 127, (byte)128, (byte)255}, planes);
        assertTrue(ImageChannels.gray(planes, RGB));
        assertTrue(ImageChannels.gray(gray, GRAY));
        assertArrayEquals(gray, ImageChannels.convert(planes, RGB, GRAY));
        assertSame(gray, ImageChannels.convert(gray, GRAY, GRAY));
    }

    @Test
    void onlyTheSizeHasToBeTheSame() {
        assertTrue(ImageChannels.convertible(RGB, GRAY));
        assertTrue(ImageChannels.convertible(GRAY, RGB));
        assertTrue(ImageChannels.convertible(RGB, RGB));
        assertFalse(ImageChannels.convertible(RGB, new ImageShape(3, 5, 1)));
        assertFalse(ImageChannels.convertible(RGB, new ImageShape(2, 1, 5)));
        assertEquals("The images are 5 x 1 pixels, but the network was trained on 4 x 1 pixels.",
            assertThrows(IllegalArgumentException.class, () -> ImageChannels.require(RGB, new ImageShape(1, 1, 4))).getMessage());
    }

    @Test
    void oneColourMakesASetColoured() throws Exception {
        try (var builder = ImageDataset.builder(RGB, List.of("a"))) {
            builder.add("1", "a", new byte[15]);
            final var colour = new byte[15];
            colour[14] = 1;
            builder.add("2", "a", colour);
            try (var images = builder.build()) {
                assertFalse(images.gray(TaskMonitor.none()));
            }
        }
    }
}
