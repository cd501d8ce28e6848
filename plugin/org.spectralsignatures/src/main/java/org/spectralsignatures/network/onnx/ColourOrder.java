package org.spectralsignatures.network.onnx;

/** Which channels a network takes. */
public enum ColourOrder {

    /** Red, green, blue. */
    RGB,

    /** Blue, green, red, as OpenCV reads images. */
    BGR,

    /** One, gray. */
    GRAY;

    /** @return how many channels these are */
    public int channels() {
        return this == GRAY ? 1 : 3;
    }
}
