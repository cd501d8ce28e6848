package org.spectralsignatures.writer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/**
 * Writes CIFAR-10's binary version (https://www.cs.toronto.edu/~kriz/cifar.html): records of a label byte and 3,072 pixel bytes. An image that was
 * read from such a file goes into the file of the same name; others are spread over five. Labels are CIFAR-10's where all classes are, and else
 * places in the list of classes; {@code batches.meta.txt} names them.
 */
final class Cifar10Files implements SetFiles {

    static final String NAMES_FILE = "batches.meta.txt";

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    private static final List<String> CIFAR_10 =
        List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private static final int TRAINING_FILES = 5;

    private static final Pattern KEY = Pattern.compile("(data_batch_[1-9]\\d{0,2}|test_batch)#\\d+");

    private final Path root;

    private final long images;

    private final NumberedClasses classes;

    private final Map<String, OutputStream> open = new HashMap<>();

    private final Map<String, Integer> counts = new HashMap<>();

    private long written;

    Cifar10Files(final Path root, final SetContents contents) {
        this.root = root;
        images = contents.kept();
        classes = new NumberedClasses(CIFAR_10.containsAll(contents.classes()) ? CIFAR_10 : contents.classes());
    }

    @Override
    public WrittenFile write(final SetImage image) throws IOException {
        final DecodedImage decoded = ImageCodec.decode(image.encoded());
        if (!decoded.shape().equals(SHAPE)) {
            throw new IOException("Row '%s': the image is %s, but CIFAR-10's are %s. Resize the images, or write folders of classes.".formatted(image.key(),
                decoded.shape().describe(), SHAPE.describe()));
        }
        final int label = classes.of(image.label());
        final String file = file(image.key());
        OutputStream out = open.get(file);
        if (out == null) {
            out = new BufferedOutputStream(Files.newOutputStream(root.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            open.put(file, out);
        }
        out.write(label);
        out.write(decoded.pixels());
        written++;
        return new WrittenFile(file, counts.merge(file, 1, Integer::sum) - 1);
    }

    private String file(final String key) {
        final Matcher known = KEY.matcher(key);
        return known.matches() ? known.group(1) + ".bin" : "data_batch_%d.bin".formatted(1 + written * TRAINING_FILES / images);
    }

    @Override
    public void finish() throws IOException {
        Files.writeString(root.resolve(NAMES_FILE), classes.lines(), StandardOpenOption.CREATE_NEW);
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        OpenFiles.close(open.values());
    }
}
