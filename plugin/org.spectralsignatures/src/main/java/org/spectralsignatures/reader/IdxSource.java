package org.spectralsignatures.reader;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;

/** Gray images in the IDX format of MNIST and its relatives (http://yann.lecun.com/exdb/mnist), made RGB. Classes are named 0, 1, 2 ... */
final class IdxSource implements ImageSource {

    private static final int IMAGES = 0x803;

    private static final int LABELS = 0x801;

    private static final List<String> PREFIXES = List.of("train", "t10k");

    private final Path folder;

    private final List<String> parts = new ArrayList<>();

    private int[] labels;

    IdxSource(final Path folder, final Split split) {
        this.folder = folder;
        if (split != Split.TEST) {
            parts.add(PREFIXES.get(0));
        }
        if (split != Split.TRAINING) {
            parts.add(PREFIXES.get(1));
        }
    }

    static boolean recognises(final Path folder) {
        return PREFIXES.stream().anyMatch(p -> find(folder, p, "images", "idx3") != null);
    }

    private static Path find(final Path folder, final String prefix, final String what, final String idx) {
        for (String separator : List.of("-", ".")) {
            for (String suffix : List.of("", ".gz")) {
                final Path file = folder.resolve(prefix + "-" + what + separator + idx + "-ubyte" + suffix);
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    private DataInputStream open(final String prefix, final String what, final String idx, final int magic) throws IOException {
        final Path file = find(folder, prefix, what, idx);
        if (file == null) {
            throw new IOException("'%s' has no file '%s-%s-%s-ubyte' (or .gz).".formatted(folder, prefix, what, idx));
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        if (file.toString().endsWith(".gz")) {
            in = new GZIPInputStream(in, 1 << 16);
        }
        final var data = new DataInputStream(in);
        if (data.readInt() != magic) {
            data.close();
            throw new IOException("'%s' is no IDX file of %s.".formatted(file, what));
        }
        return data;
    }

    @Override
    public List<String> classes() throws IOException {
        final int most = Arrays.stream(labels()).max().orElse(-1);
        return IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList();
    }

    @Override
    public int[] labels() throws IOException {
        if (labels == null) {
            final var all = IntStream.builder();
            for (String part : parts) {
                try (var in = open(part, "labels", "idx1", LABELS)) {
                    for (int left = in.readInt(); left > 0; left--) {
                        all.add(in.readUnsignedByte());
                    }
                } catch (EOFException e) {
                    throw new IOException("The IDX file of labels '%s' in '%s' is cut off.".formatted(part, folder), e);
                }
            }
            labels = all.build().toArray();
        }
        return labels;
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        int index = 0;
        for (String part : parts) {
            try (var in = open(part, "images", "idx3", IMAGES)) {
                final int count = in.readInt();
                final var shape = new ImageShape(3, in.readInt(), in.readInt());
                for (int number = 0; number < count; number++, index++) {
                    final byte[] gray = in.readNBytes(shape.planeSize());
                    if (gray.length < shape.planeSize()) {
                        throw new IOException("The IDX file of images '%s' in '%s' is cut off in image %d.".formatted(part, folder, number));
                    }
                    if (wanted.get(index)) {
                        visitor.visit(index, part + "#" + number, () -> new DecodedImage(shape, rgb(gray)));
                    }
                }
            }
        }
        if (index != labels().length) {
            throw new IOException("'%s' holds %d images but %d labels.".formatted(folder, index, labels().length));
        }
    }

    private static byte[] rgb(final byte[] gray) {
        final byte[] planes = Arrays.copyOf(gray, 3 * gray.length);
        System.arraycopy(gray, 0, planes, gray.length, gray.length);
        System.arraycopy(gray, 0, planes, 2 * gray.length, gray.length);
        return planes;
    }
}
