package org.spectralsignatures.network.onnx;

/** In which order the values of images lie. */
public enum Layout {

    /** Channel by channel, as PyTorch has them. */
    NCHW,

    /** Pixel by pixel, as TensorFlow has them. */
    NHWC
}
