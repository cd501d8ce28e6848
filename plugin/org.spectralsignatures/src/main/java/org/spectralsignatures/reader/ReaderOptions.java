package org.spectralsignatures.reader;

import java.nio.file.Path;
import java.util.List;

/**
 * What to read.
 *
 * @param path a folder or file
 * @param format how the images are stored
 * @param split which part
 * @param classes to keep; empty for all
 * @param imagesPerClass at most so many of each class, drawn at random; 0 for all
 * @param merges classes that become one, after those to keep were chosen and before images are drawn
 * @param seed of the draw
 * @param skipUnreadable whether images that cannot be read or have another size are left out and reported, not an error
 */
public record ReaderOptions(Path path, ImageSetFormat format, Split split, List<String> classes, int imagesPerClass,
    List<ClassMerge> merges, long seed, boolean skipUnreadable) {

    /** @throws IllegalArgumentException if the number of images is negative */
    public ReaderOptions {
        if (imagesPerClass < 0) {
            throw new IllegalArgumentException("The number of images per class must be 0 (all) or more, not %d.".formatted(imagesPerClass));
        }
    }
}
