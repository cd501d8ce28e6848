package org.spectralsignatures.reader;

/**
 * What NumPy's arrays hold, where it cannot be told from them; only for {@link ImageSetFormat#NUMPY}.
 *
 * @param images name of the array of images; empty to find it
 * @param labels name of the array of labels; empty to find it
 * @param classNames name of the array of names of classes; empty to find it, if there is one
 * @param axes which axis holds the channels
 * @param range of the values that pixels have
 */
public record ArrayOptions(String images, String labels, String classNames, Axes axes, Range range) {

    /** Everything is found. */
    public static final ArrayOptions NONE = new ArrayOptions("", "", "", Axes.GUESS, Range.GUESS);

    /** Which axis of an array of images holds the channels. */
    public enum Axes {

        /** The one that has a length of 1, 3 or 4. */
        GUESS,

        /** The last: {@code [n, height, width, channels]}. */
        CHANNELS_LAST,

        /** The second: {@code [n, channels, height, width]}. */
        CHANNELS_FIRST
    }

    /** The values of black and white. */
    public enum Range {

        /** Whole numbers from 0 to 255; numbers with a fraction by the largest of them. */
        GUESS,

        /** 0 and 1. */
        UNIT,

        /** 0 and 255. */
        BYTE
    }
}
