package org.spectralsignatures.spark.vector;

import java.io.Serializable;

/** One row of a table of vectors, as Spark fills it: it knows fields by their setters. */
public final class VectorRow implements Serializable {

    private static final long serialVersionUID = 1L;

    private String id;

    private String label;

    private float[] vector;

    private boolean missing;

    /** @return what names the row; null if it is missing */
    public String getId() {
        return id;
    }

    /** @param id what names the row */
    public void setId(final String id) {
        this.id = id;
    }

    /** @return its class; null if it is missing */
    public String getLabel() {
        return label;
    }

    /** @param label its class */
    public void setLabel(final String label) {
        this.label = label;
    }

    /** @return {@code [d]}; null if it is missing, or a value in it */
    public float[] getVector() {
        return vector;
    }

    /** @param vector {@code [d]} */
    public void setVector(final float[] vector) {
        this.vector = vector;
    }

    /** @return whether a value within the vector is missing */
    public boolean isMissing() {
        return missing;
    }

    /** @param missing whether a value within the vector is missing */
    public void setMissing(final boolean missing) {
        this.missing = missing;
    }
}
