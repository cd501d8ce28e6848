package org.spectralsignatures.image;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.spectralsignatures.image.PngChunks.Range;

/**
 * Decodes PNG images of all kinds from their samples as they are: of 16 bits the upper 8; alpha, transparent colours, gamma and profiles
 * are passed over. {@code javax.imageio} bends gray samples by the curve of a linear colour space and fills what is missing with gray.
 */
final class PngDecoder {

    /** Deflate cannot make data smaller than this (RFC 1951: 258 bytes by two bits). */
    private static final int LARGEST_RATIO = 1032;

    /** First row, first column, rows and columns between pixels of Adam7's passes. */
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2}, {0, 1, 2, 2}, {1, 0, 2, 1}};

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final byte[] file;

    private final PngChunks chunks;

    private final ImageShape shape;

    private final byte[] planes;

    private final Inflater inflater = new Inflater();

    private int range;

    private PngDecoder(final byte[] file, final PngChunks chunks, final ImageShape shape) {
        this.file = file;
        this.chunks = chunks;
        this.shape = shape;
        planes = new byte[shape.size()];
    }

    static boolean recognises(final byte[] file) {
        return file.length >= PngChunks.SIGNATURE.length
            && Arrays.equals(file, 0, PngChunks.SIGNATURE.length, PngChunks.SIGNATURE, 0, PngChunks.SIGNATURE.length);
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        final PngChunks chunks = PngChunks.of(file);
        final ImageShape shape = limit.rgb(chunks.width(), chunks.height());
        final long compressed = chunks.data().stream().mapToLong(Range::length).sum();
        if (compressed * LARGEST_RATIO < (long)chunks.rowBytes(shape.width()) * shape.height()) {
            throw cutOff(shape);
        }
        final var decoder = new PngDecoder(file, chunks, shape);
        try {
            for (int[] pass : chunks.interlaced() ? ADAM7 : WHOLE) {
                decoder.pass(pass[0], pass[1], pass[2], pass[3]);
            }
        } finally {
            decoder.inflater.end();
        }
        return chunks.orientation().apply(new DecodedImage(shape, decoder.planes));
    }

    private static ImageFormatException cutOff(final ImageShape shape) {
        return new ImageFormatException(ImageFault.CUT_OFF, "The PNG image is cut off: pixels of its %s are missing.".formatted(shape.describe()));
    }

    private void pass(final int firstRow, final int firstColumn, final int rowStep, final int columnStep) throws ImageFormatException {
        final int width = (shape.width() - firstColumn + columnStep - 1) / columnStep;
        if (width <= 0) {
            return;
        }
        final int length = chunks.rowBytes(width);
        byte[] row = new byte[1 + length];
        byte[] above = new byte[1 + length];
        for (int y = firstRow; y < shape.height(); y += rowStep) {
            inflate(row);
            PngFilter.undo(row, above, Math.max(1, chunks.samples() * chunks.depth() / 8));
            store(row, width, y * shape.width() + firstColumn, columnStep);
            final byte[] spare = above;
            above = row;
            row = spare;
        }
    }

    private void inflate(final byte[] target) throws ImageFormatException {
        int filled = 0;
        try {
            while (filled < target.length) {
                final int count = inflater.inflate(target, filled, target.length - filled);
                filled += count;
                if (count == 0) {
                    if (!inflater.needsInput() || range == chunks.data().size()) {
                        throw cutOff(shape);
                    }
                    final Range next = chunks.data().get(range++);
                    inflater.setInput(file, next.start(), next.length());
                }
            }
        } catch (DataFormatException e) {
            throw new ImageFormatException(ImageFault.DAMAGED, "The PNG image is damaged: its pixels cannot be unpacked (%s).".formatted(e.getMessage()),
                e);
        }
    }

    private void store(final byte[] row, final int width, final int first, final int step) throws ImageFormatException {
        final int plane = shape.planeSize();
        final int bytes = chunks.depth() == 16 ? 2 : 1;
        final int pixelBytes = chunks.samples() * bytes;
        final boolean colour = chunks.colour() == 2 || chunks.colour() == 6;
        final int green = colour ? bytes : 0;
        final int blue = 2 * green;
        if (chunks.depth() < 8 || chunks.colour() == 3) {
            storePacked(row, width, first, step);
            return;
        }
        for (int x = 0, source = 1, target = first; x < width; x++, source += pixelBytes, target += step) {
            planes[target] = row[source];
            planes[plane + target] = row[source + green];
            planes[2 * plane + target] = row[source + blue];
        }
    }

    /** Samples of less than a byte, or indices of a palette. */
    private void storePacked(final byte[] row, final int width, final int first, final int step) throws ImageFormatException {
        final int plane = shape.planeSize();
        final int depth = chunks.depth();
        final int most = (1 << depth) - 1;
        final byte[] palette = chunks.palette();
        for (int x = 0, target = first; x < width; x++, target += step) {
            final int bit = x * depth;
            final int sample = row[1 + bit / 8] >> 8 - depth - bit % 8 & most;
            if (chunks.colour() != 3) {
                final byte gray = (byte)(sample * 255 / most);
                planes[target] = gray;
                planes[plane + target] = gray;
                planes[2 * plane + target] = gray;
            } else if (3 * sample >= palette.length) {
                throw new ImageFormatException(ImageFault.DAMAGED,
                    "The PNG image is damaged: colour %d of a palette of %d.".formatted(sample, palette.length / 3));
            } else {
                planes[target] = palette[3 * sample];
                planes[plane + target] = palette[3 * sample + 1];
                planes[2 * plane + target] = palette[3 * sample + 2];
            }
        }
    }
}
