package org.spectralsignatures.duplicate;

/** Where the other image of a pair stands. */
public enum Relation {

    /** The two have different labels: one of them is wrong. */
    OTHER_CLASS("another class"),

    /** The two are in different parts of the set, such as training and test: what is measured on one was learned on the other. */
    OTHER_PART("another part"),

    /** The two have one label and are in one part. */
    SAME_CLASS("same class");

    private final String text;

    Relation(final String text) {
        this.text = text;
    }

    /** @return what a report calls it */
    public String text() {
        return text;
    }
}
