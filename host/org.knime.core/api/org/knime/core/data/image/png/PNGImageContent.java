package org.knime.core.data.image.png;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.image.ImageContent;
import org.spectralsignatures.host.images.ImageFile;

/** The bytes of a PNG file. */
public class PNGImageContent implements ImageContent {

    /** The type of the cells that hold such content. */
    public static final DataType TYPE = DataType.getType(PNGImageCell.class);

    /** The first bytes of every PNG file. */
    private static final byte[] SIGNATURE = {(byte)0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final int m_length;

    /** Null once they lie in a file. */
    private volatile byte[] m_bytes;

    private volatile ImageFile.Place m_place;

    /**
     * @param imageBytes the file's content; not copied
     * @throws IllegalArgumentException if it does not begin as a PNG file; KNIME decodes the whole image
     */
    public PNGImageContent(final byte[] imageBytes) {
        if (imageBytes.length < SIGNATURE.length || !Arrays.equals(imageBytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new IllegalArgumentException("These bytes are no PNG file.");
        }
        m_bytes = imageBytes;
        m_length = imageBytes.length;
    }

    /** @param is the file's content */
    public PNGImageContent(final InputStream is) throws IOException {
        this(is.readAllBytes());
    }

    /** @return the file's content itself, not to be changed */
    public byte[] getByteArrayReference() {
        final byte[] bytes = m_bytes;
        return bytes == null ? m_place.read(m_length) : bytes;
    }

    /** @return a copy of the file's content */
    public byte[] getByteArray() {
        return getByteArrayReference().clone();
    }

    /** Moves the content into a table's file if that says so; not if it lies in one already. */
    public void keepIn(final ImageFile file) {
        final byte[] bytes = m_bytes;
        final ImageFile.Place place = bytes == null ? null : file.take(bytes);
        if (place != null) {
            m_place = place;
            m_bytes = null;
        }
    }

    @Override
    public DataCell toImageCell() {
        return new PNGImageCell(this);
    }

    @Override
    public void save(final OutputStream output) throws IOException {
        output.write(m_bytes);
    }

    @Override
    public String getSummary() {
        return "PNG, " + m_length + " bytes";
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof PNGImageContent other && Arrays.equals(getByteArrayReference(), other.getByteArrayReference());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(getByteArrayReference());
    }
}
