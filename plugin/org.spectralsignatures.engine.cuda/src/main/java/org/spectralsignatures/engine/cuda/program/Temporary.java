package org.spectralsignatures.engine.cuda.program;

/** An array that lives from one operation of a program to a later one, and shares its memory with others that live at other times. */
public final class Temporary {

    private final long bytes;

    private int first;

    private int last;

    Temporary(final long bytes, final int first) {
        this.bytes = bytes;
        this.first = first;
        last = first;
    }

    void use(final int operation) {
        last = Math.max(last, operation);
    }

    /** @return its length in bytes */
    public long bytes() {
        return bytes;
    }

    /** @return index of the operation that writes it first; -1 if it is written before the program */
    int first() {
        return first;
    }

    /** @return index of the last operation that uses it; the number of operations if it is used after the program */
    int last() {
        return last;
    }

    boolean livesBeside(final Temporary other) {
        return first <= other.last && other.first <= last;
    }
}
