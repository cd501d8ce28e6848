package org.spectralsignatures.network.onnx;

import java.nio.file.Path;

/**
 * Values of a tensor that lie in a file beside the model's, as PyTorch and large models have them.
 *
 * @param file where they lie
 * @param from their first byte
 * @param size how many bytes they have
 */
record OnnxExternal(Path file, long from, long size) {

    private static final String ADVICE = ". Save the network in one file, in Python with torch.onnx.export(..., external_data=False), or"
        + " onnx.save(onnx.load('network.onnx'), 'one-file.onnx')";

    /**
     * @param tensor whose values lie elsewhere
     * @param folder of the model; null if no other file may be read
     * @param where the tensor stands, for messages; empty for an initialiser of the graph
     * @return its values, which the file has
     * @throws OnnxFormatException if the file is none that may be read, or has no such values
     */
    static OnnxExternal of(final OnnxTensor tensor, final OnnxFolder folder, final String where) throws OnnxFormatException {
        final String location = tensor.external().getOrDefault("location", "");
        final String what = "the values of %s lie in another file, '%s', ".formatted(tensor.what(where), OnnxText.shown(location));
        if (folder == null || !where.isEmpty()) {
            throw new OnnxFormatException(what + "where only those of initialisers may lie" + ADVICE);
        }
        final long size = tensor.bytes(where);
        if (size < 0 || tensor.rawBytes() >= 0) {
            throw new OnnxFormatException(what + (size < 0 ? "though they are no numbers" : "and in this file, too"));
        }
        final long from = number(tensor, "offset", 0, what);
        final long length = number(tensor, "length", size, what);
        if (length != size) {
            throw new OnnxFormatException("%s has the shape %s, but %d bytes of values in '%s'".formatted(tensor.what(where), tensor.shape(), length, OnnxText.shown(location)));
        }
        final OnnxFolder.Found found;
        try {
            found = folder.file(location);
        } catch (OnnxFormatException e) {
            throw new OnnxFormatException(what + e.getMessage() + (e.getMessage().startsWith("but") ? ADVICE : ""));
        }
        if (from > found.size() - size) {
            throw new OnnxFormatException("%sat the bytes from %d to %d, but it has %d: it is cut off, or belongs to another network".formatted(what, from, from + size,
                found.size()));
        }
        return new OnnxExternal(found.file(), from, size);
    }

    private static long number(final OnnxTensor tensor, final String key, final long otherwise, final String what) throws OnnxFormatException {
        final String text = tensor.external().get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new OnnxFormatException("%sbut their %s is '%s'".formatted(what, key, OnnxText.shown(text)));
        }
        return Long.parseLong(text);
    }
}
