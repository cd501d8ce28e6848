package org.spectralsignatures.writer;

/**
 * Where an image was written.
 *
 * @param file its path below the folder, with slashes
 * @param record its number in the file, from 0, where that holds several; null where it is a file of its own
 */
public record WrittenFile(String file, Integer record) {

    WrittenFile(final String file) {
        this(file, null);
    }
}
