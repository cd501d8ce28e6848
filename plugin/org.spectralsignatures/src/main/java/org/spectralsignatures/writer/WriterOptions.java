package org.spectralsignatures.writer;

import java.nio.file.Path;

/**
 * What to write and where.
 *
 * @param folder to write; it must not exist, or be empty, or be one that may be replaced
 * @param content what is written of each image
 * @param originals the folder that the images were read from; null where it is not known
 * @param layout of the files
 * @param quarantine whether removed images are written, too, into a folder of their own
 * @param replace whether a folder is replaced that was written before and holds nothing else, see {@link WrittenFolder}
 */
public record WriterOptions(Path folder, WrittenContent content, Path originals, SetLayout layout, boolean quarantine, boolean replace) {

    /** @throws IllegalArgumentException if files are to be copied or linked of which it is not known where they are, or into another layout */
    public WriterOptions {
        if (content.needsOriginals() && originals == null) {
            throw new IllegalArgumentException("Copies and links need the 'Original folder', the one that the images were read from.");
        }
        if (content.needsOriginals() && layout != SetLayout.CLASS_FOLDERS) {
            throw new IllegalArgumentException("Copies and links of files can only be laid out in folders of classes. Choose that 'Layout', or write the"
                + " images from the table.");
        }
    }

    /** @return whether a removed image becomes a file */
    public boolean writesRemoved() {
        return quarantine && content != WrittenContent.LIST;
    }

    /** @return whether the bytes of images are needed */
    public boolean needsImages() {
        return content == WrittenContent.IMAGES;
    }
}
