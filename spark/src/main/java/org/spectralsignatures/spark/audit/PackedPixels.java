package org.spectralsignatures.spark.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelSource;

/** The pixels of a set in packed files: those of one class are copied to this machine, of the others those that are asked for are read, and some are remembered. */
final class PackedPixels implements PixelSource {

    private static final long REMEMBERED_BYTES = 64L << 20;

    private static final int OPEN_FILES = 16;

    private final PackedFiles files;

    private final FileSystem system;

    /** {@code [parts + 1]}, index of the first image of each file. */
    private final int[] starts;

    private final int first;

    private ImageDataset own;

    private final Map<Integer, byte[]> remembered;

    private final Map<Integer, FSDataInputStream> open = new LinkedHashMap<>(OPEN_FILES, .75f, true);

    /**
     * @param files where the pixels lie
     * @param shape of the images
     * @param starts {@code [parts + 1]}, index of the first image of each file
     * @param first index of the first image of the class that is copied
     * @param count number of its images
     */
    PackedPixels(final PackedFiles files, final ImageShape shape, final int[] starts, final int first, final int count) throws IOException {
        this.files = files;
        this.starts = starts;
        this.first = first;
        system = files.files();
        final long most = Math.max(16, REMEMBERED_BYTES / files.record());
        remembered = new LinkedHashMap<>(16, .75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(final Map.Entry<Integer, byte[]> eldest) {
                return size() > most;
            }
        };
        boolean complete = false;
        try (var builder = ImageDataset.builder(shape, List.of(""))) {
            final var pixels = new byte[files.record()];
            for (int i = first; i < first + count; i++) {
                final FSDataInputStream in = file(i);
                in.seek(place(i)); // where it stands already within a file, so that the class is read in one go
                in.readFully(pixels);
                builder.add("", "", pixels);
            }
            own = builder.build();
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    @Override
    public void read(final int image, final byte[] target, final int offset) {
        if (own != null && image >= first && image < first + own.size()) {
            own.copyPixels(image - first, target, offset);
        } else {
            System.arraycopy(other(image), 0, target, offset, files.record());
        }
    }

    private synchronized byte[] other(final int image) {
        return remembered.computeIfAbsent(image, i -> {
            final var pixels = new byte[files.record()];
            try {
                file(i).readFully(place(i), pixels, 0, pixels.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return pixels;
        });
    }

    private long place(final int image) {
        return (long)(image - starts[Starts.run(starts, image)]) * files.record();
    }

    private FSDataInputStream file(final int image) throws IOException {
        final int part = Starts.run(starts, image);
        FSDataInputStream in = open.get(part);
        if (in == null) {
            if (open.size() == OPEN_FILES) {
                final var eldest = open.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
            in = system.open(files.file(part));
            open.put(part, in);
        }
        return in;
    }

    @Override
    public void close() throws IOException {
        for (FSDataInputStream in : open.values()) {
            in.close();
        }
        open.clear();
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
