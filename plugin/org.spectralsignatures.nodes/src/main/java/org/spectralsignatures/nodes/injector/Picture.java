package org.spectralsignatures.nodes.injector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.spectralsignatures.attack.Pattern;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.nodes.task.Paths;

/** The picture that the user wants as a trigger. */
final class Picture {

    private Picture() {
    }

    /** @throws IOException if it is no readable picture; the message names the file */
    static Pattern read(final String path) throws IOException {
        final Path file = Paths.resolve(path);
        if (!Files.exists(file)) {
            throw new IOException("The picture '%s' does not exist.".formatted(file));
        }
        try {
            final DecodedImage image = ImageCodec.decode(RegularFile.read(file));
            return new Pattern(image.shape(), image.pixels());
        } catch (ImageFormatException e) {
            throw new IOException("The picture '%s' cannot be used. %s".formatted(file, e.getMessage()), e);
        }
    }
}
