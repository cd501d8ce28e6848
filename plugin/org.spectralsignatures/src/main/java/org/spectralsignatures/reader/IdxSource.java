package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.reader.IdxFile.Kind;

/**
 * Gray images in the IDX format of MNIST and its relatives (http://yann.lecun.com/exdb/mnist), made RGB. The classes are the numbers that
 * occur as labels, in their order. EMNIST's images, which lie on their side in its files, are put upright.
 */
final class IdxSource implements ImageSource {

    private final IdxFolder files;

    private final List<IdxFolder.Part> parts = new ArrayList<>();

    private List<String> classes;

    private int[] labels;

    /** Number of images of the first part. */
    private int first;

    IdxSource(final Path path, final Split split) throws IOException {
        files = IdxFolder.find(path);
        if (split != Split.TEST) {
            parts.add(IdxFolder.Part.TRAINING);
        }
        if (split != Split.TRAINING) {
            parts.add(IdxFolder.Part.TEST);
        }
    }

    private IdxFile open(final IdxFolder.Part part, final Kind kind) throws IOException {
        return new IdxFile(files.file(part, kind), kind);
    }

    @Override
    public List<String> classes() throws IOException {
        labels();
        return classes;
    }

    @Override
    public int[] labels() throws IOException {
        if (labels == null) {
            final var all = new ArrayList<byte[]>();
            for (IdxFolder.Part part : parts) {
                all.add(labels(part));
            }
            first = all.get(0).length;
            final var occurs = new BitSet();
            all.forEach(l -> {
                for (byte label : l) {
                    occurs.set(label & 0xff);
                }
            });
            classes = occurs.stream().mapToObj(Integer::toString).toList();
            final int[] positions = new int[occurs.length()];
            int position = 0;
            for (int label = occurs.nextSetBit(0); label >= 0; label = occurs.nextSetBit(label + 1)) {
                positions[label] = position++;
            }
            labels = new int[Math.toIntExact(all.stream().mapToLong(l -> l.length).sum())];
            int i = 0;
            for (byte[] some : all) {
                for (byte label : some) {
                    labels[i++] = positions[label & 0xff];
                }
            }
        }
        return labels;
    }

    /** @return the labels of a part, once there are found to be as many as images */
    private byte[] labels(final IdxFolder.Part part) throws IOException {
        try (IdxFile images = open(part, Kind.IMAGES); IdxFile file = open(part, Kind.LABELS)) {
            if (images.count() != file.count()) {
                throw new IOException("'%s' holds %d images, but '%s' %d labels. Take both files from one source.".formatted(images.file(), images.count(),
                    file.file(), file.count()));
            }
            return file.labels();
        }
    }

    @Override
    public ImageShape firstShape(final IntPredicate wanted) throws IOException {
        try (IdxFile images = open(parts.get(0), Kind.IMAGES)) {
            return files.onTheirSide() ? turned(images.shape()) : images.shape();
        }
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        int index = 0;
        for (IdxFolder.Part part : parts) {
            try (IdxFile images = open(part, Kind.IMAGES)) {
                for (int number = 0; number < images.count(); number++, index++) {
                    final byte[] gray = images.image(number);
                    if (wanted.get(index)) {
                        visitor.visit(index, part.key() + "#" + number, Decoder.of("gray", limit -> decoded(images.shape(), gray)));
                    }
                }
            }
        }
    }

    @Override
    public String part(final int index) {
        return index >= first || parts.get(0) == IdxFolder.Part.TEST ? "test" : "training";
    }

    /** The file of images of the part that was not asked for, where it is there. */
    @Override
    public List<FolderScan.PassedOver> passedOver() {
        return Stream.of(IdxFolder.Part.values()).filter(part -> !parts.contains(part)).map(part -> files.name(part, Kind.IMAGES)).filter(Objects::nonNull)
            .map(name -> new FolderScan.PassedOver(FolderScan.Reason.LEFT_OUT, ImageEndings.of(name), 1, name)).toList();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    private static ImageShape turned(final ImageShape shape) {
        return new ImageShape(shape.channels(), shape.width(), shape.height());
    }

    private DecodedImage decoded(final ImageShape shape, final byte[] gray) {
        if (!files.onTheirSide()) {
            return new DecodedImage(shape, rgb(gray));
        }
        final var upright = new byte[gray.length];
        for (int i = 0; i < gray.length; i++) {
            upright[i % shape.width() * shape.height() + i / shape.width()] = gray[i];
        }
        return new DecodedImage(turned(shape), rgb(upright));
    }

    private static byte[] rgb(final byte[] gray) {
        final byte[] planes = Arrays.copyOf(gray, 3 * gray.length);
        System.arraycopy(gray, 0, planes, gray.length, gray.length);
        System.arraycopy(gray, 0, planes, 2 * gray.length, gray.length);
        return planes;
    }
}
