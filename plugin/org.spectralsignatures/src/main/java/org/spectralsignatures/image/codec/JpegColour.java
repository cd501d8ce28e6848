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
                final int blueness = samples[p + 1] & 0xff;
                final int redness = samples[p + 2] & 0xff;
                planes[i] = Chrominance.red(luminance, redness);
                planes[n + i] = Chrominance.green(luminance, blueness, redness);
                planes[2 * n + i] = Chrominance.blue(luminance, blueness);
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
                final int blueness = samples[p + 1] & 0xff;
                final int redness = samples[p + 2] & 0xff;
                final int black = samples[p + 3] & 0xff;
                planes[i] = inked(~Chrominance.red(luminance, redness) & 0xff, black);
                planes[n + i] = inked(~Chrominance.green(luminance, blueness, redness) & 0xff, black);
                planes[2 * n + i] = inked(~Chrominance.blue(luminance, blueness) & 0xff, black);
            }
        }
    };

    /**
     * @param samples pixel by pixel
     * @param planes receives red, green and blue, plane by plane
     * @param n number of pixels
     */
    abstract void toRgb(byte[] samples, byte[] planes, int n);

    /** @return black - (255 - ink) * black / 255, rounded, where both are inverted */
    private static byte inked(final int ink, final int black) {
        final int product = (255 - ink) * black + 128;
        return (byte)(black - ((product >> 8) + product >> 8));
    }

    /** What the chrominances add to the luminance, as tables, which take three quarters of the time of the products. */
    private static final class Chrominance {

        private static final int VALUES = 256;

        /** No chrominance takes or adds more. */
        private static final int MOST = 384;

        private static final int[] RED = new int[VALUES];

        private static final int[] GREEN_OF_BLUENESS = new int[VALUES];

        private static final int[] GREEN_OF_REDNESS = new int[VALUES];

        private static final int[] BLUE = new int[VALUES];

        /** What is above 255 or below 0 becomes that. */
        private static final byte[] CLIPPED = new byte[VALUES + 2 * MOST];

        static {
            for (int i = 0; i < VALUES; i++) {
                final int chrominance = i - 128;
                RED[i] = (91881 * chrominance + 32768 >> 16) + MOST;
                GREEN_OF_BLUENESS[i] = -22554 * chrominance + (MOST << 16);
                GREEN_OF_REDNESS[i] = -46802 * chrominance + 32768;
                BLUE[i] = (116130 * chrominance + 32768 >> 16) + MOST;
            }
            for (int i = 0; i < CLIPPED.length; i++) {
                CLIPPED[i] = (byte)Math.max(0, Math.min(VALUES - 1, i - MOST));
            }
        }

        private Chrominance() {
        }

        static byte red(final int luminance, final int redness) {
            return CLIPPED[luminance + RED[redness]];
        }

        static byte green(final int luminance, final int blueness, final int redness) {
            return CLIPPED[luminance + (GREEN_OF_BLUENESS[blueness] + GREEN_OF_REDNESS[redness] >> 16)];
        }

        static byte blue(final int luminance, final int blueness) {
            return CLIPPED[luminance + BLUE[blueness]];
        }
    }
}
