package org.spectralsignatures.writer;

/** What is written of each image. */
public enum WrittenContent {

    /** Its encoded bytes or pixels, as they were handed over. */
    IMAGES,

    /** A copy of the file that it was read from. */
    COPIES,

    /** A hard link to the file that it was read from. */
    LINKS,

    /** Nothing but a line in a list. */
    LIST;

    /** @return whether files that the images were read from are needed */
    public boolean needsOriginals() {
        return this == COPIES || this == LINKS;
    }
}
