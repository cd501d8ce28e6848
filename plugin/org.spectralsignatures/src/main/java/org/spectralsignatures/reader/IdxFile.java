package org.spectralsignatures.reader;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/** One IDX file of bytes, open behind its header (http://yann.lecun.com/exdb/mnist): labels have one dimension, images three. */
final class IdxFile implements AutoCloseable {

    /** What a file of that kind holds. */
    enum Kind {

        /** {@code [n]}. */
        LABELS("labels", "idx1", 0x801),

        /** {@code [n, height, width]}. */
        IMAGES("images", "idx3", 0x803);

        private final String what;

        private final String suffix;

        private final int magic;

        Kind(final String what, final String suffix, final int magic) {
            this.what = what;
            this.suffix = suffix;
            this.magic = magic;
        }

        /** @return its name in a set, for example {@code train-images-idx3-ubyte} */
        String fileName(final String part, final String separator) {
            return part + "-" + what + separator + suffix + "-ubyte";
        }
    }

    private final Path file;

    private final Kind kind;

    private final DataInputStream in;

    private final int count;

    private final ImageShape shape;

    IdxFile(final Path file, final Kind kind) throws IOException {
        this.file = file;
        this.kind = kind;
        in = new DataInputStream(NamedInput.open(file));
        try {
            final int magic = in.readInt();
            if (magic != kind.magic) {
                throw new IOException("'%s' is no IDX file of %s: it begins with 0x%08x, not 0x%08x.".formatted(file, kind.what, magic, kind.magic));
            }
            final long claimed = in.readInt() & 0xffff_ffffL;
            if (claimed == 0 || claimed > Integer.MAX_VALUE) {
                throw damaged("its header claims %d %s".formatted(claimed, kind.what), null);
            }
            count = (int)claimed;
            shape = kind == Kind.IMAGES ? shape(in.readInt() & 0xffff_ffffL, in.readInt() & 0xffff_ffffL) : null;
            if (!isPacked()) {
                checkLength();
            }
        } catch (EOFException e) {
            in.close();
            throw damaged("its header is cut off", e);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private boolean isPacked() {
        return file.getFileName().toString().endsWith("gz");
    }

    private ImageShape shape(final long height, final long width) throws IOException {
        final long room = isPacked() ? UnpackLimit.bytes(file) : Files.size(file);
        try {
            return PixelLimit.ofThisJvm().rgb(width, height);
        } catch (ImageFormatException e) {
            if (height == 0 || width == 0 || room / count / height < width) {
                throw damaged("its header claims %d images of %d x %d pixels, which cannot be in its %d bytes".formatted(count, width, height,
                    Files.size(file)), e);
            }
            throw new IOException("'%s' cannot be used. %s".formatted(file, e.getMessage()), e);
        }
    }

    /** A plain file says by its length whether it is whole, before any of it is read. */
    private void checkLength() throws IOException {
        final long header = kind == Kind.LABELS ? 8 : 16;
        final long needed = header + (kind == Kind.LABELS ? count : Math.multiplyExact((long)count, shape.planeSize()));
        final long size = Files.size(file);
        if (size != needed) {
            throw damaged("it has %d bytes, but its %d %s need %d".formatted(size, count, kind.what, needed), null);
        }
    }

    /** @return where it lies */
    Path file() {
        return file;
    }

    /** @return number of labels or images */
    int count() {
        return count;
    }

    /** @return {@code [3, height, width]} */
    ImageShape shape() {
        return shape;
    }

    /** @return the labels, {@code [n]}, unsigned */
    byte[] labels() throws IOException {
        final byte[] labels = in.readNBytes(count);
        if (labels.length < count) {
            throw damaged("it is cut off after %d of %d labels".formatted(labels.length, count), null);
        }
        checkEnd();
        return labels;
    }

    /** @return the next image, {@code [height, width]} */
    byte[] image(final int number) throws IOException {
        final byte[] gray = in.readNBytes(shape.planeSize());
        if (gray.length < shape.planeSize()) {
            throw damaged("it is cut off in image %d of %d".formatted(number, count), null);
        }
        if (number == count - 1) {
            checkEnd();
        }
        return gray;
    }

    private void checkEnd() throws IOException {
        if (in.read() >= 0) {
            throw damaged("more bytes follow its %d %s".formatted(count, kind.what), null);
        }
    }

    private IOException damaged(final String what, final Exception cause) {
        return new IOException("'%s' is damaged: %s. Download or copy it again.".formatted(file, what), cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
