package org.spectralsignatures.writer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/**
 * Writes the IDX format of MNIST (http://yann.lecun.com/exdb/mnist): a file of gray images, {@code [n, height, width]}, and one of labels. An image
 * that was read from the test files goes into those, all others into the training files. Classes that are numbers up to 255 are the labels;
 * others are places in the list of classes, which {@code labels.txt} names.
 */
final class IdxWriter implements SetFiles {

    static final String NAMES_FILE = "labels.txt";

    private static final int LABELS_MAGIC = 0x801;

    private static final int IMAGES_MAGIC = 0x803;

    private static final Pattern TEST_KEY = Pattern.compile("t10k#\\d+");

    private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5]");

    private static final String NAMED = "The classes are no numbers: the labels are places in '" + NAMES_FILE + "', and a reader of IDX files gives these.";

    /** The two files of a part. */
    private static final class Part implements Closeable {

        private final FileChannel images;

        private final FileChannel labels;

        private int count;

        Part(final Path root, final String name) throws IOException {
            images = open(root.resolve(images(name)));
            try {
                labels = open(root.resolve(name + "-labels-idx1-ubyte"));
            } catch (IOException e) {
                images.close();
                throw e;
            }
        }

        private static FileChannel open(final Path file) throws IOException {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        /** The number of images is known at the end only. */
        void writeHeaders(final ImageShape shape) throws IOException {
            writeAt(labels, 0, ByteBuffer.allocate(2 * Integer.BYTES).putInt(LABELS_MAGIC).putInt(count).flip());
            writeAt(images, 0,
                ByteBuffer.allocate(4 * Integer.BYTES).putInt(IMAGES_MAGIC).putInt(count).putInt(shape.height()).putInt(shape.width()).flip());
        }

        void add(final byte[] gray, final int label) throws IOException {
            writeAt(labels, 2L * Integer.BYTES + count, ByteBuffer.wrap(new byte[]{(byte)label}));
            writeAt(images, 4L * Integer.BYTES + (long)count * gray.length, ByteBuffer.wrap(gray));
            count++;
        }

        private static void writeAt(final FileChannel file, final long position, final ByteBuffer bytes) throws IOException {
            for (long at = position; bytes.hasRemaining();) {
                at += file.write(bytes, at);
            }
        }

        @Override
        public void close() throws IOException {
            OpenFiles.close(List.of(images, labels));
        }
    }

    private final Path root;

    private final boolean numbers;

    private final NumberedClasses classes;

    private final Map<String, Part> parts = new TreeMap<>();

    private ImageShape shape;

    IdxWriter(final Path root, final SetContents contents) {
        this.root = root;
        numbers = contents.classes().stream().allMatch(name -> NUMBER.matcher(name).matches());
        classes = numbers ? null : new NumberedClasses(contents.classes());
    }

    private static String images(final String part) {
        return part + "-images-idx3-ubyte";
    }

    @Override
    public WrittenFile write(final SetImage image) throws IOException {
        final DecodedImage decoded = ImageCodec.decode(image.encoded());
        if (shape == null) {
            shape = decoded.shape();
        }
        if (!decoded.shape().equals(shape)) {
            throw new IOException("Row '%s': the image is %s, but the first one is %s, and a file in IDX format has one size. Resize them all to one size first."
                .formatted(image.key(), decoded.shape().describe(), shape.describe()));
        }
        final byte[] gray = gray(image.key(), decoded);
        final int label = numbers ? Integer.parseInt(image.label()) : classes.of(image.label());
        final String name = TEST_KEY.matcher(image.key()).matches() ? "t10k" : "train";
        Part part = parts.get(name);
        if (part == null) {
            part = new Part(root, name);
            parts.put(name, part);
        }
        part.add(gray, label);
        return new WrittenFile(images(name), part.count - 1);
    }

    private static byte[] gray(final String key, final DecodedImage image) throws IOException {
        final int n = image.shape().planeSize();
        final byte[] pixels = image.pixels();
        if (!Arrays.equals(pixels, 0, n, pixels, n, 2 * n) || !Arrays.equals(pixels, 0, n, pixels, 2 * n, 3 * n)) {
            throw new IOException("Row '%s': the image has colours, but images in the IDX format of MNIST are gray. Write folders of classes.".formatted(key));
        }
        return Arrays.copyOf(pixels, n);
    }

    @Override
    public void finish() throws IOException {
        for (Part part : parts.values()) {
            part.writeHeaders(shape);
        }
        if (!numbers) {
            Files.writeString(root.resolve(NAMES_FILE), classes.lines(), StandardOpenOption.CREATE_NEW);
        }
    }

    @Override
    public List<String> notes() {
        return numbers ? List.of() : List.of(NAMED);
    }

    @Override
    public void close() throws IOException {
        OpenFiles.close(parts.values());
    }
}
