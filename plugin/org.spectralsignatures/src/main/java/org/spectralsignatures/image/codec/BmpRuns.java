package org.spectralsignatures.image.codec;

import org.spectralsignatures.image.ImageShape;

/** Looks through the runs of a compressed Windows bitmap (RLE4 and RLE8). */
final class BmpRuns {

    private BmpRuns() {
    }

    /** @return whether they go on to their end mark or the last pixel */
    static boolean areWhole(final byte[] file, final int start, final boolean bytes, final ImageShape shape) {
        int at = start;
        int row = 0;
        int column = 0;
        while (at + 1 < file.length) {
            final int count = file[at] & 0xff;
            final int code = file[at + 1] & 0xff;
            at += 2;
            if (count > 0) {
                column += count;
            } else if (code == 0) {
                row++;
                column = 0;
            } else if (code == 1) {
                return true;
            } else if (code == 2 && at + 1 < file.length) {
                column += file[at] & 0xff;
                row += file[at + 1] & 0xff;
                at += 2;
            } else if (code > 2) {
                final int length = bytes ? code : (code + 1) / 2;
                at += length + length % 2;
                column += code;
            }
        }
        return at <= file.length && (row >= shape.height() || row == shape.height() - 1 && column >= shape.width());
    }
}
