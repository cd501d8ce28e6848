package org.spectralsignatures.host.cache;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.MissingCell;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageCell;
import org.knime.core.data.image.png.PNGImageContent;

/** Cells and texts as bytes, each bit kept: a letter for the kind, then the content. */
final class CellBytes {

    private CellBytes() {
    }

    /** @throws UnknownContentException if the host knows no such cells */
    static void write(final DataCell cell, final DataOutputStream out) throws IOException {
        final Class<?> type = cell.getClass();
        if (type == MissingCell.class) {
            out.writeByte('?');
            text(((MissingCell)cell).getError(), out);
        } else if (type == BooleanCell.class) {
            out.writeByte(((BooleanCell)cell).getBooleanValue() ? 'T' : 'F');
        } else if (type == IntCell.class) {
            out.writeByte('I');
            out.writeInt(((IntCell)cell).getIntValue());
        } else if (type == LongCell.class) {
            out.writeByte('L');
            out.writeLong(((LongCell)cell).getLongValue());
        } else if (type == DoubleCell.class) {
            out.writeByte('D');
            out.writeLong(Double.doubleToRawLongBits(((DoubleCell)cell).getDoubleValue()));
        } else if (type == StringCell.class) {
            out.writeByte('S');
            text(((StringCell)cell).getStringValue(), out);
        } else if (type == PNGImageCell.class) {
            final byte[] png = ((PNGImageCell)cell).getImageContent().getByteArrayReference();
            out.writeByte('P');
            out.writeInt(png.length);
            out.write(png);
        } else if (type == ListCell.class) {
            final var list = (ListCell)cell;
            out.writeByte('C');
            out.writeInt(list.size());
            for (DataCell element : list) {
                write(element, out);
            }
        } else {
            throw new UnknownContentException("cells of '" + type.getName() + "'");
        }
    }

    static DataCell read(final DataInputStream in) throws IOException {
        final int kind = in.readByte();
        return switch (kind) {
            case '?' -> missing(text(in));
            case 'T' -> BooleanCell.TRUE;
            case 'F' -> BooleanCell.FALSE;
            case 'I' -> new IntCell(in.readInt());
            case 'L' -> new LongCell(in.readLong());
            case 'D' -> new DoubleCell(Double.longBitsToDouble(in.readLong()));
            case 'S' -> new StringCell(text(in));
            case 'P' -> new PNGImageContent(bytes(in.readInt(), in)).toImageCell();
            case 'C' -> list(in);
            default -> throw new IOException("no cells are of the kind " + kind);
        };
    }

    private static DataCell list(final DataInputStream in) throws IOException {
        final List<DataCell> elements = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            elements.add(read(in));
        }
        return CollectionCellFactory.createListCell(elements);
    }

    private static DataCell missing(final String error) {
        return error == null ? DataType.getMissingCell() : new MissingCell(error);
    }

    private static byte[] bytes(final int length, final DataInputStream in) throws IOException {
        final byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the file ends in a cell");
        }
        return bytes;
    }

    /** Writes the characters themselves: an encoding would change halves of pairs. */
    static void text(final String text, final DataOutputStream out) throws IOException {
        out.writeInt(text == null ? -1 : text.length());
        if (text != null) {
            out.writeChars(text);
        }
    }

    static String text(final DataInputStream in) throws IOException {
        final int length = in.readInt();
        if (length < 0) {
            return null;
        }
        final var text = new StringBuilder(Math.min(length, 1 << 16));
        for (int i = 0; i < length; i++) {
            text.append(in.readChar());
        }
        return text.toString();
    }
}
