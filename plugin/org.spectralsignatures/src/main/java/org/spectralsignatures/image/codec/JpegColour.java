package org.spectralsignatures.image.codec;

/** What the components of a JPEG image stand for, and their conversion to RGB by the integers of libjpeg and Pillow. */
enum JpegColour {

    /** One component. */
    GRAY {
        @Override
        void toRgb(final byte[] samples, final byte[] planes, final int n) {
            for (int plane = 0; plane < 3; plane++) {
                System.arraycopy(samples, 0, planes, plane * n, n);
            }
        }
    },

    /** Red, green, blue. */
    RGB {
        @Override
        void toRgb(final byte[] samples, final byte[] planes, final int n) {
            for (int i = 0, p = 0; i < n; i++, p += 3) {
                planes[i] = samples[p];
                planes[n + i] = samples[p + 1];
                planes[2 * n + i] = samples[p + 2];
            }
        }
    },

    /** Luminance and two chrominances (JFIF). */
    YCC {
        @Override
        void toRgb(final byte[] samples, final byte[] planes, final int n) {
            for (int i = 0, p = 0; i < n; i++, p += 3) {
                final int luminance = samples[p] & 0xff;
                final int blueness = (samples[p + 1] & 0xff) - 128;
                final int redness = (samples[p + 2] & 0xff) - 128;
                planes[i] = (byte)red(luminance, redness);
                planes[n + i] = (byte)green(luminance, blueness, redness);
                planes[2 * n + i] = (byte)blue(luminance, blueness);
            }
        }
    },

    /** Cyan, magenta, yellow and black, inverted as Adobe's programs write them, which readers take for granted. */
    CMYK {
        @Override
        void toRgb(final byte[] samples, final byte[] planes, final int n) {
            for (int i = 0, p = 0; i < n; i++, p += 4) {
                final int black = samples[p + 3] & 0xff;
                planes[i] = inked(samples[p] & 0xff, black);
                planes[n + i] = inked(samples[p + 1] & 0xff, black);
                planes[2 * n + i] = inked(samples[p + 2] & 0xff, black);
            }
        }
    },

    /** CMYK whose inks were turned into luminance and chrominances. */
    YCCK {
        @Override
        void toRgb(final byte[] samples, final byte[] planes, final int n) {
            for (int i = 0, p = 0; i < n; i++, p += 4) {
                final int luminance = samples[p] & 0xff;
                final int blueness = (samples[p + 1] & 0xff) - 128;
                final int redness = (samples[p + 2] & 0xff) - 128;
                final int black = samples[p + 3] & 0xff;
                planes[i] = inked(255 - red(luminance, redness), black);
                planes[n + i] = inked(255 - green(luminance, blueness, redness), black);
                planes[2 * n + i] = inked(255 - blue(luminance, blueness), black);
            }
        }
    };

    /**
     * @param samples pixel by pixel
     * @param planes receives red, green and blue, plane by plane
     * @param n number of pixels
     */
    abstract void toRgb(byte[] samples, byte[] planes, int n);

    private static int red(final int luminance, final int redness) {
        return clip(luminance + (91881 * redness + 32768 >> 16));
    }

    private static int green(final int luminance, final int blueness, final int redness) {
        return clip(luminance + (-22554 * blueness - 46802 * redness + 32768 >> 16));
    }

    private static int blue(final int luminance, final int blueness) {
        return clip(luminance + (116130 * blueness + 32768 >> 16));
    }

    private static int clip(final int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** @return black - (255 - ink) * black / 255, rounded, where both are inverted */
    private static byte inked(final int ink, final int black) {
        final int product = (255 - ink) * black + 128;
        return (byte)(black - ((product >> 8) + product >> 8));
    }
}
