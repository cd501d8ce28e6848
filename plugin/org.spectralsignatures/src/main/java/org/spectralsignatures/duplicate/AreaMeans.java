package org.spectralsignatures.duplicate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;

/**
 * The brightness of an image on a grid of few cells: each is the mean of the part of the image that it covers, to fractions of pixels, so that
 * a copy of another size has nearly the same means.
 */
final class AreaMeans {

    /** Weights of red, green and blue in brightness (ITU-R BT.601). */
    private static final double[] LUMA = {.299, .587, .114};

    /** Eight bytes of pixels, the first one lowest. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EVEN = 0x00ff00ff00ff00ffL;

    /** Rows whose bytes add up to less than 16 bits. */
    private static final int MOST_ROWS = 256;

    private final DecodedImage image;

    private final ImageShape shape;

    private final int edge;

    /** Sums of whole rows, pixel by pixel; they cannot overflow, since an image has at most some ten million pixels. */
    private final int[] sums;

    private final long[] even;

    private final long[] odd;

    private AreaMeans(final DecodedImage image, final int edge) {
        this.image = image;
        this.edge = edge;
        shape = image.shape();
        sums = new int[shape.width()];
        even = new long[shape.width() / Long.BYTES];
        odd = new long[even.length];
    }

    /**
     * @param image {@code [3, height, width]} or {@code [1, height, width]}
     * @param edge number of cells in each direction, k
     * @return brightness from 0 to 255, {@code [k * k]}, row by row
     */
    static double[] of(final DecodedImage image, final int edge) {
        return new AreaMeans(image, edge).means();
    }

    private double[] means() {
        final var means = new double[edge * edge];
        final var line = new double[shape.width()];
        final var cells = new double[edge];
        for (int cell = 0; cell < edge; cell++) {
            Arrays.fill(line, 0);
            for (int channel = 0; channel < shape.channels(); channel++) {
                addRows(cell, channel, line);
            }
            means(line, cells);
            System.arraycopy(cells, 0, means, cell * edge, edge);
        }
        return means;
    }

    /** Adds the mean of the rows that a row of cells covers, of one channel. */
    private void addRows(final int cell, final int channel, final double[] line) {
        final double from = (double)cell * shape.height() / edge;
        final double to = (cell + 1.) * shape.height() / edge;
        final double weight = (shape.channels() == 1 ? 1 : LUMA[channel]) / (to - from);
        final int firstWhole = (int)Math.ceil(from);
        final int afterWhole = (int)to;
        if (afterWhole < firstWhole) {
            addPart(channel, afterWhole, weight * (to - from), line);
            return;
        }
        if (from < firstWhole) {
            addPart(channel, firstWhole - 1, weight * (firstWhole - from), line);
        }
        if (afterWhole < to) {
            addPart(channel, afterWhole, weight * (to - afterWhole), line);
        }
        if (afterWhole - firstWhole == 1) {
            addPart(channel, firstWhole, weight, line);
        } else {
            addWhole(channel, firstWhole, afterWhole, weight, line);
        }
    }

    private void addWhole(final int channel, final int from, final int to, final double weight, final double[] line) {
        Arrays.fill(sums, 0);
        for (int y = from; y < to; y += MOST_ROWS) {
            sumRows(channel, y, Math.min(to, y + MOST_ROWS));
        }
        for (int x = 0; x < line.length; x++) {
            line[x] += weight * sums[x];
        }
    }

    /** Adds eight pixels at a time: bytes in even and in odd places as four numbers of 16 bits each. */
    private void sumRows(final int channel, final int from, final int to) {
        final byte[] pixels = image.pixels();
        final int width = shape.width();
        final int eights = even.length;
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        for (int y = from; y < to; y++) {
            final int start = channel * shape.planeSize() + y * width;
            for (int i = 0; i < eights; i++) {
                final long eight = (long)EIGHT.get(pixels, start + Long.BYTES * i);
                even[i] += eight & EVEN;
                odd[i] += eight >>> Byte.SIZE & EVEN;
            }
            for (int x = Long.BYTES * eights; x < width; x++) {
                sums[x] += pixels[start + x] & 0xff;
            }
        }
        for (int x = 0; x < Long.BYTES * eights; x++) {
            final long numbers = (x & 1) == 0 ? even[x / Long.BYTES] : odd[x / Long.BYTES];
            sums[x] += (int)(numbers >>> Short.SIZE * (x % Long.BYTES / 2)) & 0xffff;
        }
    }

    private void addPart(final int channel, final int y, final double weight, final double[] line) {
        final byte[] pixels = image.pixels();
        final int start = channel * shape.planeSize() + y * shape.width();
        for (int x = 0; x < line.length; x++) {
            line[x] += weight * (pixels[start + x] & 0xff);
        }
    }

    /**
     * @param line any values, {@code [n]}
     * @param cells receive the means of equal parts of the line, {@code [k]}
     */
    static void means(final double[] line, final double[] cells) {
        if (line.length == cells.length) {
            System.arraycopy(line, 0, cells, 0, cells.length);
            return;
        }
        int x = 0;
        double done = 0;
        for (int cell = 0; cell < cells.length; cell++) {
            final double end = (cell + 1.) * line.length / cells.length;
            double sum = 0;
            while (x < line.length && x + 1 <= end) {
                sum += (x + 1 - done) * line[x];
                done = ++x;
            }
            if (x < line.length && done < end) {
                sum += (end - done) * line[x];
                done = end;
            }
            cells[cell] = sum * cells.length / line.length;
        }
    }
}
