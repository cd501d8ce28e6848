package org.spectralsignatures.scoring;

/** Which formula turns a representation into an outlier score. */
public enum ScoreVariant {

    /** Algorithm 1 of the paper: the squared projection of the centred row, {@code ((R(x) - mean) . v)^2}, summed over the directions. */
    PAPER,

    /** The authors' published code: {@code |R(x) . v|} of the row that was not centred; the norm over several directions. */
    REFERENCE_CODE
}
