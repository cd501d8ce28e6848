package org.spectralsignatures.scoring;

/**
 * What turns the representations of one class into outlier scores. Throughout, R(x) is a row, mean the mean of the class and v
 * the top right singular vector of the centred rows.
 */
public enum ScoringMethod {

    /** Algorithm 1 of the paper: the squared projection of the centred row, {@code ((R(x) - mean) . v)^2}, summed over the directions. */
    PAPER,

    /** The authors' published code: {@code |R(x) . v|} of the row that was not centred; the norm over several directions. */
    REFERENCE_CODE,

    /** {@code |R(x) - mean|}, the euclidean norm (paper, Figure 1). */
    L2_NORM,

    /** {@code |(R(x) - mean) . u|} for a random direction u of unit length, the same for all classes (paper, Figure 1). */
    RANDOM_VECTOR,

    /**
     * Activation clustering (Chen et al. 2018): principal components, 2-means, the smaller cluster is suspect. The score says
     * how much nearer a row lies to the smaller cluster's centre, from -1 to 1.
     */
    ACTIVATION_CLUSTERING,

    /** SPECTRE (Hayase et al. 2021): principal components, robust covariance, whitening, QUE score. */
    SPECTRE
}
