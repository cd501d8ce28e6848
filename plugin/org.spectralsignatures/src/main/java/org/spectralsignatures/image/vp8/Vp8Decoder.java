package org.spectralsignatures.image.vp8;

import java.util.Arrays;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes the lossy pictures of WebP files: key frames of VP8 (RFC 6386). Blocks are predicted from neighbours that are not filtered yet, so that
 * the filter runs once the whole picture is there.
 */
public final class Vp8Decoder {

    /** Columns before the first pixel of a row; the last of them is what stands to the left of the picture. */
    static final int BORDER = 4;

    private static final int HEADER = 10;

    private static final int START_CODE = 0x2a019d;

    /** Of a side; the bits above it tell how to show the picture larger. */
    private static final int MOST_PIXELS = 0x3fff;

    private static final int SMALL_BLOCKS = -1;

    /** The tree of the modes of small blocks: a mode, or minus the next pair of branches. */
    private static final int[] SMALL_TREE = {0, -1, 1, -2, 2, -3, -4, -6, 3, -5, 5, 6, 4, -7, 7, -8, 8, 9};

    private final ImageShape shape;

    private final int columns;

    private final int rows;

    private final int stride;

    /** Luma, blueness, redness. */
    private final byte[][] planes;

    private final Vp8Bits in;

    private final Vp8Header header;

    private final Vp8Coefficients coefficients;

    /** Modes of the small blocks above and to the left. */
    private final int[] modesAbove;

    private final int[] modesLeft = new int[4];

    private final int[] modes = new int[16];

    private final int[] scratch = new int[16];

    /** Of each block: level of the filter, plus 64 if its inner edges are filtered. */
    private final byte[] filters;

    private Vp8Decoder(final byte[] file, final int start, final int end, final PixelLimit limit) throws ImageFormatException {
        if (end - start < HEADER) {
            throw WebpFault.cutOff("it has no pixels");
        }
        final int tag = Vp8Bits.u24(file, start);
        if ((tag & 1) != 0 || (tag >> 1 & 7) > 3 || Vp8Bits.u24(file, start + 3) != START_CODE) {
            throw WebpFault.damaged("its picture does not begin with a key frame");
        }
        shape = limit.rgb(Vp8Bits.u16(file, start + 6) & MOST_PIXELS, Vp8Bits.u16(file, start + 8) & MOST_PIXELS);
        final int second = start + HEADER + (tag >> 5);
        if (second > end) {
            throw WebpFault.cutOff("a partition of its pixels is missing");
        }
        in = new Vp8Bits(file, start + HEADER, second);
        header = new Vp8Header(in, file, second, end);
        columns = (shape.width() + 15) / 16;
        rows = (shape.height() + 15) / 16;
        stride = BORDER + 16 * columns + 4;
        planes = new byte[][]{plane(16 * rows), plane(8 * rows), plane(8 * rows)};
        coefficients = new Vp8Coefficients(header.coefficients, columns);
        modesAbove = new int[4 * columns];
        filters = new byte[columns * rows];
    }

    /**
     * @param file with the picture, from {@code start} to {@code end} (exclusive)
     * @param start of its header
     * @param end of its pixels
     * @param limit of the pixels that it may have
     * @return the picture as {@code [3, height, width]}
     * @throws ImageFormatException if it is damaged or claims more pixels
     */
    public static DecodedImage decode(final byte[] file, final int start, final int end, final PixelLimit limit) throws ImageFormatException {
        return new Vp8Decoder(file, start, end, limit).decode();
    }

    /** @return a plane with the values that stand around the picture: 127 above it, 129 to the left */
    private byte[] plane(final int height) {
        final var plane = new byte[(height + 1) * stride];
        Arrays.fill(plane, 0, stride, (byte)127);
        for (int row = 1; row <= height; row++) {
            plane[row * stride + BORDER - 1] = (byte)129;
        }
        return plane;
    }

    private DecodedImage decode() throws ImageFormatException {
        for (int row = 0; row < rows; row++) {
            final Vp8Bits tokens = header.partitions[row & header.partitions.length - 1];
            Arrays.fill(modesLeft, Vp8Prediction.MEAN);
            coefficients.startRow();
            for (int column = 0; column < columns; column++) {
                block(tokens, column, row);
            }
        }
        if (header.filterLevel > 0) {
            filter();
        }
        return new Vp8Colours(planes[0], planes[1], planes[2], stride).image(shape);
    }

    private int at(final int column, final int row, final int size) {
        return (row * size + 1) * stride + BORDER + column * size;
    }

    private void block(final Vp8Bits tokens, final int column, final int row) throws ImageFormatException {
        final int segment = header.hasSegmentMap ? segment() : 0;
        final boolean skipped = header.hasSkips && in.bit(header.skipProbability);
        final int mode = lumaMode(column);
        final int chromaMode = chromaMode();
        final boolean isSmall = mode == SMALL_BLOCKS;
        boolean hasSome = false;
        if (skipped) {
            coefficients.skip(column, isSmall);
        } else {
            hasSome = coefficients.read(tokens, column, isSmall, header.steps[segment]);
        }
        if (isSmall) {
            smallBlocks(column, row);
        } else {
            final int at = at(column, row, 16);
            Vp8Prediction.whole(planes[0], stride, at, 16, mode, row > 0, column > 0);
            for (int i = 0; i < 16; i++) {
                Vp8Prediction.add(coefficients.values, 16 * i, planes[0], stride, at + (i >> 2) * 4 * stride + (i & 3) * 4, scratch);
            }
        }
        final int at = at(column, row, 8);
        for (int plane = 1; plane < 3; plane++) {
            Vp8Prediction.whole(planes[plane], stride, at, 8, chromaMode, row > 0, column > 0);
            for (int i = 0; i < 4; i++) {
                Vp8Prediction.add(coefficients.values, 16 * (12 + 4 * plane + i), planes[plane], stride, at + (i >> 1) * 4 * stride + (i & 1) * 4, scratch);
            }
        }
        filters[row * columns + column] = (byte)(header.filterLevel(segment, isSmall) + (isSmall || hasSome ? 64 : 0));
    }

    private int segment() throws ImageFormatException {
        final int[] probabilities = header.segmentProbabilities;
        return in.bit(probabilities[0]) ? in.bit(probabilities[2]) ? 3 : 2 : in.bit(probabilities[1]) ? 1 : 0;
    }

    /** @return a mode of whole blocks; the modes of small ones are kept */
    private int lumaMode(final int column) throws ImageFormatException {
        if (in.bit(145)) {
            final int mode;
            if (in.bit(156)) {
                mode = in.bit(128) ? Vp8Prediction.PLANE : Vp8Prediction.RIGHT;
            } else {
                mode = in.bit(163) ? Vp8Prediction.DOWN : Vp8Prediction.MEAN;
            }
            Arrays.fill(modesAbove, 4 * column, 4 * column + 4, mode);
            Arrays.fill(modesLeft, mode);
            return mode;
        }
        for (int i = 0; i < 16; i++) {
            final int above = 4 * column + (i & 3);
            final int probabilities = (modesAbove[above] * 10 + modesLeft[i >> 2]) * 9;
            int branch = 0;
            do {
                branch = SMALL_TREE[2 * -branch + (in.bit(Vp8Tables.BLOCK_MODES[probabilities - branch]) ? 1 : 0)];
            } while (branch < 0);
            modes[i] = branch;
            modesAbove[above] = branch;
            modesLeft[i >> 2] = branch;
        }
        return SMALL_BLOCKS;
    }

    private int chromaMode() throws ImageFormatException {
        if (!in.bit(142)) {
            return Vp8Prediction.MEAN;
        }
        if (!in.bit(114)) {
            return Vp8Prediction.DOWN;
        }
        return in.bit(183) ? Vp8Prediction.PLANE : Vp8Prediction.RIGHT;
    }

    /** Beyond the four pixels on the right of the block above, its last one is repeated where there is no further block. */
    private void smallBlocks(final int column, final int row) {
        final byte[] luma = planes[0];
        final int start = at(column, row, 16);
        final int corner = start - stride + 16;
        if (row > 0 && column == columns - 1) {
            Arrays.fill(luma, corner, corner + 4, luma[corner - 1]);
        }
        for (int i = 0; i < 16; i++) {
            final int at = start + (i >> 2) * 4 * stride + (i & 3) * 4;
            // Of the right column, all take what stands on the right of the block above: the next block is not there yet.
            Vp8Prediction.small(luma, stride, at, modes[i], scratch, (i & 3) == 3 ? corner : at - stride + 4);
            Vp8Prediction.add(coefficients.values, 16 * i, luma, stride, at, scratch);
        }
    }

    private void filter() {
        final Vp8Filter[] each = {new Vp8Filter(planes[0], stride), new Vp8Filter(planes[1], stride), new Vp8Filter(planes[2], stride)};
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                final int level = filters[row * columns + column] & 63;
                final boolean hasInner = filters[row * columns + column] >= 64;
                if (level > 0) {
                    filter(each, column, row, level, hasInner);
                }
            }
        }
    }

    private void filter(final Vp8Filter[] each, final int column, final int row, final int level, final boolean hasInner) {
        int inner = header.sharpness > 4 ? level >> 2 : header.sharpness > 0 ? level >> 1 : level;
        if (header.sharpness > 0) {
            inner = Math.min(inner, 9 - header.sharpness);
        }
        inner = Math.max(1, inner);
        final int limit = 2 * level + inner;
        final int sharp = level >= 40 ? 2 : level >= 15 ? 1 : 0;
        for (boolean isVertical : new boolean[]{true, false}) {
            final boolean hasOuter = isVertical ? column > 0 : row > 0;
            for (int edge = hasOuter ? 0 : 4; edge < (hasInner ? 16 : 1); edge += 4) {
                final int edgeLimit = edge == 0 ? limit + 4 : limit;
                final int step = isVertical ? edge : edge * stride;
                if (header.isSimpleFilter) {
                    each[0].simple(at(column, row, 16) + step, isVertical, edgeLimit);
                    continue;
                }
                each[0].normal(at(column, row, 16) + step, isVertical, 16, edgeLimit, inner, sharp, edge == 0);
                if (edge < 8) {
                    each[1].normal(at(column, row, 8) + step, isVertical, 8, edgeLimit, inner, sharp, edge == 0);
                    each[2].normal(at(column, row, 8) + step, isVertical, 8, edgeLimit, inner, sharp, edge == 0);
                }
            }
        }
    }
}
