package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes single images, each into a file of its own: their bytes, or copies of or links to the files that they were read from. */
final class ImageFiles {

    private final WrittenContent content;

    private final Originals originals;

    /**
     * @param content what is written
     * @param originals null if that needs none
     */
    ImageFiles(final WrittenContent content, final Originals originals) {
        this.content = content;
        this.originals = originals;
    }

    /** @return a safe name for an image's file; images from a table are PNG, others keep their ending */
    String name(final SetImage image) {
        final String name = SafeNames.ofKey(image.key(), image.label());
        return content.needsOriginals() ? name : SafeNames.withoutEnding(name) + ".png";
    }

    /**
     * @param image to write
     * @param target a new file
     * @throws IOException if it cannot be written; the message names the row
     */
    void write(final SetImage image, final Path target) throws IOException {
        if (!content.needsOriginals()) {
            Files.write(target, image.encoded(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return;
        }
        final Path original = originals.file(image.key());
        if (content == WrittenContent.COPIES) {
            Files.copy(original, target);
        } else {
            link(image.key(), original, target);
        }
    }

    private static void link(final String key, final Path original, final Path target) throws IOException {
        try {
            Files.createLink(target, original);
        } catch (IOException | UnsupportedOperationException e) {
            throw new IOException(("Row '%s': no hard link to '%s' can be made (%s). Both folders have to be on one disk, whose file system knows hard links."
                + " Write copies instead.").formatted(key, original, DiskFault.reason(e)), e);
        }
    }
}
