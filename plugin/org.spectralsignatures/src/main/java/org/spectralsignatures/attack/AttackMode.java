package org.spectralsignatures.attack;

/** What becomes of the originals of the marked images. */
public enum AttackMode {

    /** Marked copies are added with the target label; the originals stay (the paper's text). */
    ADD,

    /** The originals are marked and given the target label, so they leave their own class (the authors' code). */
    REPLACE
}
