package org.spectralsignatures.nodes.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.blob.BinaryObjectDataValue;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/**
 * Cells of KNIME that hold images, and the files in them: PNG images, images of other kinds (which are asked for the file that they would be
 * saved as), and binary objects, such as KNIME's node 'Files to Binary Objects' reads.
 */
public final class ImageCells {

    /** What is read, as messages say it. */
    static final String KINDS = "images or binary objects";

    /** Largest file: 512 MiB. */
    private static final long MOST_BYTES = 1L << 29;

    private static final String KNIP = "org.knime.knip.";

    private ImageCells() {
    }

    /** @return whether cells of this type can hold images that are read */
    static boolean isReadable(final DataType type) {
        return type.isCompatible(ImageValue.class) || type.isCompatible(BinaryObjectDataValue.class);
    }

    /** @return whether cells of this type are images of the extension KNIME Image Processing, which calls itself strings as well */
    static boolean isImgPlus(final DataType type) {
        return type.getCellClass() != null && type.getCellClass().getName().startsWith(KNIP);
    }

    /**
     * @param cell any that is not missing
     * @return the image file that it holds; not to be changed
     * @throws ImageFormatException if it holds no file, or one that is too large or cannot be read; the message goes on a sentence about the row
     */
    public static byte[] content(final DataCell cell) throws ImageFormatException {
        if (cell instanceof PNGImageValue png) {
            return png.getImageContent().getByteArrayReference();
        }
        if (cell instanceof ImageValue image) {
            return saved(image);
        }
        if (cell instanceof BinaryObjectDataValue binary) {
            return bytes(binary);
        }
        throw new ImageFormatException(ImageFault.UNKNOWN_KIND, "there is no image in it. Choose another 'Image column'.");
    }

    private static byte[] saved(final ImageValue image) throws ImageFormatException {
        if (image.getImageExtension() != null && image.getImageExtension().toLowerCase(Locale.ROOT).startsWith("svg")) {
            throw new ImageFormatException(ImageFault.UNKNOWN_KIND,
                "the image is an SVG drawing, which has no pixels. Turn the column into PNG first, for example with KNIME's node 'Renderer to Image'.");
        }
        final var file = new LimitedBytes();
        try {
            image.getImageContent().save(file);
        } catch (IOException | RuntimeException e) { // NOSONAR other extensions may throw anything
            if (file.isFull()) {
                throw tooLarge();
            }
            throw new ImageFormatException(ImageFault.NOT_READABLE, "the image, of the kind '%s', cannot be taken out of the cell (%s). Turn the column into PNG first."
                .formatted(image.getImageExtension(), reason(e)), e);
        }
        return file.toByteArray();
    }

    private static byte[] bytes(final BinaryObjectDataValue binary) throws ImageFormatException {
        if (binary.length() > MOST_BYTES) {
            throw tooLarge();
        }
        try (InputStream in = binary.openInputStream()) {
            final byte[] bytes = in.readNBytes((int)MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageFormatException(ImageFault.NOT_READABLE, "the binary object cannot be read (%s). Run the node that made the table again.".formatted(reason(e)), e);
        }
    }

    private static ImageFormatException tooLarge() {
        return new ImageFormatException(ImageFault.TOO_LARGE, "the file has more than %d bytes. Remove the row first.".formatted(MOST_BYTES));
    }

    private static String reason(final Exception e) {
        return e.getMessage() == null || e.getMessage().isBlank() ? e.getClass().getSimpleName() : e.getMessage().strip().replaceAll("[.]+$", "");
    }

    /** Bytes that are refused beyond a length. */
    private static final class LimitedBytes extends ByteArrayOutputStream {

        private boolean m_full;

        private void require(final long more) {
            m_full |= count + more > MOST_BYTES;
            if (m_full) {
                throw new IllegalStateException("The file is too large.");
            }
        }

        boolean isFull() {
            return m_full;
        }

        @Override
        public synchronized void write(final int b) {
            require(1);
            super.write(b);
        }

        @Override
        public synchronized void write(final byte[] bytes, final int offset, final int length) {
            require(length);
            super.write(bytes, offset, length);
        }
    }
}
