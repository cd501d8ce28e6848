package org.spectralsignatures.duplicate;

/** How alike two images are. */
public enum Likeness {

    /** All their pixels are equal. */
    SAME("same pixels"),

    /** They show one picture: compressed again, resized, lighter, mirrored, or with a mark. */
    NEAR("nearly the same");

    private final String text;

    Likeness(final String text) {
        this.text = text;
    }

    /** @return what a report calls it */
    public String text() {
        return text;
    }
}
