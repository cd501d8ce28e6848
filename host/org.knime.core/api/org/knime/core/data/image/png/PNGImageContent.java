package org.knime.core.data.image.png;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.image.ImageContent;

/** The bytes of a PNG file. */
public class PNGImageContent implements ImageContent {

    /** The type of the cells that hold such content. */
    public static final DataType TYPE = DataType.getType(PNGImageCell.class);

    /** The first bytes of every PNG file. */
    private static final byte[] SIGNATURE = {(byte)0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final byte[] m_bytes;

    /**
     * @param imageBytes the file's content; not copied
     * @throws IllegalArgumentException if it does not begin as a PNG file; KNIME decodes the whole image
     */
    public PNGImageContent(final byte[] imageBytes) {
        if (imageBytes.length < SIGNATURE.length || !Arrays.equals(imageBytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new IllegalArgumentException("These bytes are no PNG file.");
        }
        m_bytes = imageBytes;
    }

    /** @param is the file's content */
    public PNGImageContent(final InputStream is) throws IOException {
        this(is.readAllBytes());
    }

    /** @return the file's content itself, not to be changed */
    public byte[] getByteArrayReference() {
        return m_bytes;
    }

    /** @return a copy of the file's content */
    public byte[] getByteArray() {
        return m_bytes.clone();
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
        return "PNG, " + m_bytes.length + " bytes";
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof PNGImageContent other && Arrays.equals(m_bytes, other.m_bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(m_bytes);
    }
}
