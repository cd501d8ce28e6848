package org.spectralsignatures.image.vp8;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/** Says what is wrong with a WebP file, the same for the file around a picture and for the picture. */
public final class WebpFault {

    private WebpFault() {
    }

    /**
     * @param what is missing, as a clause
     * @return to be thrown
     */
    public static ImageFormatException cutOff(final String what) {
        return new ImageFormatException(ImageFault.CUT_OFF, "The WebP image is cut off: " + what + ".");
    }

    /**
     * @param what is wrong, as a clause
     * @return to be thrown
     */
    public static ImageFormatException damaged(final String what) {
        return new ImageFormatException(ImageFault.DAMAGED, "The WebP image is damaged: " + what + ".");
    }
}
