package org.spectralsignatures.network.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.image.codec.ImageCodec;

/** Files that people take for networks, told by their first bytes, and what to do with them. ONNX has no such mark: what is none of these may be one. */
final class OtherFile {

    static final String NUMPY = "'%s' is a file of NumPy, which has numbers but not what a network computes with them. Save the network itself, in Python with"
        + " torch.onnx.export or model.save. Vectors are for the Activations Reader, images for the Labelled Image Reader.";

    private static final String IMAGE = "'%s' is an image, and not a network. Images are for the Labelled Image Reader; set 'File' to the file of a network.";

    private static final String LITE = "'%s' is a network of TensorFlow Lite, which is not read: convert it to ONNX, with python -m tf2onnx.convert --tflite.";

    private static final String TENSORS = "'%s' is a file of safetensors, which has the values of a network but not what it computes with them: export the"
        + " network as ONNX, in Python with torch.onnx.export.";

    private static final String TABLE = "'%s' is a Parquet file, which holds a table and no network. Vectors are for the Activations Reader, images for the Labelled Image Reader.";

    private static final String TEXT = "'%s' is a text, and not a network. If it describes one, export that network with its values as ONNX.";

    private static final String PACKED = "'%s' is packed by gzip: unpack it first.";

    private static final String SAVED_MODEL = "'%s' is a SavedModel of TensorFlow, which is not read: convert it to ONNX, with python -m tf2onnx.convert --saved-model, or save it"
        + " from Keras as .keras.";

    /** Bytes that a file of safetensors begins with: the length of the JSON behind them. */
    private static final int LENGTH = 8;

    private OtherFile() {
    }

    /**
     * @param file of a network, as somebody says
     * @param head its first bytes
     * @throws IOException if it is something else; the message says what, and what to do
     */
    static void refuse(final Path file, final byte[] head) throws IOException {
        final String what = what(file, head);
        if (what != null) {
            throw new IOException(what.formatted(file));
        }
    }

    private static String what(final Path file, final byte[] head) {
        if (head.length > LENGTH && new String(head, 4, 4, StandardCharsets.ISO_8859_1).equals("TFL3")) {
            return LITE;
        }
        if (begins(head, "\u0093NUMPY")) {
            return NUMPY;
        }
        if (begins(head, "PAR1")) {
            return TABLE;
        }
        if (begins(head, "\u001f\u008b")) {
            return PACKED;
        }
        if (String.valueOf(file.getFileName()).equals("saved_model.pb")) {
            return SAVED_MODEL;
        }
        if (ImageCodec.recognises(head)) {
            return IMAGE;
        }
        if (head.length > LENGTH && head[LENGTH] == '{' && head[LENGTH - 1] == 0) {
            return TENSORS;
        }
        return isText(head) ? TEXT : null;
    }

    private static boolean begins(final byte[] head, final String with) {
        return NetworkKind.begins(head, with.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** ONNX begins with a small number that is no letter. */
    private static boolean isText(final byte[] head) {
        return head.length > 0 && List.of('{', '<', '[', '#', '%').contains((char)head[0]);
    }

    /** @return what to do with a folder */
    static String folder(final Path folder) {
        return (Files.exists(folder.resolve("saved_model.pb")) ? SAVED_MODEL : "'%s' is a folder, and not the file of a network. Set 'File' to a file in it.").formatted(folder);
    }
}
