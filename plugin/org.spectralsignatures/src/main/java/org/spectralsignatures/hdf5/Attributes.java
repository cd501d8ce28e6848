package org.spectralsignatures.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Attributes of a group that are texts; others are passed over. */
final class Attributes {

    private static final int LONGEST_TEXT = 1 << 26;

    private final Hdf5Bytes file;

    Attributes(final Hdf5Bytes file) {
        this.file = file;
    }

    /**
     * @param messages of a group
     * @param wanted name of an attribute
     * @return its text; null if there is no such attribute, or it is no single text
     */
    String text(final List<ObjectHeader.Message> messages, final String wanted) throws IOException {
        for (ObjectHeader.Message message : messages) {
            if (message.type() == ObjectHeader.ATTRIBUTE && !message.shared()) {
                final String text = text(message.content().duplicate().order(message.content().order()), wanted);
                if (text != null) {
                    return text;
                }
            }
        }
        return null;
    }

    private String text(final ByteBuffer message, final String wanted) throws IOException {
        ObjectHeader.require(message, 8);
        final int version = message.get(0);
        final int flags = message.get(1);
        if (version < 1 || version > 3) {
            throw new Hdf5Exception("it has an attribute of version %d, which is not read".formatted(version));
        }
        final int unit = version == 1 ? 8 : 1;
        final int nameSize = Short.toUnsignedInt(message.getShort(2));
        final int typeSize = Short.toUnsignedInt(message.getShort(4));
        final int spaceSize = Short.toUnsignedInt(message.getShort(6));
        ObjectHeader.take(message, version == 3 ? 9 : 8);
        final String name = until0(ObjectHeader.take(message, padded(nameSize, unit)));
        final ByteBuffer type = ObjectHeader.take(message, padded(typeSize, unit));
        final ByteBuffer space = ObjectHeader.take(message, padded(spaceSize, unit));
        if (!name.equals(wanted) || version > 1 && (flags & 3) != 0) {
            return null;
        }
        final ElementType element = ElementType.read(type);
        if (Dataspace.bytes(Dataspace.read(space), 1) != 1) {
            return null;
        }
        return switch (element.kind()) {
            case TEXT -> until0(ObjectHeader.take(message, element.size()));
            case LONG_TEXT -> fromHeap(message);
            default -> null;
        };
    }

    private static int padded(final int size, final int unit) {
        return (size + unit - 1) / unit * unit;
    }

    private String fromHeap(final ByteBuffer place) throws IOException {
        ObjectHeader.require(place, 16);
        final long length = Integer.toUnsignedLong(place.getInt());
        final long heap = place.getLong();
        final int index = place.getInt();
        final ByteBuffer head = file.at(heap, 16, "GCOL");
        final long end = heap + Math.max(0, head.getLong(8));
        if (length > LONGEST_TEXT) {
            throw new Hdf5Exception("an attribute in it has %d bytes".formatted(length));
        }
        for (long at = heap + 16; at >= 0 && at <= end - 16;) {
            final ByteBuffer object = file.at(at, 16);
            final long size = object.getLong(8);
            final int number = Short.toUnsignedInt(object.getShort(0));
            if (number == index) {
                if (length > size) {
                    break;
                }
                return until0(file.at(at + 16, length));
            }
            if (number == 0 || size < 0 || size > end - at) {
                break;
            }
            at += 16 + (size + 7) / 8 * 8;
        }
        throw new Hdf5Exception("the text of an attribute is not where it should be: it is damaged");
    }

    /** @return the text, which ends at the first byte that is 0 */
    static String until0(final ByteBuffer bytes) {
        final var text = new byte[bytes.remaining()];
        bytes.get(text);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
