package org.spectralsignatures.attack;

import java.util.List;

/** The pixels that a trigger colours, relative to its position (paper, Section 4: pixel, X and L). */
public enum TriggerShape {

    /** One pixel. */
    PIXEL(List.of(new Offset(0, 0))),

    /** The centre and its four diagonal neighbours. */
    X(List.of(new Offset(0, 0), new Offset(-1, -1), new Offset(-1, 1), new Offset(1, -1), new Offset(1, 1))),

    /** A corner, the pixel below it and the pixel to its right. */
    L(List.of(new Offset(0, 0), new Offset(1, 0), new Offset(0, 1)));

    /**
     * @param rows downwards
     * @param columns to the right
     */
    public record Offset(int rows, int columns) {
    }

    private final List<Offset> offsets;

    TriggerShape(final List<Offset> offsets) {
        this.offsets = offsets;
    }

    /** @return the pixels, the position itself first */
    public List<Offset> offsets() {
        return offsets;
    }
}
