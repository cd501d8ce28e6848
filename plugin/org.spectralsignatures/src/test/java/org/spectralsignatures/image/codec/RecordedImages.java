package org.spectralsignatures.image.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;

/** The images in the folder {@code pillow}, and what Pillow makes of them ({@code record.py} there says how). */
final class RecordedImages {

    private RecordedImages() {
    }

    /** @return names of the images */
    static Stream<String> names() {
        try (var files = Files.list(folder())) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.matches(".*\\.(png|jpg|gif|bmp|tif|webp|pbm|pgm|ppm)")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] file(final String name) throws IOException {
        return Files.readAllBytes(folder().resolve(name));
    }

    static DecodedImage expected(final String name) throws IOException {
        final byte[] recorded = file(name + ".rgb");
        return new DecodedImage(new ImageShape(3, recorded[1], recorded[0]), Arrays.copyOfRange(recorded, 2, recorded.length));
    }

    private static Path folder() {
        try {
            return Path.of(RecordedImages.class.getResource("pillow").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
