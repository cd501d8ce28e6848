package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

import org.spectralsignatures.image.RegularFile;

/** The folder of a model, in which other files may have its values: none above it or elsewhere, whatever names and links say. */
final class OnnxFolder {

    private final Path folder;

    /** Files that were found, with their sizes, by what the model calls them. */
    private final Map<String, Found> found = new HashMap<>();

    /** A file and how many bytes it has. */
    record Found(Path file, long size) {
    }

    /** @param model its file */
    OnnxFolder(final Path model) throws IOException {
        folder = model.toAbsolutePath().getParent().toRealPath();
    }

    /**
     * @param location as a model names it
     * @return the file
     * @throws OnnxFormatException if it is none that is read; the message begins in the middle of a sentence about it
     */
    Found file(final String location) throws OnnxFormatException {
        final Found known = found.get(location);
        if (known != null) {
            return known;
        }
        final Path relative = relative(location);
        try {
            final Path file = folder.resolve(relative).toRealPath();
            if (!file.startsWith(folder)) {
                throw new OnnxFormatException("which is a link that leads out of the folder of the network: put the file itself there");
            }
            final var facts = Files.readAttributes(file, BasicFileAttributes.class);
            if (!facts.isRegularFile()) {
                throw new OnnxFormatException("which is no file");
            }
            final var result = new Found(file, facts.size());
            found.put(location, result);
            return result;
        } catch (OnnxFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new OnnxFormatException("which cannot be read. %s Put it into the folder of the network, under the name that it had when both were written"
                .formatted(RegularFile.reason(e)));
        }
    }

    private static Path relative(final String location) throws OnnxFormatException {
        try {
            final Path relative = Path.of(location.replace('\\', '/'));
            if (!location.isBlank() && !relative.isAbsolute() && !location.startsWith("/") && !location.contains(":") && relative.normalize().equals(relative)
                && !relative.startsWith("..")) {
                return relative;
            }
        } catch (InvalidPathException e) { // NOSONAR said below
        }
        throw new OnnxFormatException("but only files in the folder of the network, or below it, are read");
    }
}
