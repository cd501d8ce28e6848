package org.spectralsignatures.network.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.spectralsignatures.image.RegularFile;

/** The kinds of files that hold networks, told by their first bytes whatever they are called. */
public enum NetworkKind {

    /** What {@link NetworkFile} writes, or wrote in earlier versions. */
    SAVED,

    /** A model of Deeplearning4j, see {@link Dl4jModel}. */
    DL4J,

    /** A network of Keras in HDF5, see the package {@code network.keras}. */
    KERAS_HDF5,

    /** A network of Keras in its own archive, see the package {@code network.keras}. */
    KERAS_ARCHIVE,

    /** The format of ONNX: whatever is nothing else. */
    ONNX;

    private static final int HEAD = 4096;

    private static final int ZIP_NAME = 30;

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private static final byte[] HDF5 = {(byte)0x89, 'H', 'D', 'F'};

    private static final byte[] PICKLE = {(byte)0x80, 2};

    private static final String PYTORCH = "'%s' is a file of PyTorch, which only Python can read: export the network, in Python with torch.onnx.export.";

    /** @return whether Keras wrote it */
    public boolean isKeras() {
        return this == KERAS_HDF5 || this == KERAS_ARCHIVE;
    }

    /**
     * @param file of a network
     * @return its kind
     * @throws IOException if it cannot be read, or is of a kind that is known but not read; the message names the file and says what to do
     */
    public static NetworkKind of(final Path file) throws IOException {
        final byte[] head;
        if (Files.isDirectory(file)) {
            throw new IOException(OtherFile.folder(file));
        }
        try (InputStream in = RegularFile.open(file)) {
            head = in.readNBytes(HEAD);
        } catch (IOException e) {
            throw new IOException("'%s' cannot be read. %s".formatted(file, RegularFile.reason(e)), e);
        }
        if (begins(head, ZIP)) {
            return zip(file, head);
        }
        if (begins(head, HDF5)) {
            return KERAS_HDF5;
        }
        if (begins(head, PICKLE)) {
            throw new IOException(PYTORCH.formatted(file));
        }
        OtherFile.refuse(file, head);
        return ONNX;
    }

    private static NetworkKind zip(final Path file, final byte[] head) throws IOException {
        final int length = head.length > ZIP_NAME ? Byte.toUnsignedInt(head[26]) | Byte.toUnsignedInt(head[27]) << 8 : 0;
        final String first = new String(head, Math.min(ZIP_NAME, head.length), Math.min(length, Math.max(0, head.length - ZIP_NAME)), StandardCharsets.UTF_8);
        if (first.endsWith("/data.pkl") || first.endsWith("/version") || first.endsWith("/.format_version")) {
            throw new IOException(PYTORCH.formatted(file));
        }
        if (first.equals("metadata.json") || first.equals("config.json") || first.equals("model.weights.h5")) {
            return KERAS_ARCHIVE;
        }
        if (first.endsWith(".npy")) {
            throw new IOException(OtherFile.NUMPY.formatted(file));
        }
        return NetworkZip.isModel(file) ? DL4J : SAVED;
    }

    static boolean begins(final byte[] head, final byte[] with) {
        return head.length >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }
}
