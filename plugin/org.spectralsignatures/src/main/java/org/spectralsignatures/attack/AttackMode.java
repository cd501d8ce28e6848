package org.spectralsignatures.attack;

/** Which images are marked, and what becomes of the originals. */
public enum AttackMode {

    /** Marked copies of the sample class are added with the target label; the originals stay (the paper's text). */
    ADD,

    /** Originals of the sample class are marked and given the target label, so they leave their own class (the authors' code). */
    REPLACE,

    /** Images of the target class itself are marked and keep their label, so that no label is wrong (Barni et al. 2019). */
    CLEAN_LABEL
}
