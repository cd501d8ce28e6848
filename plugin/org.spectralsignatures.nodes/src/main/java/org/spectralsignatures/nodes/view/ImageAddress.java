package org.spectralsignatures.nodes.view;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

import org.knime.core.data.DataCell;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageScaling;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.nodes.table.ImageCells;

/** Images as {@code data:} addresses of PNG, which a page can show. Large ones are scaled down; small ones are not even decoded. */
public final class ImageAddress {

    private static final int LARGEST = 128;

    private static final byte[] SIGNATURE = {(byte)0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Where a PNG file has its width; its height follows (PNG specification, 11.2.2). */
    private static final int WIDTH_AT = 16;

    private ImageAddress() {
    }

    /** @return the address of the image in a cell; null if there is none or it is damaged */
    public static String of(final DataCell cell) {
        return of(cell, LARGEST);
    }

    /** As the other, of an image that is brought to the given height and width at most. */
    public static String of(final DataCell cell, final int largest) {
        if (cell.isMissing()) {
            return null;
        }
        try {
            final byte[] file = ImageCells.content(cell);
            return isSmall(file, largest) ? address(file) : of(ImageCodec.decode(file), largest);
        } catch (ImageFormatException e) { // NOSONAR the page says that there is no image
            return null;
        }
    }

    /** @return the address of an image */
    public static String of(final DecodedImage image) {
        return of(image, LARGEST);
    }

    private static String of(final DecodedImage image, final int largest) {
        final DecodedImage small = ImageScaling.fit(image, largest);
        return address(ImageCodec.encodePng(small.pixels(), small.shape()));
    }

    private static boolean isSmall(final byte[] png, final int largest) {
        if (png.length < WIDTH_AT + 2 * Integer.BYTES || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            return false;
        }
        final ByteBuffer size = ByteBuffer.wrap(png, WIDTH_AT, 2 * Integer.BYTES);
        final int width = size.getInt();
        final int height = size.getInt();
        return Math.min(width, height) > 0 && Math.max(width, height) <= largest;
    }

    private static String address(final byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
