package org.spectralsignatures.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** An array of texts {@code [n]}, each as wide as the longest (NumPy's type {@code U}, UTF-32). Texts are not copied. */
public final class TextContent implements ArrayContent {

    /** Longest text in characters, which is the longest that we read. */
    private static final int MOST_CHARACTERS = PIECE_BYTES / Integer.BYTES;

    private static final int TEXTS_A_CHECK = 1 << 12;

    private final int count;

    private final IntFunction<String> texts;

    private final int width;

    private TextContent(final int count, final IntFunction<String> texts, final int width) {
        this.count = count;
        this.texts = texts;
        this.width = width;
    }

    /**
     * @param what they are, for messages: "row key"
     * @param count n
     * @param texts by their index
     * @param monitor asked from time to time
     * @return the array
     * @throws IOException if a text is too long, or ends in a way that such arrays do not keep; the message shows it
     */
    public static TextContent of(final String what, final int count, final IntFunction<String> texts, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        int width = 1;
        for (int i = 0; i < count; i++) {
            if (i % TEXTS_A_CHECK == 0) {
                monitor.checkCancelled();
            }
            final String text = texts.apply(i);
            final int length = text.codePointCount(0, text.length());
            if (length > MOST_CHARACTERS) {
                throw new IOException("The %s '%s ...' has %d characters, but a NumPy file keeps %d. Shorten it.".formatted(what, text.substring(0, 60), length, MOST_CHARACTERS));
            }
            if (text.endsWith("\0")) {
                throw new IOException("The %s of row %d ends in a zero character, which a NumPy file does not keep. Change it.".formatted(what, i + 1));
            }
            width = Math.max(width, length);
        }
        return new TextContent(count, texts, width);
    }

    @Override
    public byte[] header() {
        return NpyHeader.write("<U" + width, count);
    }

    @Override
    public long bytes() {
        return (long)count * width * Integer.BYTES;
    }

    @Override
    public void writeTo(final ByteSink sink) throws IOException, TaskCancelledException {
        final var piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            if (piece.remaining() < width * Integer.BYTES) {
                sink.put(piece.array(), piece.position());
                piece.clear();
            }
            final int end = piece.position() + width * Integer.BYTES;
            texts.apply(i).codePoints().forEach(piece::putInt);
            while (piece.position() < end) {
                piece.putInt(0);
            }
        }
        sink.put(piece.array(), piece.position());
    }
}
