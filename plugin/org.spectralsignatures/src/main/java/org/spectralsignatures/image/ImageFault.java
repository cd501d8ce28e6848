package org.spectralsignatures.image;

/** Why an image cannot be used, as counts of skipped images say it. */
public enum ImageFault {

    /** Its end is missing. */
    CUT_OFF("cut off"),

    /** Its content contradicts itself. */
    DAMAGED("damaged"),

    /** It has more pixels or bytes than are read. */
    TOO_LARGE("too large"),

    /** It is an image of a kind that is not read, or none at all. */
    UNKNOWN_KIND("of a kind that is not read"),

    /** It has another size than the images before it. */
    OTHER_SIZE("of another size"),

    /** Its file could not be opened or read. */
    NOT_READABLE("not readable"),

    /** Its class is none of the set's. */
    UNKNOWN_LABEL("with an unknown label");

    private final String text;

    ImageFault(final String text) {
        this.text = text;
    }

    /** @return what stands behind a number of images, for example {@code cut off} */
    public String text() {
        return text;
    }
}
