package org.spectralsignatures.image.codec;

import java.util.Arrays;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes the first page of TIFF files (TIFF 6.0): gray, RGB, palette and CMYK of 8 or 16 bits (gray and palette of fewer, too), in strips or tiles, as
 * they are or packed by LZW, Deflate, PackBits or JPEG. The Java runtime's decoder and that of TwelveMonkeys hand JPEG strips to whatever decoder is
 * registered in the process, so that the tiles are put together here, JPEG by {@link JpegDecoder}.
 */
final class TiffDecoder {

    private final byte[] file;

    private final TiffPage page;

    private final TiffLayout layout;

    private final byte[] palette;

    private final byte[] planes;

    private TiffDecoder(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        this.file = file;
        page = new TiffPage(file);
        layout = TiffLayout.of(page, limit);
        palette = layout.photometric() == TiffLayout.PALETTE ? palette() : null;
        for (int tile = layout.tilesAcross() * layout.tilesDown() * layout.planes() - 1; tile >= 0; tile--) {
            end(tile, start(tile));
        }
        planes = new byte[layout.shape().size()];
    }

    static boolean recognises(final byte[] file) {
        return file.length > 7 && (file[0] == 'I' && file[1] == 'I' && (file[2] == 42 || file[2] == 43) && file[3] == 0
            || file[0] == 'M' && file[1] == 'M' && file[2] == 0 && (file[3] == 42 || file[3] == 43));
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        return new TiffDecoder(file, limit).decode();
    }

    private DecodedImage decode() throws ImageFormatException {
        final int tiles = layout.tilesAcross() * layout.tilesDown();
        for (int tile = 0; tile < tiles; tile++) {
            final int left = tile % layout.tilesAcross() * layout.tileWidth();
            final int top = tile / layout.tilesAcross() * layout.tileHeight();
            final int columns = Math.min(layout.tileWidth(), layout.shape().width() - left);
            final int rows = Math.min(layout.tileHeight(), layout.shape().height() - top);
            if (layout.compression() == TiffCompression.JPEG) {
                jpegTile(tile, top * layout.shape().width() + left, columns, rows);
            } else {
                tile(tile, top * layout.shape().width() + left, columns, rows);
            }
        }
        final int orientation = page.number(TiffPage.ORIENTATION, 1);
        final var stored = new DecodedImage(layout.shape(), planes);
        return orientation >= 1 && orientation <= 8 ? new Orientation(orientation).apply(stored) : stored;
    }

    private byte[] palette() throws ImageFormatException {
        final int colours = 1 << layout.bits();
        if (page.count(TiffPage.COLOURS) != 3 * colours) {
            throw TiffPage.damaged("its palette has %d numbers".formatted(page.count(TiffPage.COLOURS)));
        }
        final var colourPlanes = new byte[3 * colours];
        for (int i = 0; i < colourPlanes.length; i++) {
            colourPlanes[i] = (byte)(page.number(TiffPage.COLOURS, i, 0) >> 8);
        }
        return colourPlanes;
    }

    private boolean isTiled() {
        return page.has(TiffPage.TILE_OFFSETS);
    }

    private long start(final int tile) throws ImageFormatException {
        return page.number(isTiled() ? TiffPage.TILE_OFFSETS : TiffPage.STRIP_OFFSETS, tile, Long.MAX_VALUE);
    }

    /** @return where a tile ends, which is within the file */
    private int end(final int tile, final long start) throws ImageFormatException {
        final int tag = isTiled() ? TiffPage.TILE_LENGTHS : TiffPage.STRIP_LENGTHS;
        if (start == Long.MAX_VALUE || !page.has(tag)) {
            throw TiffPage.damaged("it does not say where its pixels are");
        }
        final long end = start + page.number(tag, tile, 0);
        if (end > file.length) {
            throw new ImageFormatException(ImageFault.CUT_OFF,
                "The TIFF image is cut off: pixels of its %s are missing.".formatted(layout.shape().describe()));
        }
        return (int)end;
    }

    private void jpegTile(final int tile, final int at, final int columns, final int rows) throws ImageFormatException {
        final int start = (int)start(tile);
        final byte[] strip = Arrays.copyOfRange(file, start, end(tile, start));
        final DecodedImage image = TiffJpeg.decode(page.bytes(TiffPage.JPEG_TABLES), strip, layout);
        final ImageShape shape = image.shape();
        if (shape.width() < columns || shape.height() < rows) {
            throw TiffPage.damaged("a strip or tile has %s".formatted(shape.describe()));
        }
        for (int channel = 0; channel < 3; channel++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(image.pixels(), channel * shape.planeSize() + row * shape.width(), planes,
                    channel * layout.shape().planeSize() + at + row * layout.shape().width(), columns);
            }
        }
    }

    private void tile(final int tile, final int at, final int columns, final int rows) throws ImageFormatException {
        final int size = layout.rowBytes() * (isTiled() ? layout.tileHeight() : rows);
        final byte[][] samples = new byte[layout.planes()][];
        for (int plane = 0; plane < samples.length; plane++) {
            final int number = plane * layout.tilesAcross() * layout.tilesDown() + tile;
            final int start = (int)start(number);
            samples[plane] = unpack(start, end(number, start), size);
        }
        final var row = new TiffRow(layout, palette, page.isLittleEndian());
        for (int y = 0; y < rows; y++) {
            row.toRgb(samples, y * layout.rowBytes(), columns, planes, at + y * layout.shape().width());
        }
    }

    private byte[] unpack(final int start, final int end, final int size) throws ImageFormatException {
        final byte[] unpacked;
        if (page.number(TiffPage.FILL_ORDER, 1) == 2) {
            final byte[] turned = Arrays.copyOfRange(file, start, end);
            for (int i = 0; i < turned.length; i++) {
                turned[i] = (byte)(Integer.reverse(turned[i]) >>> 24);
            }
            unpacked = TiffCompression.unpack(layout.compression(), turned, 0, turned.length, size);
        } else {
            unpacked = TiffCompression.unpack(layout.compression(), file, start, end, size);
        }
        if (layout.differences()) {
            addUp(unpacked);
        }
        return unpacked;
    }

    /** Each sample was stored as its difference to the one of the pixel before (TIFF 6.0, section 14). */
    private void addUp(final byte[] samples) {
        final int step = layout.samplesInTile();
        final int length = layout.rowBytes();
        final int low = page.isLittleEndian() ? 0 : 1;
        for (int row = 0; row < samples.length; row += length) {
            if (layout.bits() == 8) {
                for (int i = row + step; i < row + length; i++) {
                    samples[i] += samples[i - step];
                }
            } else {
                for (int i = row + 2 * step; i < row + length; i += 2) {
                    final int sum = (samples[i + low] & 0xff) + (samples[i + low - 2 * step] & 0xff);
                    samples[i + low] = (byte)sum;
                    samples[i + 1 - low] += (byte)(samples[i + 1 - low - 2 * step] + (sum >> 8));
                }
            }
        }
    }
}
